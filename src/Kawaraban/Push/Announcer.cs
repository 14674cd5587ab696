using System.Text;
using Kawaraban.Fetching;
using Kawaraban.Storage;

namespace Kawaraban.Push;

/// <summary>Tells the hub of our own feeds that they have changed: <c>hub.mode=publish</c> with the address of each.</summary>
/// <remarks>
/// The standard leaves it to the hub how it is told (W3C WebSub §2, "publishing"); this is what hubs understand since PubSubHubbub 0.3.
/// </remarks>
public sealed class Announcer(
    Database database, Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch, Func<Uri, string> politenessKey, TimeProvider clock, PushOptions options)
{
    // A hub fetches each; and a form as long as this is some ten kilobytes.
    private const int MostTopics = 100;
    private const int MostCompanies = 30;
    private const int MostTags = 20;
    private const int LatestPosts = 200;

    private static readonly string[] Formats = ["feed.atom", "feed.rss", "feed.json"];
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(6);

    private readonly HubTurn hubs = new(database, fetch, politenessKey, clock, options);

    /// <summary>Does it for as long as it is let.</summary>
    /// <exception cref="StorageException">The database failed.</exception>
    public async Task Run(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await Once(cancellation);
            await Task.Delay(Often, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells it of what is due, as much as goes into one request.</summary>
    /// <returns>Whether it was told something.</returns>
    /// <exception cref="StorageException">The database failed.</exception>
    public async Task<bool> Once(CancellationToken cancellation)
    {
        if (options.Hub is not { } hub || options.PublicUrl is null)
            return false;
        if (await database.Read(session => Due(session, clock.GetUtcNow()), CancellationToken.None) is { Count: 0 })
            return false;
        List<(long CompanyId, long Since, long Version, int Attempts)> told = [];
        try
        {
            return await hubs.Take(
                hub.AbsoluteUri,
                async (session, now) =>
                {
                    told.Clear();
                    return await Form(session, await Due(session, now), told);
                },
                (session, trouble, now) => Record(session, told, trouble is null, now),
                cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<List<(long CompanyId, long Since, long Version, int Attempts)>> Due(Session session, DateTimeOffset now)
    {
        List<(long CompanyId, long Since, long Version, int Attempts)> due = [];
        await using var rows = await session.Query("""
            SELECT company_id, since, version, attempts FROM announcements WHERE try_at <= @now ORDER BY try_at LIMIT @count
            """, ("now", now.ToUnixTimeMilliseconds()), ("count", MostCompanies));
        while (await rows.ReadAsync())
            due.Add((rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt32(3)));
        return due;
    }

    private async Task<string?> Form(
        Session session, List<(long CompanyId, long Since, long Version, int Attempts)> due, List<(long CompanyId, long Since, long Version, int Attempts)> told)
    {
        HashSet<string> places = [""];
        foreach (var one in due)
        {
            List<string> more = [];
            await using (var rows = await session.Query("SELECT slug FROM companies WHERE id = @id", ("id", one.CompanyId)))
            {
                while (await rows.ReadAsync())
                    more.Add($"/companies/{rows.GetString(0)}");
            }

            await using (var rows = await session.Query("""
                SELECT DISTINCT t.slug FROM (
                    SELECT coalesce(twin_of, id) AS id, changed_at FROM posts WHERE company_id = @id ORDER BY sort_key DESC LIMIT @latest
                ) AS p JOIN post_tags x ON x.post_id = p.id JOIN tags t ON t.id = x.tag_id
                WHERE p.changed_at >= @since ORDER BY t.slug LIMIT @most
                """, ("id", one.CompanyId), ("latest", LatestPosts), ("since", one.Since), ("most", MostTags)))
            {
                while (await rows.ReadAsync())
                    more.Add($"/tags/{rows.GetString(0)}");
            }

            if (told.Count > 0 && places.Union(more).Count() * Formats.Length > MostTopics)
                break;
            places.UnionWith(more);
            told.Add(one);
        }

        if (told.Count == 0)
            return null;
        var form = new StringBuilder("hub.mode=publish");
        foreach (var place in places)
        {
            foreach (var format in Formats)
                form.Append("&hub.url=").Append(Uri.EscapeDataString(Topic($"{place}/{format}")));
        }

        return form.ToString();
    }

    // The very address that the feed gives itself.
    private string Topic(string path) => options.PublicUrl!.AbsoluteUri.TrimEnd('/') + new PathString(path).ToUriComponent();

    private static async Task Record(
        Session session, List<(long CompanyId, long Since, long Version, int Attempts)> told, bool isHeard, DateTimeOffset now)
    {
        foreach (var (companyId, _, version, attempts) in told.OrderBy(one => one.CompanyId))
        {
            if (isHeard)
            {
                // What came while it was told stays, and is told by itself.
                await session.Execute(
                    "DELETE FROM announcements WHERE company_id = @id AND version = @version", ("id", companyId), ("version", version));
                await session.Execute(
                    "UPDATE announcements SET attempts = 0, try_at = @again WHERE company_id = @id",
                    ("again", (now + TimeSpan.FromSeconds(15)).ToUnixTimeMilliseconds()), ("id", companyId));
                continue;
            }

            var wait = FirstRetry * Math.Pow(2, Math.Min(attempts, 10));
            await session.Execute(
                "UPDATE announcements SET attempts = @attempts, try_at = @again WHERE company_id = @id",
                ("attempts", attempts + 1), ("again", (now + (wait < LongestRetry ? wait : LongestRetry)).ToUnixTimeMilliseconds()), ("id", companyId));
        }
    }
}
