using Kawaraban.Crawling;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Recipes;
using Kawaraban.Sources;

namespace Kawaraban.Office;

/// <summary>The way of a new blog, from its address to its first visit.</summary>
/// <param name="Address">As typed.</param>
/// <param name="Found">The feed behind it; null while none is known.</param>
/// <param name="Why">Why there is none; null while nobody has looked.</param>
public sealed record AddBlogPage(OfficeVisit Visit, string Address, FoundBlog? Found, string? Why) : OfficePage(Visit, "Add a blog")
{
    /// <summary>Who publishes it, as typed or as the feed says.</summary>
    public string Company { get; init; } = "";

    /// <summary>What it is called, as typed.</summary>
    public string Name { get; init; } = "";

    /// <summary>The companies that there are, to choose from.</summary>
    public IReadOnlyList<string> Companies { get; init; } = [];
}

/// <summary>A feed that was found.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Title">What it calls itself.</param>
/// <param name="SiteUrl">The site it belongs to.</param>
/// <param name="Posts">What would become of its entries.</param>
/// <param name="Others">Other feeds of that page.</param>
/// <param name="Known">The source that has that address already; null when none has.</param>
public sealed record FoundBlog(
    string Url, string? Title, string? SiteUrl, IReadOnlyList<PostDraft> Posts, IReadOnlyList<string> Others, SourceCard? Known);

/// <summary>Adding a blog: any address, a look, a name, done.</summary>
internal sealed class AddBlogPages(FeedFinder finder, SourceRegistry sources, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Where it begins; <c>?address=</c> fills it in.</summary>
    public const string Root = OfficeEndpoints.Root + "/sources/add";

    private const int LongestName = 100;
    private const int OthersShown = 10;

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root, May.WriteSources, Ask);
        routes.Change(Root, May.WriteSources, Look);
        routes.Change(Root + "/feed", May.WriteSources, Add);
        routes.Change(Root + "/page", May.WriteSources, AddWithoutFeed);
    }

    private static Task<Reply> Ask(OfficeVisit visit, CancellationToken cancellation) =>
        Print(new AddBlogPage(visit, visit.Query("address"), null, null), cancellation);

    private async Task<Reply> Look(OfficeVisit visit, CancellationToken cancellation)
    {
        var address = visit.Field("address");
        var page = new AddBlogPage(visit, address, null, null);
        if (!SourceUrl.TryParse(address, out var url, out var problem))
            return await Print(page with { Problems = new Dictionary<string, string> { ["address"] = problem }, Status = 422 }, cancellation);
        var companies = (await sources.List(cancellation)).Select(source => source.Company).Distinct().ToList();
        switch (await finder.Find(url, null, cancellation))
        {
            case FeedFound found:
                var blog = new FoundBlog(
                    found.Url.AbsoluteUri, found.Feed.Title, found.SiteUrl?.AbsoluteUri ?? CanonicalUrl.Web(found.Feed.HomePageUrl, found.Url)?.AbsoluteUri,
                    FoundPosts.Of(found, clock), [.. found.Others.Select(other => other.Url).Take(OthersShown)],
                    (await sources.Find(found.Url.AbsoluteUri, cancellation)).FirstOrDefault(source => source.Url == found.Url.AbsoluteUri));
                return await Print(
                    page with { Found = blog, Company = Cut(blog.Title) ?? found.Url.IdnHost, Companies = companies }, cancellation);
            case NoFeedFound none:
                return await Print(page with { Address = url.AbsoluteUri, Why = none.Sentence, Company = url.IdnHost, Companies = companies }, cancellation);
            default:
                throw new InvalidOperationException("a search has found a feed or none");
        }
    }

    private async Task<Reply> Add(OfficeVisit visit, CancellationToken cancellation)
    {
        if (Read(visit) is not { } wanted)
            return await Again(visit, cancellation);
        var (source, isNew) = await sources.Add(wanted, cancellation);
        if (isNew)
            await audit.Add(visit.Actor, "sources.add", $"source {source.Id}", $"{source.Url}, {source.Company}", null, cancellation);
        visit.Notice = isNew ? $"{source.Title} is added and visited at once." : $"{source.Title} was there already.";
        return OfficePress.SeeOther(visit.Link($"{OfficeEndpoints.Root}/sources/{source.Id}"));
    }

    // It waits for its recipe: a visit before would only find that it is no feed.
    private async Task<Reply> AddWithoutFeed(OfficeVisit visit, CancellationToken cancellation)
    {
        if (Read(visit) is not { } wanted)
            return await Again(visit, cancellation);
        var (source, isNew) = await sources.Add(wanted, cancellation);
        if (isNew)
        {
            await sources.Pause(source.Id, cancellation);
            await audit.Add(visit.Actor, "sources.add", $"source {source.Id}", $"{source.Url}, {source.Company}, without a feed", null, cancellation);
        }

        visit.Notice = isNew ? "It is added, and paused: write its recipe, then resume it on its page." : $"{source.Title} was there already.";
        return OfficePress.SeeOther(RecipeEditorPages.Place(visit, source.Id));
    }

    private static NewSource? Read(OfficeVisit visit)
    {
        var (company, name) = (visit.Field("company"), visit.Field("name"));
        return SourceUrl.TryParse(visit.Field("url"), out var url, out _) && company.Length is > 0 and <= LongestName && name.Length <= LongestName
            ? new NewSource(url, name.Length == 0 ? null : name, company, SourceUrl.TryParse(visit.Field("site"), out var site, out _) ? site.AbsoluteUri : null)
            : null;
    }

    // What was found is not kept anywhere, so it is shown without the posts.
    private static Task<Reply> Again(OfficeVisit visit, CancellationToken cancellation)
    {
        var isPage = visit.Context.Request.Path.Value!.EndsWith("/page", StringComparison.Ordinal);
        var page = new AddBlogPage(
            visit, visit.Field("url"),
            isPage ? null : new FoundBlog(visit.Field("url"), null, visit.Field("site"), [], [], null),
            isPage ? "there is no feed" : null)
        {
            Company = visit.Field("company"),
            Name = visit.Field("name"),
            Problems = SourceUrl.TryParse(visit.Field("url"), out _, out _)
                ? new Dictionary<string, string> { ["company"] = $"has 1 to {LongestName} characters, and the name at most as many" }
                : new Dictionary<string, string> { ["address"] = "cannot be read" },
            Status = 422,
        };
        return Print(page, cancellation);
    }

    private static string? Cut(string? title) =>
        title?.Trim() is not { Length: > 0 } trimmed ? null : trimmed.Length <= LongestName ? trimmed : trimmed[..LongestName];

    private static Task<Reply> Print(AddBlogPage page, CancellationToken cancellation) => OfficePress.Print(Slices.AddBlog.Create(page), page, cancellation);
}
