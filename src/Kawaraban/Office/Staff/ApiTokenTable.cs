using System.Data.Common;
using Kawaraban.Storage;

namespace Kawaraban.Office.Staff;

/// <summary>A token as lists show it.</summary>
/// <param name="Id">The part of it that is no secret.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">Since when it is there.</param>
/// <param name="EndsAt">Until when it holds.</param>
/// <param name="UsedAt">When it was last used, to the minute.</param>
/// <param name="IsRevoked">Whether it was taken back.</param>
public sealed record ApiTokenCard(
    string Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset EndsAt, DateTimeOffset? UsedAt, bool IsRevoked);

/// <summary>A token that was shown, and whose it is as the directory knows them at this moment.</summary>
/// <param name="Card">The token.</param>
/// <param name="Owner">Whose it is.</param>
public sealed record ShownToken(ApiTokenCard Card, StaffMember Owner);

/// <summary>What became of making one.</summary>
/// <param name="Token">What a program shows; told once. Null when none was made.</param>
/// <param name="Field">What was wrong: <c>name</c>, <c>days</c>, <c>scopes</c>; null when nothing was.</param>
/// <param name="Problem">Why, as the second half of a sentence.</param>
public sealed record MadeToken(string? Token, string? Field, string? Problem);

/// <summary>The tokens by which programs of the staff come to the API.</summary>
/// <param name="database">Where they are kept, as hashes.</param>
/// <param name="audit">What was done.</param>
/// <param name="clock">Tells the time.</param>
public sealed class ApiTokenTable(Database database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How long one holds at most, in days.</summary>
    public const int LongestDays = 365;

    // Said in what people paste by mistake, and found there by whoever looks for secrets.
    private const string Prefix = "kawaraban_";
    private const int LongestName = 60;
    private const int Longest = 200;

    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(1);

    private const string Columns = "t.id, t.name, t.scopes, t.created_at, t.ends_at, t.used_at, t.revoked_at IS NOT NULL, t.token_hash, ";
    private const int FirstOfMember = 8;

    /// <summary>What a token may be allowed to do that somebody of a role makes.</summary>
    public static IEnumerable<string> ScopesOf(StaffRole role) => May.Table.Keys.Where(policy => policy != May.Enter && May.Allows(role, policy));

    /// <summary>Makes one.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="owner">Whose it will be.</param>
    /// <param name="name">What they call it.</param>
    /// <param name="scopes">What it may do: policies that its owner has.</param>
    /// <param name="days">How long it holds, 1 to <see cref="LongestDays"/>.</param>
    /// <param name="cancellation">Withdraws it.</param>
    public async Task<MadeToken> Make(
        Actor actor, StaffMember owner, string name, IReadOnlyCollection<string> scopes, long days, CancellationToken cancellation)
    {
        name = name.Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            return new MadeToken(null, "name", $"is not a name of 1 to {LongestName} characters");
        if (days is < 1 or > LongestDays)
            return new MadeToken(null, "days", $"is not between 1 and {LongestDays}");
        if (scopes.Count == 0)
            return new MadeToken(null, "scopes", "are none; it could do nothing");
        if (scopes.FirstOrDefault(scope => !ScopesOf(owner.Role).Contains(scope)) is { } unknown)
            return new MadeToken(null, "scopes", $"hold {unknown}, which {owner.Name} may not do; there are {string.Join(", ", ScopesOf(owner.Role))}");
        var (id, secret, now) = (Tokens.Id(), Tokens.New(), clock.GetUtcNow());
        await database.Write(
            async session =>
            {
                var kept = string.Join(' ', scopes.Distinct().Order(StringComparer.Ordinal));
                await session.Execute("""
                    INSERT INTO api_tokens (id, name, token_hash, staff_id, scopes, created_at, ends_at) VALUES (@id, @name, @hash, @owner, @scopes, @now, @end)
                    """,
                    ("id", id), ("name", name), ("hash", Tokens.Hash(secret)), ("owner", owner.Id), ("scopes", kept), ("now", now.ToUnixTimeMilliseconds()),
                    ("end", now.AddDays(days).ToUnixTimeMilliseconds()));
                await audit.Add(session, actor, "token.make", StaffTable.Target(owner), $"{name} ({id}) for {days} days: {kept}");
            },
            cancellation);
        return new MadeToken($"{Prefix}{id}_{secret}", null, null);
    }

    /// <summary>Somebody's, the newest first.</summary>
    public Task<IReadOnlyList<ApiTokenCard>> List(string ownerId, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<ApiTokenCard>>(
            async session =>
            {
                List<ApiTokenCard> found = [];
                await using var rows = await session.Query(
                    $"SELECT {Columns}{StaffTable.Columns} FROM api_tokens t JOIN staff s ON s.id = t.staff_id WHERE t.staff_id = @owner ORDER BY t.created_at DESC, t.id",
                    ("owner", ownerId));
                while (await rows.ReadAsync(cancellation))
                    found.Add(Read(rows));
                return found;
            },
            cancellation);

    /// <summary>Takes one of somebody's back: it holds no more from the next request on.</summary>
    /// <returns>Whether they had it, and it held.</returns>
    public Task<bool> Revoke(Actor actor, StaffMember owner, string id, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                if (await session.Execute(
                    "UPDATE api_tokens SET revoked_at = @now WHERE id = @id AND staff_id = @owner AND revoked_at IS NULL",
                    ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", id), ("owner", owner.Id)) == 0)
                    return false;
                await audit.Add(session, actor, "token.revoke", StaffTable.Target(owner), id);
                return true;
            },
            cancellation);

    /// <summary>The token that was shown; null when it is none that holds, or its owner does not get in.</summary>
    public async Task<ShownToken?> Find(string shown, CancellationToken cancellation)
    {
        if (shown.Length > Longest || !shown.StartsWith(Prefix, StringComparison.Ordinal) || shown.IndexOf('_', Prefix.Length) is var middle && middle < 0)
            return null;
        var (id, secret, now) = (shown[Prefix.Length..middle], shown[(middle + 1)..], clock.GetUtcNow());
        var found = await database.Read<(ShownToken Token, string Hash)?>(
            async session =>
            {
                await using var row = await session.Query(
                    $"SELECT {Columns}{StaffTable.Columns} FROM api_tokens t JOIN staff s ON s.id = t.staff_id WHERE t.id = @id", ("id", id));
                return await row.ReadAsync(cancellation) ? (new ShownToken(Read(row), StaffTable.Read(row, FirstOfMember)), row.GetString(7)) : null;
            },
            cancellation);

        // Compared here, and not by the database: an index tells by its time how far a guess agrees.
        if (found is not { } known || !Tokens.AreEqual(known.Hash, Tokens.Hash(secret)))
            return null;
        var (card, owner) = known.Token;
        if (card.IsRevoked || card.EndsAt <= now || owner.Status != StaffStatus.Active)
            return null;
        if (card.UsedAt is not { } used || used + UsedEvery <= now)
        {
            await database.Write(
                session => session.Execute("UPDATE api_tokens SET used_at = @now WHERE id = @id", ("now", now.ToUnixTimeMilliseconds()), ("id", id)), cancellation);
        }

        return known.Token;
    }

    private static ApiTokenCard Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)), row.GetBoolean(6));
}
