namespace Kawaraban.Sources;

/// <summary>A feed in a list of feeds (<see href="http://opml.org/spec2.opml"/>, "Subscription lists").</summary>
/// <param name="Title">Its name: <c>title</c>, else <c>text</c>.</param>
/// <param name="XmlUrl">The feed's address as written; null when there was none.</param>
/// <param name="HtmlUrl">The site's address as written.</param>
public sealed record OpmlOutline(string? Title, string? XmlUrl, string? HtmlUrl);

/// <summary>What was read of a list.</summary>
/// <param name="Outlines">Its feeds, at whatever depth they stood, and entries that should be feeds but name no address.</param>
/// <param name="Problem">Why reading stopped before the end; null when it did not.</param>
public sealed record OpmlList(IReadOnlyList<OpmlOutline> Outlines, string? Problem);
