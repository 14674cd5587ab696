using Kawaraban.Search;

namespace Kawaraban.Catalog;

/// <summary>What the search reads of a post: title, tags and author, then the text.</summary>
internal static class SearchedText
{
    /// <summary>What stands before the text.</summary>
    public static string Head(string title, IReadOnlyList<string> tags, string? author) => string.Join('\n', [title, .. tags, author]);

    /// <summary>The text as the search has it, without what stands before it.</summary>
    /// <param name="searched">As the search keeps it.</param>
    /// <param name="title">The post's title.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="author">Its author.</param>
    public static string WithoutHead(string searched, string title, IReadOnlyList<string> tags, string? author)
    {
        var head = SearchText.Normalize(Head(title, tags, author)).TrimEnd();
        return searched.StartsWith(head, StringComparison.Ordinal) ? searched[head.Length..] : searched;
    }
}
