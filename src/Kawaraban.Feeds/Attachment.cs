namespace Kawaraban.Feeds;

/// <summary>A file that comes with an entry.</summary>
/// <param name="Url">Where it is.</param>
/// <param name="MimeType">Its media type, as published.</param>
/// <param name="Title">Its name.</param>
/// <param name="SizeInBytes">Its size in bytes, when given and not negative.</param>
/// <param name="DurationInSeconds">How long it plays, in seconds.</param>
public sealed record Attachment(string Url, string? MimeType = null, string? Title = null, long? SizeInBytes = null, double? DurationInSeconds = null);
