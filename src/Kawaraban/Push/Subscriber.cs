using Kawaraban.Fetching;
using Kawaraban.Storage;

namespace Kawaraban.Push;

/// <summary>Subscribes to what sources' hubs tell, renews before a lease ends, and unsubscribes from what is not wanted any more.</summary>
/// <remarks>
/// What is to be asked when is a row; the hub's turn (its lease) sees to it that no two processes ask the same. A question is noted as open
/// before it is sent, since a hub may come to verify it before it has answered.
/// </remarks>
public sealed class Subscriber(
    Database database, Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch, Func<Uri, string> politenessKey, TimeProvider clock, PushOptions options)
{
    private const int HubsAtOnce = 8;
    private const int Looked = 500;
    private const int MostFarewells = 3;
    private const int WantedLease = 10 * 24 * 3600;

    private static readonly TimeSpan Often = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReconciledEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPatience = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromDays(7);

    private readonly HubTurn hubs = new(database, fetch, politenessKey, clock, options);
    private DateTimeOffset? reconciledAt;

    /// <summary>Does it for as long as it is let; what the database lacks for the moment, it may have later.</summary>
    /// <exception cref="StorageException">The database failed.</exception>
    public async Task Run(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await Once(cancellation);
            await Task.Delay(Often, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Asks every hub one thing that is to be asked now.</summary>
    /// <returns>How many were asked.</returns>
    /// <exception cref="StorageException">The database failed.</exception>
    public async Task<int> Once(CancellationToken cancellation)
    {
        if (options.PublicUrl is null || !options.Subscribes)
            return 0;
        var now = clock.GetUtcNow();
        if (reconciledAt is not { } at || now - at >= ReconciledEvery)
        {
            await database.Write(session => Reconciliation.Run(session, now), CancellationToken.None);
            reconciledAt = now;
        }

        var due = await database.Read(session => Due(session, now), CancellationToken.None);
        var asked = 0;
        await Parallel.ForEachAsync(
            due.DistinctBy(one => hubs.KeyOf(one.Hub)),
            new ParallelOptions { MaxDegreeOfParallelism = HubsAtOnce, CancellationToken = CancellationToken.None },
            async (one, _) =>
            {
                if (!cancellation.IsCancellationRequested && await Ask(one.Id, one.Hub, cancellation))
                    Interlocked.Increment(ref asked);
            });
        return asked;
    }

    private static async Task<List<(long Id, string Hub)>> Due(Session session, DateTimeOffset now)
    {
        List<(long Id, string Hub)> due = [];
        await using var rows = await session.Query(
            "SELECT id, hub FROM subscriptions WHERE act_at <= @now ORDER BY act_at LIMIT @count", ("now", now.ToUnixTimeMilliseconds()), ("count", Looked));
        while (await rows.ReadAsync())
            due.Add((rows.GetInt64(0), rows.GetString(1)));
        return due;
    }

    private async Task<bool> Ask(long id, string hub, CancellationToken cancellation)
    {
        try
        {
            return await hubs.Take(hub, (session, now) => Prepare(session, id, now), (session, trouble, now) => Record(session, id, trouble, now), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<string?> Prepare(Session session, long id, DateTimeOffset now)
    {
        string token, secret, topic;
        bool isWanted, isOpen, wasAsked;
        int failures;
        await using (var row = await session.Query("""
            SELECT token, secret, topic, is_wanted, failures, asked_mode, asked_at FROM subscriptions WHERE id = @id AND act_at <= @now
            """, ("id", id), ("now", now.ToUnixTimeMilliseconds())))
        {
            if (!await row.ReadAsync())
                return null;
            (token, secret, topic) = (row.GetString(0), row.GetString(1), row.GetString(2));
            (isWanted, failures, isOpen, wasAsked) = (row.GetInt64(3) != 0, row.GetInt32(4), !row.IsDBNull(5), !row.IsDBNull(6));
        }

        // The last question was taken and never came back.
        failures += isOpen ? 1 : 0;
        if (!isWanted && (!wasAsked || failures >= MostFarewells))
        {
            // Who has never heard of us, or does not listen, forgets us when the lease is over.
            await session.Execute("DELETE FROM subscriptions WHERE id = @id", ("id", id));
            return null;
        }

        var mode = isWanted ? "subscribe" : "unsubscribe";
        await session.Execute("""
            UPDATE subscriptions SET asked_mode = @mode, asked_at = @now, act_at = @again, failures = @failures,
                trouble = CASE WHEN @isOpen = 1 THEN 'its hub took the question and did not come back to confirm it' ELSE trouble END
            WHERE id = @id
            """,
            ("mode", mode),
            ("now", now.ToUnixTimeMilliseconds()),
            ("again", (now + Patience(failures)).ToUnixTimeMilliseconds()),
            ("failures", failures),
            ("isOpen", isOpen ? 1 : 0),
            ("id", id));
        var form = $"hub.mode={mode}&hub.topic={Uri.EscapeDataString(topic)}&hub.callback={Uri.EscapeDataString(options.Callback(token))}";
        return isWanted ? $"{form}&hub.lease_seconds={WantedLease}&hub.secret={secret}" : form;
    }

    // A hub that came back before it answered has closed the question, or has ended the row: then there is nothing to note.
    private static async Task Record(Session session, long id, string? trouble, DateTimeOffset now)
    {
        if (trouble is null)
            return;
        var failures = 0;
        await using (var row = await session.Query("SELECT failures FROM subscriptions WHERE id = @id AND asked_mode IS NOT NULL", ("id", id)))
        {
            if (!await row.ReadAsync())
                return;
            failures = row.GetInt32(0) + 1;
        }

        await session.Execute("""
            UPDATE subscriptions SET asked_mode = NULL, failures = @failures, trouble = @trouble, act_at = @again WHERE id = @id
            """,
            ("failures", failures),
            ("trouble", $"its hub was asked in vain: {trouble}"),
            ("again", (now + Patience(failures)).ToUnixTimeMilliseconds()),
            ("id", id));
    }

    private static TimeSpan Patience(int failures)
    {
        var wait = FirstPatience * Math.Pow(2, Math.Clamp(failures, 0, 10));
        return wait < LongestPatience ? wait : LongestPatience;
    }
}
