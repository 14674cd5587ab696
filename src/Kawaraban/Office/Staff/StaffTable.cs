using System.Data.Common;
using Kawaraban.Storage;

namespace Kawaraban.Office.Staff;

/// <summary>Who works here. Every change is on the audit trail, in the same transaction, and none leaves the house without an administrator.</summary>
/// <param name="database">Where they are kept.</param>
/// <param name="audit">What was done.</param>
/// <param name="clock">Tells the time.</param>
public sealed class StaffTable(Database database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How long a link to come in for the first time holds.</summary>
    public static readonly TimeSpan InvitationHolds = TimeSpan.FromDays(3);

    private const int LongestName = 100;

    internal const string Columns = "s.id, s.address, s.name, s.role, s.status, s.version, s.created_at, s.signed_in_at";

    /// <summary>Everybody, by name.</summary>
    public Task<IReadOnlyList<StaffMember>> List(CancellationToken cancellation) =>
        database.Read<IReadOnlyList<StaffMember>>(
            async session =>
            {
                List<StaffMember> members = [];
                await using var rows = await session.Query($"SELECT {Columns} FROM staff s ORDER BY s.name, s.id");
                while (await rows.ReadAsync(cancellation))
                    members.Add(Read(rows));
                return members;
            },
            cancellation);

    /// <summary>Somebody, by id or mail address; null when there is nobody.</summary>
    public Task<StaffMember?> Find(string which, CancellationToken cancellation) =>
        database.Read(session => Find(session, which), cancellation);

    /// <summary>Somebody new, who is to come in by a link that is told once.</summary>
    /// <param name="actor">Who invites them.</param>
    /// <param name="name">What they are called; not empty, 100 characters at most.</param>
    /// <param name="address">Their mail address.</param>
    /// <param name="role">What they may do.</param>
    /// <param name="cancellation">Withdraws it.</param>
    public Task<StaffOutcome> Invite(Actor actor, string name, StaffAddress address, StaffRole role, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                await Lock(session);
                if (await Find(session, address.Key) is { } known)
                    return new StaffOutcome(known, StaffProblem.AddressTaken, $"{address.Text} is {known.Name} already");
                var member = await Add(session, name, address, role, StaffStatus.Invited);
                await audit.Add(session, actor, "staff.invite", Target(member), $"{member.Name} <{member.Address}> as {role.Word()}");
                return new StaffOutcome(member, StaffProblem.None, $"{name} is invited as {role.Word()}") { Invitation = await NewInvitation(session, member.Id) };
            },
            cancellation);

    /// <summary>Somebody new whom a provider of identities vouches for: they are in without a link.</summary>
    internal async Task<StaffMember> Arrive(Session session, Actor actor, string name, StaffAddress address, StaffRole role)
    {
        var member = await Add(session, name, address, role, StaffStatus.Active);
        await audit.Add(session, actor, "staff.arrive", Target(member), $"{member.Name} <{member.Address}> as {role.Word()}");
        return member;
    }

    /// <summary>Lets somebody in who was invited and came another way; their link ends.</summary>
    internal static async Task Activate(Session session, StaffMember member)
    {
        await session.Execute("DELETE FROM staff_invitations WHERE staff_id = @id", ("id", member.Id));
        await session.Execute("UPDATE staff SET status = 'active', version = version + 1 WHERE id = @id AND status = 'invited'", ("id", member.Id));
    }

    /// <summary>A new link for somebody: the old one ends, and so do the ways by which they came in, and their sessions.</summary>
    public Task<StaffOutcome> InviteAgain(Actor actor, string id, CancellationToken cancellation) =>
        Change(
            id, null,
            async (session, member) =>
            {
                if (member.Status == StaffStatus.Disabled)
                    return new StaffOutcome(member, StaffProblem.NotNow, $"{member.Name} is disabled; enable them first");
                if (await IsLastAdministrator(session, member))
                    return LastAdministrator(member);
                await Forget(session, member.Id);
                await session.Execute("UPDATE staff SET status = 'invited', version = version + 1 WHERE id = @id", ("id", member.Id));
                await audit.Add(session, actor, "staff.invite-again", Target(member), "a new link; passwords, passkeys and sessions are gone");
                return new StaffOutcome(await Find(session, member.Id), StaffProblem.None, $"{member.Name} has a new link")
                {
                    Invitation = await NewInvitation(session, member.Id),
                };
            },
            cancellation);

    /// <summary>Gives somebody another role. It holds from their next request on.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="id">To whom.</param>
    /// <param name="role">What they may do then.</param>
    /// <param name="version">Of the record that the change was made on; null takes whichever there is.</param>
    /// <param name="cancellation">Withdraws it.</param>
    public Task<StaffOutcome> ChangeRole(Actor actor, string id, StaffRole role, long? version, CancellationToken cancellation) =>
        Change(
            id, version,
            (session, member) => ChangeRole(session, actor, member, role),
            cancellation);

    internal async Task<StaffOutcome> ChangeRole(Session session, Actor actor, StaffMember member, StaffRole role)
    {
        if (member.Role == role)
            return new StaffOutcome(member, StaffProblem.None, $"{member.Name} is {role.Word()} already");
        if (await IsLastAdministrator(session, member))
            return LastAdministrator(member);
        await session.Execute("UPDATE staff SET role = @role, version = version + 1 WHERE id = @id", ("role", role.Word()), ("id", member.Id));
        await audit.Add(session, actor, "staff.role", Target(member), $"{member.Role.Word()} → {role.Word()}");
        return new StaffOutcome(await Find(session, member.Id), StaffProblem.None, $"{member.Name} is {role.Word()} now");
    }

    /// <summary>Lets somebody in no more. Their sessions end at once, and their tokens for good.</summary>
    public Task<StaffOutcome> Disable(Actor actor, string id, long? version, CancellationToken cancellation) =>
        Change(
            id, version,
            async (session, member) =>
            {
                if (member.Status == StaffStatus.Disabled)
                    return new StaffOutcome(member, StaffProblem.None, $"{member.Name} is disabled already");
                if (await IsLastAdministrator(session, member))
                    return LastAdministrator(member);
                await EndSessions(session, member.Id);
                await session.Execute(
                    "UPDATE api_tokens SET revoked_at = @now WHERE staff_id = @id AND revoked_at IS NULL", ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", member.Id));
                await session.Execute("DELETE FROM staff_invitations WHERE staff_id = @id", ("id", member.Id));
                await session.Execute("UPDATE staff SET status = 'disabled', version = version + 1 WHERE id = @id", ("id", member.Id));
                await audit.Add(session, actor, "staff.disable", Target(member));
                return new StaffOutcome(await Find(session, member.Id), StaffProblem.None, $"{member.Name} does not get in any more");
            },
            cancellation);

    /// <summary>Lets somebody in again who was disabled.</summary>
    public Task<StaffOutcome> Enable(Actor actor, string id, long? version, CancellationToken cancellation) =>
        Change(
            id, version,
            async (session, member) =>
            {
                if (member.Status != StaffStatus.Disabled)
                    return new StaffOutcome(member, StaffProblem.None, $"{member.Name} is not disabled");
                await session.Execute("""
                    UPDATE staff SET version = version + 1, status = CASE WHEN EXISTS (SELECT 1 FROM staff_credentials c WHERE c.staff_id = staff.id
                        AND c.password_hash IS NOT NULL) OR EXISTS (SELECT 1 FROM staff_passkeys p WHERE p.staff_id = staff.id)
                        OR EXISTS (SELECT 1 FROM staff_identities i WHERE i.staff_id = staff.id)
                        THEN 'active' ELSE 'invited' END
                    WHERE id = @id
                    """, ("id", member.Id));
                await audit.Add(session, actor, "staff.enable", Target(member));
                var now = await Find(session, member.Id);
                return new StaffOutcome(
                    now, StaffProblem.None,
                    now?.Status == StaffStatus.Active ? $"{member.Name} gets in again" : $"{member.Name} is invited again; make them a new link");
            },
            cancellation);

    /// <summary>Removes somebody with all by which they could come in. What they did stays on the audit trail.</summary>
    public Task<StaffOutcome> Remove(Actor actor, string id, long? version, CancellationToken cancellation) =>
        Change(
            id, version,
            async (session, member) =>
            {
                if (await IsLastAdministrator(session, member))
                    return LastAdministrator(member);
                await Forget(session, member.Id);
                await session.Execute("DELETE FROM staff WHERE id = @id", ("id", member.Id));
                await audit.Add(session, actor, "staff.remove", Target(member), $"{member.Name} <{member.Address}>, {member.Role.Word()}");
                return new StaffOutcome(null, StaffProblem.None, $"{member.Name} is removed");
            },
            cancellation);

    /// <summary>A name as it may be given.</summary>
    /// <returns>The name, or null with the reason as the second half of a sentence.</returns>
    public static string? ReadName(string? text, out string problem)
    {
        var name = (text ?? "").Trim();
        problem = name.Length == 0 ? "is missing"
            : name.Length > LongestName ? $"is longer than {LongestName} characters"
            : name.Any(char.IsControl) ? "holds control characters"
            : "";
        return problem.Length == 0 ? name : null;
    }

    internal static string Target(StaffMember member) => $"staff {member.Id}";

    internal static StaffMember Read(DbDataReader row, int first = 0) => new(
        row.GetString(first),
        row.GetString(first + 1),
        row.GetString(first + 2),
        StaffWords.Role(row.GetString(first + 3)) ?? StaffRole.Operator,
        StaffWords.Status(row.GetString(first + 4)),
        row.GetInt64(first + 5),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(first + 6)),
        row.IsDBNull(first + 7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(first + 7)));

    internal static async Task<StaffMember?> Find(Session session, string which)
    {
        await using var row = await session.Query(
            $"SELECT {Columns} FROM staff s WHERE s.id = @which OR s.address_key = @key", ("which", which), ("key", which.Trim().ToLowerInvariant()));
        return await row.ReadAsync() ? Read(row) : null;
    }

    /// <summary>Keeps others from changing the staff until the transaction ends: two administrators must not remove each other.</summary>
    internal static async Task Lock(Session session)
    {
        if (session.Dialect == Dialect.Postgres)
            await session.Execute("SELECT pg_advisory_xact_lock(7092713647)");
    }

    private async Task<StaffMember> Add(Session session, string name, StaffAddress address, StaffRole role, StaffStatus status)
    {
        var member = new StaffMember(Tokens.Id(), address.Text, name, role, status, 1, clock.GetUtcNow(), null);
        await session.Execute("""
            INSERT INTO staff (id, address, address_key, name, role, status, created_at)
            VALUES (@id, @address, @key, @name, @role, @status, @now)
            """,
            ("id", member.Id), ("address", address.Text), ("key", address.Key), ("name", name), ("role", role.Word()), ("status", status.Word()),
            ("now", member.CreatedAt.ToUnixTimeMilliseconds()));
        return member;
    }

    internal async Task<string> NewInvitation(Session session, string id)
    {
        var token = Tokens.New();
        var now = clock.GetUtcNow();
        await session.Execute("DELETE FROM staff_invitations WHERE staff_id = @id OR ends_at < @now", ("id", id), ("now", now.ToUnixTimeMilliseconds()));
        await session.Execute(
            "INSERT INTO staff_invitations (token_hash, staff_id, created_at, ends_at) VALUES (@hash, @id, @now, @end)",
            ("hash", Tokens.Hash(token)), ("id", id), ("now", now.ToUnixTimeMilliseconds()), ("end", (now + InvitationHolds).ToUnixTimeMilliseconds()));
        return token;
    }

    private Task<StaffOutcome> Change(
        string id, long? version, Func<Session, StaffMember, Task<StaffOutcome>> change, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                await Lock(session);
                if (await Find(session, id) is not { } member)
                    return new StaffOutcome(null, StaffProblem.Unknown, $"there is nobody known as {id}");
                if (version is not null && version != member.Version)
                {
                    return new StaffOutcome(
                        member, StaffProblem.ChangedMeanwhile, $"{member.Name} was changed by somebody else meanwhile; this is how they are now. Nothing was done");
                }

                return await change(session, member);
            },
            cancellation);

    private static async Task<bool> IsLastAdministrator(Session session, StaffMember member)
    {
        if (member is not { Role: StaffRole.Administrator, Status: StaffStatus.Active })
            return false;
        await using var row = await session.Query(
            "SELECT count(*) FROM staff WHERE role = 'administrator' AND status = 'active' AND id <> @id", ("id", member.Id));
        await row.ReadAsync();
        return row.GetInt64(0) == 0;
    }

    private static StaffOutcome LastAdministrator(StaffMember member) => new(
        member, StaffProblem.LastAdministrator, $"{member.Name} is the last administrator who gets in; make another one first");

    private static async Task EndSessions(Session session, string id) =>
        await session.Execute("DELETE FROM staff_sessions WHERE staff_id = @id", ("id", id));

    private static async Task Forget(Session session, string id)
    {
        await EndSessions(session, id);
        await session.Execute("DELETE FROM staff_invitations WHERE staff_id = @id", ("id", id));
        await session.Execute("DELETE FROM staff_passkeys WHERE staff_id = @id", ("id", id));
        await session.Execute("DELETE FROM api_tokens WHERE staff_id = @id", ("id", id));
        await session.Execute("DELETE FROM staff_identities WHERE staff_id = @id", ("id", id));
        await session.Execute("DELETE FROM staff_credentials WHERE staff_id = @id", ("id", id));
    }
}
