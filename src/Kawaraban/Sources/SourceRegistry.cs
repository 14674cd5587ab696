using System.Globalization;
using Dapper;
using Kawaraban.Fetching;
using Kawaraban.Storage;

namespace Kawaraban.Sources;

/// <summary>A source to be added.</summary>
/// <param name="Url">The address of its feed.</param>
/// <param name="Title">A name for it; null leaves it to the feed.</param>
/// <param name="Company">Who publishes it; null takes the title, else the host (until the feed has told its name).</param>
/// <param name="SiteUrl">The site it belongs to.</param>
public sealed record NewSource(Uri Url, string? Title = null, string? Company = null, string? SiteUrl = null);

/// <summary>The sources: which there are and how they are. What becomes due when is decided elsewhere.</summary>
/// <param name="database">Where they are kept.</param>
/// <param name="politenessKey">Which sources share a site or platform: the same text for those that do.</param>
/// <param name="clock">Tells the time of adding.</param>
public sealed class SourceRegistry(Database database, Func<Uri, string> politenessKey, TimeProvider clock)
{
    // A change holds up all others; this many take some 10 ms.
    private const int ImportedTogether = 200;

    // A list as long as this is due at once; what is longer follows at this pace, so that those who are due besides are not kept waiting.
    private const int DueAtOnce = 1000;
    private const double FirstVisitsPerSecond = 200;

    /// <summary>Adds a source, due at once.</summary>
    /// <returns>The source, and whether it is new: the same address is the same source.</returns>
    public async Task<(SourceCard Source, bool IsNew)> Add(NewSource source, CancellationToken cancellation)
    {
        var added = await database.Write(session => Add(session, source, clock.GetUtcNow()), cancellation);
        var card = await database.Read(
            session => session.Connection.QuerySingleAsync<SourceRow>(
                $"SELECT {SourceRow.Columns} FROM sources s JOIN companies c ON c.id = s.company_id WHERE s.url = @url",
                new { url = source.Url.AbsoluteUri }),
            cancellation);
        return (card.ToCard(clock.GetUtcNow()), added is not null);
    }

    /// <summary>Adds the feeds of a list that are not there yet. Importing it again changes nothing.</summary>
    public async Task<ImportReport> Import(OpmlList list, CancellationToken cancellation)
    {
        List<AddedSource> added = [];
        var known = 0;
        var (wanted, skipped) = Wanted(list);
        foreach (var together in wanted.Chunk(ImportedTogether))
        {
            var begun = added.Count;
            var results = await database.Write(
                async session =>
                {
                    List<AddedSource?> results = [];
                    foreach (var source in together)
                        results.Add(await Add(session, source, FirstVisit(begun + results.Count(result => result is not null))));
                    return results;
                },
                cancellation);
            added.AddRange(results.OfType<AddedSource>());
            known += results.Count(result => result is null);
        }

        return new ImportReport(added, known, skipped, list.Problem);
    }

    /// <summary>Says what importing a list would do.</summary>
    public Task<ImportPlan> Plan(OpmlList list, CancellationToken cancellation) =>
        database.Read(
            async session =>
            {
                var (wanted, skipped) = Wanted(list);
                List<NewSource> added = [];
                List<NewSource> known = [];
                foreach (var source in wanted)
                    (await SourceAddress.OwnerOf(session, source.Url) is null ? added : known).Add(source);
                return new ImportPlan(added, known, skipped, list.Problem);
            },
            cancellation);

