using System.Data.Common;
using Kawaraban.Storage;

namespace Kawaraban.Office.Staff;

/// <summary>The browsers that visit the office. A session is a row: whoever is removed, disabled or signs out is out with their next request.</summary>
/// <remarks>
/// The cookie holds a random value and the row its hash. At every step inwards the value is another (OWASP ASVS 5.0, V7.2.4), so that a
/// cookie which somebody else planted never becomes one that is in.
/// </remarks>
/// <param name="database">Where they are kept.</param>
/// <param name="clock">Tells the time.</param>
public sealed class SessionTable(Database database, TimeProvider clock)
{
    /// <summary>How long a session lasts in which nothing is done.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    /// <summary>How long a session lasts at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>How long somebody may stand at the door.</summary>
    public static readonly TimeSpan AtTheDoor = TimeSpan.FromMinutes(20);

    /// <summary>For how long a proof of who one is lets one do what cannot be taken back.</summary>
    public static readonly TimeSpan ProofHolds = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    private const string Columns =
        "x.id, x.stage, x.created_at, x.seen_at, x.ends_at, x.proved_at, x.place, x.agent, x.notice IS NOT NULL, " + StaffTable.Columns;

    private const int FirstOfMember = 9;

    /// <summary>The session of a cookie; null when there is none, or it is over.</summary>
    public async Task<OfficeSession?> Find(string token, CancellationToken cancellation)
    {
        var hash = Tokens.Hash(token);
        var now = clock.GetUtcNow();
        var session = await database.Read(
            async database =>
            {
                await using var row = await database.Query(
                    $"SELECT {Columns} FROM staff_sessions x LEFT JOIN staff s ON s.id = x.staff_id WHERE x.token_hash = @hash", ("hash", hash));
                return await row.ReadAsync(cancellation) ? Read(row) : null;
            },
            cancellation);
        if (session is null || session.EndsAt <= now || (session.Stage == SessionStage.Open && session.SeenAt + Idle <= now))
            return null;
        if (session.Stage == SessionStage.Open && session.SeenAt + SeenEvery <= now)
        {
            await database.Write(
                database => database.Execute(
                    "UPDATE staff_sessions SET seen_at = @now WHERE token_hash = @hash", ("now", now.ToUnixTimeMilliseconds()), ("hash", hash)),
                cancellation);
        }

        return session;
    }

    /// <summary>Begins a session, in place of an earlier one of the same browser.</summary>
    /// <param name="former">The cookie it had; null when it had none.</param>
    /// <param name="stage">How far it has come.</param>
    /// <param name="memberId">Whose it is; null when nobody is known.</param>
    /// <param name="caller">Where it is.</param>
    /// <param name="cancellation">Withdraws it.</param>
    /// <returns>What the cookie holds from now on.</returns>
    public Task<string> Begin(string? former, SessionStage stage, string? memberId, Caller caller, CancellationToken cancellation) =>
        database.Write(session => Begin(session, former, stage, memberId, caller), cancellation);

    internal async Task<string> Begin(
        Session session, string? former, SessionStage stage, string? memberId, Caller caller, DateTimeOffset? provedAt = null)
    {
        var token = Tokens.New();
        var now = clock.GetUtcNow();
        if (former is not null)
            await session.Execute("DELETE FROM staff_sessions WHERE token_hash = @hash", ("hash", Tokens.Hash(former)));
        await session.Execute("DELETE FROM staff_sessions WHERE ends_at < @now", ("now", now.ToUnixTimeMilliseconds()));
        await session.Execute("""
            INSERT INTO staff_sessions (token_hash, id, staff_id, stage, created_at, seen_at, ends_at, proved_at, place, agent)
            VALUES (@hash, @id, @member, @stage, @now, @now, @end, @proved, @place, @agent)
            """,
            ("hash", Tokens.Hash(token)), ("id", Tokens.Id()), ("member", memberId), ("stage", Word(stage)), ("now", now.ToUnixTimeMilliseconds()),
            ("end", (now + (stage == SessionStage.Open ? Longest : AtTheDoor)).ToUnixTimeMilliseconds()),
            ("proved", stage == SessionStage.Open ? (provedAt ?? now).ToUnixTimeMilliseconds() : 0L), ("place", caller.Place), ("agent", caller.Agent));
        return token;
    }

    /// <summary>Ends a session.</summary>
    public Task End(string token, CancellationToken cancellation) =>
        database.Write(
            session => session.Execute("DELETE FROM staff_sessions WHERE token_hash = @hash", ("hash", Tokens.Hash(token))), cancellation);

    /// <summary>Ends one of somebody's sessions, by what lists call it.</summary>
    /// <returns>Whether they had it.</returns>
    public async Task<bool> EndOf(string memberId, string id, CancellationToken cancellation) =>
        await database.Write(
            session => session.Execute("DELETE FROM staff_sessions WHERE staff_id = @member AND id = @id", ("member", memberId), ("id", id)),
            cancellation) > 0;

