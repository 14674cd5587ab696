namespace Kawaraban.Feeds;

/// <summary>Something that was wrong with a document and has been mended while reading it.</summary>
/// <param name="Code">A stable name for programs, such as <c>undefined-entity</c>.</param>
/// <param name="Position">Where: the offset in bytes from the start of the document (in UTF-8 bytes after decoding when it was in another
/// encoding).</param>
/// <param name="Sentence">What was wrong and what was done, for the publisher to read.</param>
public sealed record Repair(string Code, int Position, string Sentence);