    /// <summary>Adds the feeds of a list that are not there yet, all of them or none. A list that cannot be read to its end is not taken.</summary>
    /// <param name="list">The list.</param>
    /// <param name="also">What else belongs into the transaction.</param>
    /// <param name="cancellation">Withdraws it.</param>
    public Task<ImportReport> ImportWhole(OpmlList list, Func<Session, ImportReport, Task> also, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                var (wanted, skipped) = Wanted(list);
                List<AddedSource> added = [];
                foreach (var source in list.Problem is null ? wanted : [])
                {
                    if (await Add(session, source, FirstVisit(added.Count)) is { } one)
                        added.Add(one);
                }

                var report = new ImportReport(added, wanted.Count - added.Count, skipped, list.Problem);
                await also(session, report);
                return report;
            },
            cancellation);

    // What of a list can be a source at all.
    private static (List<NewSource> Wanted, List<SkippedOutline> Skipped) Wanted(OpmlList list)
    {
        List<NewSource> wanted = [];
        List<SkippedOutline> skipped = [];
        HashSet<string> seen = [];
        foreach (var outline in list.Outlines)
        {
            if (outline.XmlUrl is null)
                skipped.Add(new SkippedOutline(outline.Title, null, "it names no address of a feed (xmlUrl)"));
            else if (!SourceUrl.TryParse(outline.XmlUrl, out var url, out var problem))
                skipped.Add(new SkippedOutline(outline.Title, outline.XmlUrl, $"the address {problem}"));
            else if (!seen.Add(url.AbsoluteUri))
                skipped.Add(new SkippedOutline(outline.Title, outline.XmlUrl, "it is in the list twice"));
            else
                wanted.Add(new NewSource(url, outline.Title, null, SourceUrl.TryParse(outline.HtmlUrl, out var site, out _) ? site.AbsoluteUri : null));
        }

        return (wanted, skipped);
    }

    /// <summary>All sources, by company.</summary>
    public async Task<IReadOnlyList<SourceCard>> List(CancellationToken cancellation) =>
        (await database.Read(
            async session => (await session.Connection.QueryAsync<SourceRow>(
                $"SELECT {SourceRow.Columns} FROM sources s JOIN companies c ON c.id = s.company_id ORDER BY c.name, s.id")).ToList(),
            cancellation))
        .ConvertAll(row => row.ToCard(clock.GetUtcNow()));

    /// <summary>The sources a person means.</summary>
    /// <param name="which">A number, an address, or a company's slug or name (then all of its sources).</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<SourceCard>> Find(string which, CancellationToken cancellation)
    {
        var id = long.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var url = SourceUrl.TryParse(which, out var parsed, out _) ? parsed.AbsoluteUri : which;
        return (await database.Read(
            async session => (await session.Connection.QueryAsync<SourceRow>($"""
                SELECT {SourceRow.Columns} FROM sources s JOIN companies c ON c.id = s.company_id
                WHERE s.id = @id OR s.url = @url OR c.slug = @which OR c.name = @which ORDER BY s.id
                """, new { id, url, which })).ToList(),
            cancellation))
            .ConvertAll(row => row.ToCard(clock.GetUtcNow()));
    }

    /// <summary>A source's latest visits, newest first.</summary>
    public async Task<IReadOnlyList<CrawlCard>> History(long sourceId, int count, CancellationToken cancellation) =>
        (await database.Read(
            async session => (await session.Connection.QueryAsync<CrawlRow>("""
                SELECT started_at AS StartedAt, ended_at AS EndedAt, outcome AS Outcome, http_status AS HttpStatus, bytes AS Bytes,
                    entries AS Entries, new_posts AS NewPosts, updated_posts AS UpdatedPosts, sentence AS Sentence
                FROM crawls WHERE source_id = @sourceId ORDER BY id DESC LIMIT @count
                """, new { sourceId, count })).ToList(),
            cancellation))
        .ConvertAll(row => row.ToCard());

    /// <summary>Stops visiting a source until <see cref="Resume"/>.</summary>
    public Task Pause(long sourceId, CancellationToken cancellation) => SetStatus(sourceId, "paused", cancellation);

    /// <summary>Visits a source again that was paused or had gone.</summary>
    public Task Resume(long sourceId, CancellationToken cancellation) => SetStatus(sourceId, "active", cancellation);

    /// <summary>Makes a source due at once. It still waits for what its server has asked for, and for its turn.</summary>
    public Task MakeDue(long sourceId, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                string? key = null;
                await using (var row = await session.Query(
                    "UPDATE sources SET next_crawl_at = @now WHERE id = @id AND next_crawl_at > @now RETURNING politeness_key",
                    ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", sourceId)))
                {
                    if (await row.ReadAsync())
                        key = row.GetString(0);
                }

                if (key is not null)
                    await DueTimes.Refresh(session, key);
            },
            cancellation);

    /// <summary>Makes all active sources due at once.</summary>
    /// <param name="progress">Hears how many have been looked at.</param>
    /// <param name="cancellation">Ends it after some; those stay due.</param>
    /// <returns>How many are due that were not.</returns>
    public async Task<long> MakeAllDue(IProgress<long> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(progress);
        long due = 0, seen = 0;
        for (var after = 0L; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            var from = after;
            var (last, count, changed) = await database.Write(session => MakeDue(session, from), CancellationToken.None);
            if (count == 0)
                return due;
            (after, seen, due) = (last, seen + count, due + changed);
            progress.Report(seen);
        }
    }

    private async Task<(long Last, long Count, long Changed)> MakeDue(Session session, long after)
    {
        long last, count;
        await using (var row = await session.Query("""
            SELECT coalesce(max(id), 0), count(*) FROM (SELECT id FROM sources WHERE id > @after ORDER BY id LIMIT @together) AS part
            """, ("after", after), ("together", ImportedTogether)))
        {
            await row.ReadAsync();
            (last, count) = (row.GetInt64(0), row.GetInt64(1));
        }

        if (count == 0)
            return (after, 0, 0);

        // The sources first and then their keys, as visits lock them; the keys in one order.
        SortedSet<string> keys = new(StringComparer.Ordinal);
        var changed = 0L;
        await using (var rows = await session.Query("""
            UPDATE sources SET next_crawl_at = @now WHERE id > @after AND id <= @last AND status = 'active' AND next_crawl_at > @now RETURNING politeness_key
            """, ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("after", after), ("last", last)))
        {
            for (; await rows.ReadAsync(); changed++)
                keys.Add(rows.GetString(0));
        }

        foreach (var key in keys)
            await DueTimes.Refresh(session, key);
        return (last, count, changed);
    }

    /// <summary>Gives a source the address that is proposed for it, or else the one it redirects to for good; due at once.</summary>
    /// <remarks>A visit to the old address that is under way is dropped: what it brings is not of the new one.</remarks>
    public Task<Adoption> Adopt(long sourceId, CancellationToken cancellation) =>
        database.Write(session => Adopt(session, sourceId), cancellation);

    /// <summary>Says what the requests to a source carry beside the usual; null is nothing.</summary>
    public Task SetRequest(long sourceId, RequestSettings? settings, CancellationToken cancellation) =>
        database.Write(
            session => session.Execute("UPDATE sources SET request = @request WHERE id = @id", ("request", settings?.ToJson()), ("id", sourceId)),
            cancellation);

    /// <summary>Changes what the requests to a source carry, knowing what that is now.</summary>
    /// <param name="sourceId">The source.</param>
    /// <param name="change">Of what there is (null is nothing) makes what there is to be.</param>
    /// <param name="also">What else belongs into the transaction; hears what there is then.</param>
    /// <param name="cancellation">Withdraws it.</param>
    public Task ChangeRequest(
        long sourceId, Func<RequestSettings?, RequestSettings?> change, Func<Session, RequestSettings?, Task> also, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                RequestSettings? before;
                await using (var row = await session.Query(
                    session.Dialect == Dialect.Sqlite ? "SELECT request FROM sources WHERE id = @id" : "SELECT request FROM sources WHERE id = @id FOR NO KEY UPDATE",
                    ("id", sourceId)))
                {
                    before = await row.ReadAsync() && !row.IsDBNull(0) ? RequestSettings.FromJson(row.GetString(0)) : null;
                }

                var after = change(before);
                await session.Execute("UPDATE sources SET request = @request WHERE id = @id", ("request", after?.ToJson()), ("id", sourceId));
                await also(session, after);
            },
            cancellation);

    /// <summary>The sources as a list of feeds, by company.</summary>
    public async Task<IReadOnlyList<OpmlOutline>> Export(CancellationToken cancellation) =>
        [.. (await List(cancellation)).Select(source => new OpmlOutline(source.Title, source.Url, source.SiteUrl))];

    private DateTimeOffset FirstVisit(int position) =>
        clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Max(0, position + 1 - DueAtOnce) / FirstVisitsPerSecond);

    private async Task<AddedSource?> Add(Session session, NewSource source, DateTimeOffset due)
    {
        await SourceAddress.Lock(session);
        var url = source.Url.AbsoluteUri;
        await using (var row = await session.Query("SELECT 1 FROM sources WHERE url = @url", ("url", url)))
        {
            if (await row.ReadAsync())
                return null;
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var company = source.Company ?? source.Title ?? source.Url.IdnHost;
        var slugUrl = Uri.TryCreate(source.SiteUrl, UriKind.Absolute, out var site) ? site : source.Url;
        var companyId = await CompanyTable.FindOrAdd(session, company, source.SiteUrl, slugUrl, now);
        var key = politenessKey(source.Url);
        await DueTimes.Add(session, key);
        long id;
        await using (var row = await session.Query("""
            INSERT INTO sources (company_id, url, title, site_url, politeness_key, next_crawl_at, created_at)
            VALUES (@companyId, @url, @title, @siteUrl, @key, @due, @now)
            RETURNING id
            """,
            ("companyId", companyId), ("url", url), ("title", source.Title), ("siteUrl", source.SiteUrl), ("key", key),
            ("due", due.ToUnixTimeMilliseconds()), ("now", now)))
        {
            await row.ReadAsync();
            id = row.GetInt64(0);
        }

        await DueTimes.Refresh(session, key);
        return new AddedSource(id, url, company);
    }

    private async Task<Adoption> Adopt(Session session, long sourceId)
    {
        await SourceAddress.Lock(session);
        string from, oldKey;
        string? to;
        RequestSettings? request;
        await using (var row = await session.Query(
            "SELECT url, politeness_key, coalesce(proposed_url, moved_to), request FROM sources WHERE id = @id", ("id", sourceId)))
        {
            if (!await row.ReadAsync())
                throw new ArgumentException($"there is no source {sourceId}", nameof(sourceId));
            (from, oldKey, to) = (row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2));
            request = RequestSettings.FromJson(row.IsDBNull(3) ? null : row.GetString(3));
        }

        if (to is null)
            return new Adoption(from, null, "no other address is proposed for it");
        var url = new Uri(to);
        if (await SourceAddress.OwnerOf(session, url) is { } owner)
            return new Adoption(from, null, $"{to} is source {owner} already; pause the one you do not want");

        // They may hold a secret, and it was meant for another server.
        if (request is not null && !RequestSettings.MayCarryHeaders(new Uri(from), url))
            request = request.WithoutHeaders();
        var now = clock.GetUtcNow();
        var key = politenessKey(url);
        await session.Execute("UPDATE leases SET token = token + 1 WHERE politeness_key = @oldKey", ("oldKey", oldKey));
        await session.Execute("""
            UPDATE sources SET status = CASE WHEN status = 'gone' THEN 'active' ELSE status END, health = 'new', failures = 0, gone_since = NULL,
                last_error = NULL, next_crawl_at = @now, not_before = CASE WHEN politeness_key = @key THEN not_before ELSE 0 END, etag = NULL,
                last_modified = NULL, content_hash = NULL, full_fetch_at = NULL, lost_since = NULL, lost_seen = 0, searched_at = NULL,
                proposed_url = NULL, proposed_title = NULL, proposed_at = NULL, notice = @notice,
                request = @request
            WHERE id = @id
            """,
            ("request", request?.ToJson()),
            ("now", now.ToUnixTimeMilliseconds()), ("key", key), ("notice", $"its address was {from} until {now:yyyy-MM-dd HH:mm} UTC"), ("id", sourceId));
        await SourceAddress.Change(session, sourceId, url, key, DateTimeOffset.UnixEpoch);
        await DueTimes.Refresh(session, oldKey);
        return new Adoption(from, to, null);
    }

    private Task SetStatus(long sourceId, string status, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                string? key = null;
                await using (var row = await session.Query(
                    "UPDATE sources SET status = @status, gone_since = NULL, notice = NULL WHERE id = @sourceId RETURNING politeness_key",
                    ("status", status), ("sourceId", sourceId)))
                {
                    if (await row.ReadAsync())
                        key = row.GetString(0);
                }

                if (key is null)
                    return;
                // Who resumes a source that was set aside has decided what its dead letter was kept for.
                if (status == "active")
                {
                    await session.Execute("DELETE FROM dead_letters WHERE source_id = @sourceId", ("sourceId", sourceId));
                    await session.Execute("UPDATE sources SET our_failures = 0, our_failures_since = NULL WHERE id = @sourceId", ("sourceId", sourceId));
                }

                await DueTimes.Refresh(session, key);
            },
            cancellation);
}