    /// <summary>Ends all of somebody's sessions but one.</summary>
    public Task<int> EndOthers(string memberId, string kept, CancellationToken cancellation) =>
        database.Write(
            session => session.Execute("DELETE FROM staff_sessions WHERE staff_id = @member AND id <> @kept", ("member", memberId), ("kept", kept)),
            cancellation);

    /// <summary>The sessions in which somebody is in, the latest seen first.</summary>
    public Task<IReadOnlyList<OfficeSession>> List(string memberId, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<OfficeSession>>(
            async session =>
            {
                List<OfficeSession> found = [];
                var now = clock.GetUtcNow();
                await using var rows = await session.Query($"""
                    SELECT {Columns} FROM staff_sessions x JOIN staff s ON s.id = x.staff_id
                    WHERE x.staff_id = @member AND x.stage = 'open' AND x.ends_at > @now AND x.seen_at > @idle ORDER BY x.seen_at DESC
                    """,
                    ("member", memberId), ("now", now.ToUnixTimeMilliseconds()), ("idle", (now - Idle).ToUnixTimeMilliseconds()));
                while (await rows.ReadAsync(cancellation))
                    found.Add(Read(rows));
                return found;
            },
            cancellation);

    /// <summary>Keeps what a passkey is to sign.</summary>
    public Task SetChallenge(string token, string challenge, CancellationToken cancellation) =>
        database.Write(
            session => session.Execute(
                "UPDATE staff_sessions SET challenge = @challenge WHERE token_hash = @hash", ("challenge", challenge), ("hash", Tokens.Hash(token))),
            cancellation);

    /// <summary>What a passkey was to sign; given once.</summary>
    public Task<string?> TakeChallenge(string token, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                var hash = Tokens.Hash(token);
                string? challenge = null;
                await using (var row = await session.Query("SELECT challenge FROM staff_sessions WHERE token_hash = @hash", ("hash", hash)))
                {
                    if (await row.ReadAsync() && !row.IsDBNull(0))
                        challenge = row.GetString(0);
                }

                return challenge is not null && await session.Execute(
                    "UPDATE staff_sessions SET challenge = NULL WHERE token_hash = @hash AND challenge = @challenge", ("hash", hash), ("challenge", challenge)) == 1
                    ? challenge
                    : null;
            },
            cancellation);

    /// <summary>Notes that the person of a session has just proved who they are.</summary>
    public Task Proved(string token, CancellationToken cancellation) =>
        database.Write(
            session => session.Execute(
                "UPDATE staff_sessions SET proved_at = @now WHERE token_hash = @hash",
                ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("hash", Tokens.Hash(token))),
            cancellation);

    /// <summary>Keeps a sentence for the next page.</summary>
    public Task SetNotice(string token, string notice, CancellationToken cancellation) =>
        database.Write(
            session => session.Execute("UPDATE staff_sessions SET notice = @notice WHERE token_hash = @hash", ("notice", notice), ("hash", Tokens.Hash(token))),
            cancellation);

    /// <summary>The sentence that was kept for this page.</summary>
    public Task<string?> TakeNotice(OfficeSession of, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                string? notice = null;
                await using (var row = await session.Query("SELECT notice FROM staff_sessions WHERE id = @id", ("id", of.Id)))
                {
                    if (await row.ReadAsync() && !row.IsDBNull(0))
                        notice = row.GetString(0);
                }

                await session.Execute("UPDATE staff_sessions SET notice = NULL WHERE id = @id", ("id", of.Id));
                return notice;
            },
            cancellation);

    /// <summary>The sealed secret that a session at the door sets its codes up with; null when it has none yet.</summary>
    public Task<string?> Secret(string token, CancellationToken cancellation) =>
        database.Read(
            async session =>
            {
                await using var row = await session.Query("SELECT secret FROM staff_sessions WHERE token_hash = @hash", ("hash", Tokens.Hash(token)));
                return await row.ReadAsync(cancellation) && !row.IsDBNull(0) ? row.GetString(0) : null;
            },
            cancellation);

    /// <summary>Keeps it.</summary>
    public Task SetSecret(string token, string secret, CancellationToken cancellation) =>
        database.Write(
            session => session.Execute("UPDATE staff_sessions SET secret = @secret WHERE token_hash = @hash", ("secret", secret), ("hash", Tokens.Hash(token))),
            cancellation);

    private static string Word(SessionStage stage) => stage switch
    {
        SessionStage.Visit => "visit",
        SessionStage.Welcome => "welcome",
        SessionStage.Second => "second",
        _ => "open",
    };

    private static OfficeSession Read(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1) switch
        {
            "open" => SessionStage.Open,
            "second" => SessionStage.Second,
            "welcome" => SessionStage.Welcome,
            _ => SessionStage.Visit,
        },
        row.IsDBNull(FirstOfMember) ? null : StaffTable.Read(row, FirstOfMember),
        Moment(row, 2),
        Moment(row, 3),
        Moment(row, 4),
        Moment(row, 5),
        row.GetString(6),
        row.GetString(7))
    {
        HasNotice = row.GetBoolean(8),
    };

    private static DateTimeOffset Moment(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
