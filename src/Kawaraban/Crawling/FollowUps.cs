using Kawaraban.Catalog;
using Kawaraban.Feeds;
using Kawaraban.Fetching;
using Kawaraban.Recipes;
using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>What the pages that were read after a visit brought.</summary>
internal readonly record struct FollowedUp(int Read, int Failed, int NewPosts, int UpdatedPosts, long Waiting);

/// <summary>Reads pages beside a source's document, as its recipe wants them: posts' own ones, and lists of older posts.</summary>
/// <remarks>
/// Every page is a request with a turn and a gap of its own, where robots.txt lets us, and no more of them than the recipe says at one
/// visit. What is not read now stays a row, and is read at the next visits. What one page brought is written before the next is fetched.
/// </remarks>
internal sealed class FollowUps(
    Database database,
    Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch,
    Func<Uri, string> politenessKey,
    TimeProvider clock,
    CrawlerOptions options)
{
    private const int MostAttempts = 3;
    private const int UsualPages = 10;

    private readonly TwinTable twins = new(database, clock);
    private readonly PoliteFetcher fetcher = new(database, fetch, politenessKey, clock, options);

    /// <summary>Reads some.</summary>
    /// <param name="order">The visit; its lease has been given back.</param>
    /// <param name="recipe">The source's recipe.</param>
    /// <param name="cancellation">Gives up; what was read is kept.</param>
    public async Task<FollowedUp> Run(Order order, CompiledRecipe recipe, CancellationToken cancellation)
    {
        var startedAt = clock.GetUtcNow();
        var done = default(FollowedUp);
        string? trouble = null;
        var most = recipe.Page?.PerVisit ?? UsualPages;
        HashSet<string> tried = [];
        while (done.Read + done.Failed < most)
        {
            var page = await database.Read(session => PageTable.Next(session, order.SourceId), cancellation);
            // What was tried in vain stands at the end: whoever meets it again has been round.
            if (page is null || !tried.Add(page.Key))
                break;
            if (page.IsList ? recipe.Document.Source?.Paging is null && recipe.Kind != SourceKind.Sitemap : recipe.Page is null)
            {
                // The recipe was another when it was wanted.
                await GiveUp(order, recipe, page, "the recipe wants it no more");
                continue;
            }

            if (politenessKey(page.Url) != order.Lease.PolitenessKey)
            {
                trouble = $"{page.Url} is at another site than the source, so it was not fetched";
                await GiveUp(order, recipe, page, trouble);
                done = done with { Failed = done.Failed + 1 };
                continue;
            }

            var result = await fetcher.FetchAtSite(new FetchRequest(page.Url) { IsPage = true, Settings = order.Request }, _ => { }, cancellation);
            if (result is null or Throttled or Postponed)
                break;
            if (result is Elsewhere elsewhere)
            {
                trouble = $"{page.Url} redirects to {elsewhere.Url}, at another site than the source, so it was not fetched";
                await GiveUp(order, recipe, page, trouble);
                done = done with { Failed = done.Failed + 1 };
                continue;
            }

            if (result is Fetched fetched)
            {
                var (kept, problem) = page.IsList ? await ReadList(order, recipe, page, fetched) : await ReadEntry(order, recipe, page, fetched);
                trouble = problem ?? trouble;
                done = done with { Read = done.Read + 1, NewPosts = done.NewPosts + kept.New, UpdatedPosts = done.UpdatedPosts + kept.Updated };
                continue;
            }

            trouble = $"{page.Url}: {CrawlOutcome.Of(result).Sentence}";
            done = done with { Failed = done.Failed + 1 };
            // What the server has answered for good needs no second question.
            if (page.Attempts + 1 >= MostAttempts || result is Gone or Blocked or Refused { Status: >= 400 and < 500 })
                await GiveUp(order, recipe, page, trouble);
            else
                await database.Write(session => PageTable.Failed(session, order.SourceId, page.Key, trouble, clock.GetUtcNow()), CancellationToken.None);
            if (result is Unreachable)
                break;
        }

        done = done with { Waiting = await database.Read(session => PageTable.CountWaiting(session, order.SourceId), CancellationToken.None) };
        if (done.Read + done.Failed > 0)
            await database.Write(session => WriteHistory(session, order, done, trouble, startedAt), CancellationToken.None);
        return done;
    }

    private async Task<(KeptPosts Kept, string? Problem)> ReadEntry(Order order, CompiledRecipe recipe, WaitingPage page, Fetched fetched)
    {
        PageFacts? facts = null;
        string? problem = null;
        if (recipe.Page is not null && HtmlPage.TryRead(fetched.Body, fetched.ContentType, fetched.Url, new Deadline(clock, Deadline.Usual), out var html, out problem))
            facts = PageFactsReader.Read(html, recipe.Page, url => politenessKey(url) == order.Lease.PolitenessKey);
        problem = problem is null ? null : $"{page.Url}: {problem}";
        var kept = await database.Write(
            async session =>
            {
                await PageTable.Read(session, order.SourceId, page.Key, facts, problem, clock.GetUtcNow());
                return await Keep(session, order, recipe, page, facts);
            },
            CancellationToken.None);
        await twins.Compare(kept.Touched, CancellationToken.None);
        return (kept, problem);
    }

    // The entry is not lost with its page: it becomes the post that it is without.
    private async Task GiveUp(Order order, CompiledRecipe recipe, WaitingPage page, string note)
    {
        var kept = await database.Write(
            async session =>
            {
                await PageTable.GiveUp(session, order.SourceId, page.Key, note, clock.GetUtcNow());
                return page.IsList || page.Identity is not null ? default : await Keep(session, order, recipe, page, null);
            },
            CancellationToken.None);
        await twins.Compare(kept.Touched, CancellationToken.None);
    }

    private async Task<KeptPosts> Keep(Session session, Order order, CompiledRecipe recipe, WaitingPage page, PageFacts? facts)
    {
        if (page.Entry is null)
            return default;
        var home = order.SiteUrl ?? order.Url;
        var entry = page.Entry.ToEntry();
        var feed = Reading.AsFeed([entry], order.FeedTitle, home, null);
        var context = new ShapeContext(order.Url, clock.GetUtcNow(), new Deadline(clock, Deadline.Usual))
        {
            Pages = new Dictionary<string, PageFacts?> { [Shaper.Key(entry, home)] = facts, [page.Key] = facts },
        };
        var drafts = Shaper.Shape(recipe, feed, context).Drafts;
        if (page.Identity is not null)
            drafts = [.. drafts.Select(draft => draft with { Identity = page.Identity })];
        return await PostWriter.Keep(session, new PostOrigin(order.SourceId, order.CompanyId, order.KeepsFullText), drafts, clock.GetUtcNow());
    }

    private async Task<(KeptPosts Kept, string? Problem)> ReadList(Order order, CompiledRecipe recipe, WaitingPage page, Fetched fetched)
    {
        var deadline = new Deadline(clock, Deadline.Usual);
        var outcome = DocumentReader.Read(recipe, fetched.Body, fetched.ContentType, fetched.Url, deadline);
        if (outcome.Reading is not { } reading)
        {
            // Behind the last page there is often one without posts.
            await database.Write(session => PageTable.Read(session, order.SourceId, page.Key, null, outcome.Problem, clock.GetUtcNow()), CancellationToken.None);
            return (default, page.Depth == 1 ? $"{page.Url}: {outcome.Problem}" : null);
        }

        var shaped = await new SourceReader(database, politenessKey, clock).Shape(order.SourceId, recipe, reading, fetched.Url, deadline);
        string? problem = null;
        var kept = await database.Write(
            async session =>
            {
                var now = clock.GetUtcNow();
                var kept = await PostWriter.Keep(session, new PostOrigin(order.SourceId, order.CompanyId, order.KeepsFullText), shaped.Drafts, now);
                await WantPages(session, order.SourceId, shaped, now);
                await PageTable.Read(session, order.SourceId, page.Key, null, null, now);
                problem = await WantMore(session, order, recipe, reading, page.Depth + 1, isAgain: false, now);
                return kept;
            },
            CancellationToken.None);
        await twins.Compare(kept.Touched, CancellationToken.None);
        return (kept, problem ?? RuleNotes.Sentence("the recipe", shaped.Notes, shaped.NoteCount));
    }

    /// <summary>The pages of posts that a document's entries want are to be read.</summary>
    public static Task WantPages(Session session, long sourceId, Shaped shaped, DateTimeOffset now)
    {
        if (shaped.Wanted.Count == 0)
            return Task.CompletedTask;
        var identities = new Dictionary<Entry, string>(ReferenceEqualityComparer.Instance);
        foreach (var draft in shaped.Drafts)
            identities[draft.Entry!] = draft.Identity;
        return PageTable.Want(session, sourceId, shaped.Wanted, identities, now);
    }

    /// <summary>The lists that follow a document are to be read.</summary>
    /// <returns>What is wrong with where it leads; null when nothing is.</returns>
    public static async Task<string?> WantMore(Session session, Order order, CompiledRecipe recipe, Reading reading, int depth, bool isAgain, DateTimeOffset now)
    {
        var paging = recipe.Document.Source?.Paging;
        var isSitemap = recipe.Kind == SourceKind.Sitemap;
        if (isSitemap ? depth > 2 : paging is null || depth >= (paging.Pages ?? UsualPages))
            return null;
        var next = DocumentReader.Template(recipe, order.Url, depth + 1);
        foreach (var url in next is null ? reading.More : [next])
        {
            // A page that leads to itself, or back to one before it, is a row already: paging ends there.
            var isCircle = url == order.Url || url.AbsoluteUri == recipe.Document.Source?.Address
                || (!await PageTable.WantList(session, order.SourceId, url, depth, isAgain, now) && depth > 1);
            if (isCircle && !isSitemap)
                return $"the recipe: source.paging leads to {url}, which was read before; paging ends there";
        }

        return null;
    }

    private async Task<bool> WriteHistory(Session session, Order order, FollowedUp done, string? trouble, DateTimeOffset startedAt)
    {
        var sentence = $"source \"{order.Title}\": {done.Read} {(done.Read == 1 ? "page" : "pages")} read beside the document"
            + $"{(done.NewPosts > 0 ? $", {done.NewPosts} new posts" : "")}{(done.UpdatedPosts > 0 ? $", {done.UpdatedPosts} changed posts" : "")}"
            + $"{(done.Failed > 0 ? $", {done.Failed} in vain" : "")}{(done.Waiting > 0 ? $"; {done.Waiting} wait for the next visits" : "")}"
            + $"{(trouble is null ? "" : $"; {trouble}")}";
        await session.Execute("""
            INSERT INTO crawls (source_id, started_at, ended_at, outcome, http_status, bytes, entries, new_posts, updated_posts, sentence)
            VALUES (@sourceId, @startedAt, @endedAt, 'pages', NULL, 0, 0, @new, @updated, @sentence)
            """,
            ("sourceId", order.SourceId),
            ("startedAt", startedAt.ToUnixTimeMilliseconds()),
            ("endedAt", clock.GetUtcNow().ToUnixTimeMilliseconds()),
            ("new", done.NewPosts),
            ("updated", done.UpdatedPosts),
            ("sentence", sentence));
        if (trouble is not null)
        {
            await session.Execute("UPDATE sources SET recipe_notice = @notice WHERE id = @id", ("notice", trouble), ("id", order.SourceId));
        }

        return true;
    }
}
