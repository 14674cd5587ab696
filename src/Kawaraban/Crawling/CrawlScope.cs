namespace Kawaraban.Crawling;

/// <summary>Which sources a run visits.</summary>
public abstract record CrawlScope
{
    /// <summary>Those that are due when it begins.</summary>
    public static CrawlScope Due { get; } = new DueSources();

    /// <summary>Every active one, due or not.</summary>
    public static CrawlScope All { get; } = new AllSources();

    /// <summary>Some, due or not, active or not.</summary>
    /// <param name="ids">Their numbers.</param>
    public static CrawlScope Of(IReadOnlyList<long> ids) => new TheseSources(ids);

    internal sealed record DueSources : CrawlScope;

    internal sealed record AllSources : CrawlScope;

    internal sealed record TheseSources(IReadOnlyList<long> Ids) : CrawlScope;
}
