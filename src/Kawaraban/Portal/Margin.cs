using Kawaraban.Catalog;

namespace Kawaraban.Portal;

/// <summary>What stands in the margin of the front page and beside the search: who writes, and about what.</summary>
/// <param name="Companies">Those who wrote last.</param>
/// <param name="Tags">The commonest.</param>
/// <param name="CompanyCount">How many companies have posts.</param>
/// <param name="PostCount">How many posts there are; what stands at two places is one.</param>
public sealed record Margin(IReadOnlyList<CompanyCard> Companies, IReadOnlyList<TagCard> Tags, int CompanyCount, int PostCount)
{
    /// <summary>Nothing.</summary>
    public static Margin Empty { get; } = new([], [], 0, 0);
}

/// <summary>Keeps the margin for a minute: it is on most pages, and to count everything costs more than the rest of a page.</summary>
internal sealed class Margins(PostListings listings, TimeProvider clock)
{
    private const int CompanyCount = 10;
    private const int TagCount = 24;
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private volatile Counted? last;

    /// <summary>The margin, at most a minute old.</summary>
    public async Task<Margin> Current(CancellationToken cancellation)
    {
        if (last is { } kept && clock.GetElapsedTime(kept.Since) < Freshness)
            return kept.Margin;
        var companies = await listings.Companies(cancellation);
        var tags = await listings.Tags(TagCount, cancellation);
        var margin = new Margin([.. companies.Take(CompanyCount)], tags, companies.Count, companies.Sum(company => company.PostCount) - (int)await listings.CountFolded(cancellation));

        // An installation that has just begun to fill is looked at closely.
        if (companies.Count > 0)
            last = new Counted(margin, clock.GetTimestamp());
        return margin;
    }

    private sealed record Counted(Margin Margin, long Since);
}
