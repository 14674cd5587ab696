using Kawaraban.Storage;

namespace Kawaraban.Office.Staff;

/// <summary>Counts attempts to prove who one is, and makes whoever fails again and again wait.</summary>
/// <remarks>
/// Counted before the attempt is looked at, so that many at once do not slip through together, and whether or not the address is anybody's,
/// so that waiting tells nothing. Passkeys are not counted by address: who is kept waiting by a stranger's attempts still comes in by one.
/// </remarks>
/// <param name="database">Where the counts are kept: they hold over all processes.</param>
/// <param name="clock">Tells the time.</param>
public sealed class Doorkeeper(Database database, TimeProvider clock)
{
    private const int FreePerAddress = 5;
    private const int FreePerPlace = 30;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>Counts an attempt.</summary>
    /// <param name="subject">Who one says one is, as typed: an address, or the id of somebody whose password was right.</param>
    /// <param name="place">Where from.</param>
    /// <param name="cancellation">Withdraws it.</param>
    /// <returns>How long to wait; zero lets the attempt go on.</returns>
    public Task<TimeSpan> Wait(string subject, string place, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                var now = clock.GetUtcNow();
                await session.Execute("DELETE FROM sign_in_attempts WHERE last_at < @old", ("old", (now - Remembered).ToUnixTimeMilliseconds()));
                var bySubject = await WaitOf(session, Key(subject), FreePerAddress, now);
                var byPlace = await WaitOf(session, PlaceKey(place), FreePerPlace, now);
                var wait = bySubject > byPlace ? bySubject : byPlace;

                // Who does not wait does not make it longer, or somebody could be kept out by asking now and then.
                if (wait <= TimeSpan.Zero)
                {
                    await Count(session, Key(subject), now);
                    await Count(session, PlaceKey(place), now);
                }

                return wait;
            },
            cancellation);

    /// <summary>The attempt went well: what was counted for it is forgotten.</summary>
    public Task Welcome(string subject, string place, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                await session.Execute("DELETE FROM sign_in_attempts WHERE subject = @subject", ("subject", Key(subject)));
                await session.Execute(
                    "UPDATE sign_in_attempts SET failures = failures - 1 WHERE subject = @place AND failures > 0", ("place", PlaceKey(place)));
            },
            cancellation);

    private static string Key(string subject) => "who:" + Tokens.Hash(subject.Trim().ToLowerInvariant());

    private static string PlaceKey(string place) => "from:" + Tokens.Hash(place);

    private static async Task<TimeSpan> WaitOf(Session session, string subject, int free, DateTimeOffset now)
    {
        // Of many that come at once each sees what the one before it counted. SQLite has one writer anyway.
        if (session.Dialect == Dialect.Postgres)
            await session.Execute("SELECT pg_advisory_xact_lock(hashtextextended(@subject, 7092713648))", ("subject", subject));
        await using var row = await session.Query("SELECT failures, last_at FROM sign_in_attempts WHERE subject = @subject", ("subject", subject));
        if (!await row.ReadAsync() || row.GetInt64(0) < free)
            return TimeSpan.Zero;
        var doublings = Math.Min(row.GetInt64(0) - free, 10);
        var wait = FirstWait * Math.Pow(2, doublings);
        return DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)) + (wait < LongestWait ? wait : LongestWait) - now;
    }

    private static Task<int> Count(Session session, string subject, DateTimeOffset now) =>
        session.Execute("""
            INSERT INTO sign_in_attempts (subject, failures, last_at) VALUES (@subject, 1, @now)
            ON CONFLICT (subject) DO UPDATE SET failures = sign_in_attempts.failures + 1, last_at = @now
            """, ("subject", subject), ("now", now.ToUnixTimeMilliseconds()));
}
