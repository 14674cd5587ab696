namespace Kawaraban.Feeds.Html;

/// <summary>Turns HTML into plain text without building a document.</summary>
public static class HtmlText
{
    /// <summary>The text a reader would see: tags gone, entities decoded, scripts and styles left out, white space collapsed.</summary>
    /// <param name="html">HTML, well-formed or not; plain text passes through.</param>
    /// <param name="limit">The greatest number of UTF-16 units wanted; reading stops there.</param>
    public static string Extract(ReadOnlySpan<char> html, int limit = int.MaxValue) => throw new NotImplementedException();

    /// <summary>The beginning of the text, cut at a sentence or word where one is near, with an ellipsis when something was left out.</summary>
    public static string Excerpt(ReadOnlySpan<char> html, int length = 200) => throw new NotImplementedException();

    /// <summary>The address of the first picture worth showing (not a tracking pixel, not an emoji), absolute when possible.</summary>
    public static string? FirstPicture(ReadOnlySpan<char> html, Uri? baseUrl) => throw new NotImplementedException();

    /// <summary>Minutes to read a text, at least 1: 500 CJK characters or 230 words a minute.</summary>
    public static int ReadingMinutes(ReadOnlySpan<char> text) => throw new NotImplementedException();
}
