using Kawaraban.Office.Staff;
using Kawaraban.Storage;

namespace Kawaraban.Office.Identities;

/// <summary>What a restore did for somebody.</summary>
/// <param name="Person">Who.</param>
/// <param name="Invitation">The secret of their link, when what they came in by cannot come back; null when a passkey of theirs still does.</param>
public sealed record RestoredPerson(SavedPerson Person, string? Invitation);

/// <summary>What a restore came to.</summary>
/// <param name="Snapshot">What was restored; null when nothing was.</param>
/// <param name="People">Everybody.</param>
/// <param name="Problem">Why nothing was restored; null when it was.</param>
public sealed record RestoreReport(IdentitySnapshot? Snapshot, IReadOnlyList<RestoredPerson> People, string? Problem);

/// <summary>Keeps who works here in a place that does not go down with the database, and brings them back from there.</summary>
/// <remarks>
/// A snapshot is taken when the audit trail tells of a change of the staff that the newest one does not hold. The trail is written in the
/// transaction of the change, so none is forgotten, whichever process dies when: whoever looks next takes it.
/// </remarks>
/// <param name="database">Where people are kept.</param>
/// <param name="staff">Who they are.</param>
/// <param name="audit">What was done.</param>
/// <param name="folder">Where snapshots go.</param>
/// <param name="clock">Tells the time.</param>
public sealed class IdentityBackup(Database database, StaffTable staff, AuditTrail audit, IdentityFolder folder, TimeProvider clock)
{
    /// <summary>Where snapshots go.</summary>
    public IdentityFolder Folder => folder;

    /// <summary>Takes a snapshot when the newest one lacks a change.</summary>
    /// <returns>The new snapshot; null when the newest holds everything.</returns>
    public async Task<IdentitySnapshot?> CatchUp(CancellationToken cancellation)
    {
        var trail = await LastChange(cancellation);
        var newest = folder.Newest();
        return trail == 0 || newest?.Trail >= trail ? null : await Take(cancellation);
    }

    /// <summary>Takes a snapshot.</summary>
    public async Task<IdentitySnapshot> Take(CancellationToken cancellation)
    {
        // The trail first: what happens after it was read is told by a later snapshot.
        var trail = await LastChange(cancellation);
        var people = await People(cancellation);
        return folder.Add((number, before) => new IdentitySnapshot(number, clock.GetUtcNow(), trail, before, people));
    }

    /// <summary>Brings everybody back into a directory in which nobody is, in one transaction: with their ids, roles and statuses.</summary>
    /// <param name="who">Who restores.</param>
    /// <param name="snapshot">From what.</param>
    /// <param name="cancellation">Withdraws it.</param>
    public Task<RestoreReport> Restore(Actor who, IdentitySnapshot snapshot, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                await StaffTable.Lock(session);
                await using (var row = await session.Query("SELECT count(*) FROM staff"))
                {
                    await row.ReadAsync();
                    if (row.GetInt64(0) > 0)
                        return new RestoreReport(null, [], $"{row.GetInt64(0)} people are there already; only an empty directory is restored into");
                }

                List<RestoredPerson> restored = [];
                foreach (var person in snapshot.People)
                    restored.Add(await Restore(session, person));
                await audit.Add(session, who, "staff.restore", "staff", $"{restored.Count} people from snapshot {snapshot.Number} of {snapshot.TakenAt:yyyy-MM-dd HH:mm} UTC");
                return new RestoreReport(snapshot, restored, null);
            },
            cancellation);

    private async Task<RestoredPerson> Restore(Session session, SavedPerson person)
    {
        // Passwords and what codes are made from are in no snapshot. Who had nothing else is invited again.
        var status = StaffWords.Status(person.Status) == StaffStatus.Active && person.Passkeys.Count == 0 ? StaffStatus.Invited : StaffWords.Status(person.Status);
        await session.Execute("""
            INSERT INTO staff (id, address, address_key, name, role, status, created_at) VALUES (@id, @address, @key, @name, @role, @status, @created)
            """,
            ("id", person.Id), ("address", person.Address), ("key", person.Address.ToLowerInvariant()), ("name", person.Name), ("role", person.Role),
            ("status", status.Word()), ("created", person.CreatedAt.ToUnixTimeMilliseconds()));
        foreach (var passkey in person.Passkeys)
        {
            await session.Execute("""
                INSERT INTO staff_passkeys (credential_id, staff_id, name, passkey, created_at) VALUES (@id, @member, @name, @passkey, @created)
                """,
                ("id", passkey.Id), ("member", person.Id), ("name", passkey.Name), ("passkey", passkey.Passkey), ("created", passkey.CreatedAt.ToUnixTimeMilliseconds()));
        }

        return new RestoredPerson(person, status == StaffStatus.Invited ? await staff.NewInvitation(session, person.Id) : null);
    }

    private Task<long> LastChange(CancellationToken cancellation) =>
        database.Read(
            async session =>
            {
                await using var row = await session.Query("""
                    SELECT coalesce(max(id), 0) FROM audit WHERE action LIKE 'staff.%' OR action LIKE 'passkey.%'
                    """);
                await row.ReadAsync(cancellation);
                return row.GetInt64(0);
            },
            cancellation);

    private async Task<IReadOnlyList<SavedPerson>> People(CancellationToken cancellation)
    {
        var members = await staff.List(cancellation);
        var passkeys = await database.Read(
            async session =>
            {
                List<(string Member, SavedPasskey Passkey)> found = [];
                await using var rows = await session.Query("SELECT staff_id, credential_id, name, passkey, created_at FROM staff_passkeys ORDER BY created_at, credential_id");
                while (await rows.ReadAsync(cancellation))
                {
                    found.Add((rows.GetString(0), new SavedPasskey(
                        rows.GetString(1), rows.GetString(2), rows.GetString(3), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(4)))));
                }

                return found.ToLookup(one => one.Member, one => one.Passkey);
            },
            cancellation);
        return [.. members.Select(member => SavedPerson.Of(member, [.. passkeys[member.Id]]))];
    }
}
