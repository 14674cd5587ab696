using System.Data.Common;
using Kawaraban.Office.Staff;
using Kawaraban.Storage;

namespace Kawaraban.Readers;

/// <summary>A reader in a list: nothing by which a stranger would know them.</summary>
/// <param name="Id">Our id for them.</param>
/// <param name="Address">Their address, masked.</param>
/// <param name="CreatedAt">Since when they are registered.</param>
/// <param name="Follows">How many companies they follow.</param>
public sealed record ReaderCard(string Id, string Address, DateTimeOffset CreatedAt, long Follows);

/// <summary>A reader, with all that we know of them.</summary>
/// <param name="Id">Our id for them.</param>
/// <param name="Address">Their address.</param>
/// <param name="Name">What they are called; null when they did not say.</param>
/// <param name="Consent">To which text they have agreed.</param>
/// <param name="ConsentedAt">When.</param>
/// <param name="CreatedAt">Since when they are registered.</param>
public sealed record Reader(string Id, ReaderAddress Address, string? Name, string Consent, DateTimeOffset ConsentedAt, DateTimeOffset CreatedAt)
{
    // A record would print every field.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append("Id = ").Append(Id).Append(", Address = ").Append(Address.Masked);
        return true;
    }
}

/// <summary>The registered readers: personal data. On PostgreSQL they stand in a schema that the operators' processes have no right on.</summary>
/// <param name="database">Where they are kept.</param>
/// <param name="audit">Every look is on it.</param>
/// <param name="seal">Seals what names a person.</param>
/// <param name="clock">Tells the time.</param>
public sealed class ReaderTable(Database database, AuditTrail audit, SealedText seal, TimeProvider clock)
{
    private const string Index = "reader_accounts.address";

    /// <summary>Registers somebody.</summary>
    /// <returns>Their id; the one that they had when the address is known.</returns>
    public Task<string> Add(ReaderAddress address, string? name, string consent, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                if (await IdOf(session, address) is { } known)
                    return known;
                var id = Tokens.Id();
                var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
                await session.Execute("""
                    INSERT INTO reader_accounts (id, address, address_index, name, consent, consented_at, created_at)
                    VALUES (@id, @address, @index, @name, @consent, @now, @now)
                    """,
                    ("id", id), ("address", seal.Seal(address.InFull, Purpose("address", id))), ("index", seal.Index(address.Key, Index)[0]),
                    ("name", name is null ? null : seal.Seal(name, Purpose("name", id))), ("consent", consent), ("now", now));
                return id;
            },
            cancellation);

    /// <summary>The readers, masked, those who registered last first.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<IReadOnlyList<ReaderCard>> List(int count, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<ReaderCard>>(
            async session =>
            {
                List<ReaderCard> cards = [];
                await using var rows = await session.Query("""
                    SELECT r.id, r.address, r.created_at, (SELECT count(*) FROM reader_follows f WHERE f.reader_id = r.id)
                    FROM reader_accounts r ORDER BY r.created_at DESC, r.id DESC LIMIT @count
                    """, ("count", count));
                while (await rows.ReadAsync(cancellation))
                {
                    var id = rows.GetString(0);
                    var address = new ReaderAddress(seal.Open(rows.GetString(1), Purpose("address", id)));
                    cards.Add(new ReaderCard(id, address.Masked, DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2)), rows.GetInt64(3)));
                }

                return cards;
            },
            cancellation);

    /// <summary>The id of whoever has an address; null when nobody does. Nothing is shown by it.</summary>
    public Task<string?> Find(ReaderAddress address, CancellationToken cancellation) => database.Read(session => IdOf(session, address), cancellation);

    /// <summary>Shows one reader to somebody. That they looked, and why, is on the audit trail before they see anything.</summary>
    /// <param name="who">Who looks.</param>
    /// <param name="id">At whom.</param>
    /// <param name="reason">Why; not empty.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<Reader?> Look(Actor who, string id, string reason, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return database.Write(
            async session =>
            {
                Reader reader;
                await using (var row = await session.Query(
                    "SELECT address, name, consent, consented_at, created_at FROM reader_accounts WHERE id = @id", ("id", id)))
                {
                    if (!await row.ReadAsync())
                        return null;
                    reader = Read(row, id);
                }

                await audit.Add(session, who, "readers.look", $"reader {id}", null, reason);
                return reader;
            },
            cancellation);
    }

    /// <summary>Forgets a reader and all that we know of them.</summary>
    /// <returns>Whether there was one.</returns>
    public Task<bool> Erase(Actor who, string id, string reason, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return database.Write(
            async session =>
            {
                await session.Execute("DELETE FROM reader_follows WHERE reader_id = @id", ("id", id));
                if (await session.Execute("DELETE FROM reader_accounts WHERE id = @id", ("id", id)) == 0)
                    return false;
                await audit.Add(session, who, "readers.erase", $"reader {id}", null, reason);
                return true;
            },
            cancellation);
    }

    // With each key, for those who registered before the keys were changed.
    private async Task<string?> IdOf(Session session, ReaderAddress address)
    {
        foreach (var index in seal.Index(address.Key, Index))
        {
            await using var row = await session.Query("SELECT id FROM reader_accounts WHERE address_index = @index", ("index", index));
            if (await row.ReadAsync())
                return row.GetString(0);
        }

        return null;
    }

    private Reader Read(DbDataReader row, string id) => new(
        id,
        new ReaderAddress(seal.Open(row.GetString(0), Purpose("address", id))),
        row.IsDBNull(1) ? null : seal.Open(row.GetString(1), Purpose("name", id)),
        row.GetString(2),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)));

    private static string Purpose(string column, string id) => $"reader_accounts.{column} of {id}";
}
