namespace Kawaraban.Feeds.Html;

/// <summary>Makes a publisher's HTML fit to be shown.</summary>
public static class SafeHtml
{
    /// <summary>Keeps text, structure, links and pictures; drops everything that can run, style, submit or reach out.</summary>
    /// <param name="html">The publisher's HTML.</param>
    /// <param name="baseUrl">What relative addresses refer to.</param>
    public static string Sanitize(string html, Uri? baseUrl = null) => throw new NotImplementedException();
}
