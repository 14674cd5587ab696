using Kawaraban.Office.Staff;
using Kawaraban.Storage;

namespace Kawaraban.Office.Provider;

/// <summary>How arriving by a provider ended.</summary>
/// <param name="Cookie">What the browser's cookie holds from now on; null when nobody came in.</param>
/// <param name="Problem">Why nobody did, for the person; null when somebody did.</param>
/// <param name="Notice">What they should know who came in; null when nothing.</param>
public sealed record Arrival(string? Cookie, string? Problem, string? Notice);

/// <summary>Whose a provider's identities are. People are known by our own id; an identity is bound to one of them, or makes one.</summary>
/// <param name="database">Where they are kept.</param>
/// <param name="staff">Who works here.</param>
/// <param name="signIn">Lets people in.</param>
/// <param name="audit">What was done.</param>
/// <param name="seal">Hides the token that a session came in by.</param>
/// <param name="options">Which groups give which role.</param>
/// <param name="clock">Tells the time.</param>
public sealed class IdentityTable(
    Database database, StaffTable staff, SignIn signIn, AuditTrail audit, SealedText seal, ProviderOptions options, TimeProvider clock)
{
    private const int LongestName = 100;

    /// <summary>Lets somebody in whom the provider vouches for, in one transaction with all that it changes.</summary>
    /// <param name="who">Who they are.</param>
    /// <param name="idToken">The token that says so.</param>
    /// <param name="cookie">What the browser's cookie held so far.</param>
    /// <param name="caller">Where from.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<Arrival> Arrive(ProviderIdentity who, string idToken, string? cookie, Caller caller, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                await StaffTable.Lock(session);
                if (options.RoleOf(who.Groups) is not { } role)
                    return await Refuse(session, who, "no group of theirs has a role here", $"{options.Name} knows you, but none of your groups there has a role here. An administrator can change that.");
                var member = await Bound(session, who);
                if (member is null)
                {
                    (member, var problem) = await Bind(session, who, role);
                    if (member is null)
                        return problem!;
                }

                if (member.Status == StaffStatus.Disabled)
                    return await Refuse(session, who, $"{member.Name} is disabled", "You are not let in any more. An administrator can change that.");
                await session.Execute(
                    "UPDATE staff_identities SET used_at = @now WHERE issuer = @issuer AND subject = @subject", ("now", Now), ("issuer", who.Issuer), ("subject", who.Subject));
                var notice = await Follow(session, member, role);
                var opened = await signIn.Open(session, member.Id, cookie, caller, options.Name, Proved(who));
                await session.Execute(
                    "UPDATE staff_sessions SET id_token = @sealed WHERE token_hash = @hash", ("sealed", seal.Seal(idToken, Purpose(opened))), ("hash", Tokens.Hash(opened)));
                return new Arrival(opened, null, notice);
            },
            cancellation);

    /// <summary>Whose an identity is; null when it is nobody's yet.</summary>
    public Task<StaffMember?> Find(ProviderIdentity who, CancellationToken cancellation) => database.Read(session => Bound(session, who), cancellation);

    /// <summary>The token that a session came in by; null when it came in by another way.</summary>
    public async Task<string?> IdTokenOf(string cookie, CancellationToken cancellation) =>
        await database.Read(
            async session =>
            {
                await using var row = await session.Query("SELECT id_token FROM staff_sessions WHERE token_hash = @hash", ("hash", Tokens.Hash(cookie)));
                return await row.ReadAsync(cancellation) && !row.IsDBNull(0) ? row.GetString(0) : null;
            },
            cancellation) is { } kept ? seal.Open(kept, Purpose(cookie)) : null;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private Actor Provider => Actor.Provider(options.Name);

    private static string Purpose(string cookie) => $"staff_sessions.id_token of {Tokens.Hash(cookie)}";

    // A provider may remember somebody since this morning. That lets them in, and proves nothing of this moment.
    private DateTimeOffset Proved(ProviderIdentity who) =>
        who.ProvedAt is not { } at ? DateTimeOffset.UnixEpoch : at < clock.GetUtcNow() ? at : clock.GetUtcNow();

    private static async Task<StaffMember?> Bound(Session session, ProviderIdentity who)
    {
        await using var row = await session.Query(
            $"SELECT {StaffTable.Columns} FROM staff_identities i JOIN staff s ON s.id = i.staff_id WHERE i.issuer = @issuer AND i.subject = @subject",
            ("issuer", who.Issuer), ("subject", who.Subject));
        return await row.ReadAsync() ? StaffTable.Read(row) : null;
    }

    private async Task<(StaffMember? Member, Arrival? Problem)> Bind(Session session, ProviderIdentity who, StaffRole role)
    {
        if (!StaffAddress.TryParse(who.Address, out var address, out var wrong))
            return (null, await Refuse(session, who, $"their mail address {wrong}", $"{options.Name} tells us no mail address of yours that we can use. Ask who looks after it."));
        var known = await StaffTable.Find(session, address.Key);
        if (known is not null && !who.IsAddressVerified)
        {
            return (null, await Refuse(
                session, who, $"{address.Text} is {known.Name}'s, and was not verified by the provider",
                $"Somebody is known here by your mail address, and {options.Name} does not say that it verified that it is yours."));
        }

        // Whom we let in no more is not let in again by another name either.
        if (known is { Status: StaffStatus.Disabled })
            return (known, null);
        var member = known ?? await staff.Arrive(session, Provider, NameOf(who, address), address, role);
        await session.Execute("""
            INSERT INTO staff_identities (issuer, subject, staff_id, created_at, used_at) VALUES (@issuer, @subject, @id, @now, @now)
            """, ("issuer", who.Issuer), ("subject", who.Subject), ("id", member.Id), ("now", Now));
        await audit.Add(session, Provider, "identity.bind", StaffTable.Target(member), $"{who.Subject} of {who.Issuer}");
        return (member, null);
    }

    // Whoever was invited is in; what they may do is what their groups say, every time they come.
    private async Task<string?> Follow(Session session, StaffMember member, StaffRole role)
    {
        if (member.Status == StaffStatus.Invited)
            await StaffTable.Activate(session, member);
        if (member.Role == role)
            return null;
        var outcome = await staff.ChangeRole(session, Provider, member, role);
        return outcome.IsDone ? $"Your groups at {options.Name} make you {role.Word()} from now on."
            : $"Your groups at {options.Name} would make you {role.Word()}, but you are the last administrator; so you stay one until there is another.";
    }

    private async Task<Arrival> Refuse(Session session, ProviderIdentity who, string why, string sentence)
    {
        await audit.Add(session, Actor.Nobody, "session.refuse", $"identity {who.Subject} of {who.Issuer}", $"{who.Address ?? "without an address"}: {why}");
        return new Arrival(null, sentence, null);
    }

    private static string NameOf(ProviderIdentity who, StaffAddress address)
    {
        var name = string.Concat((who.Name ?? "").Where(static letter => !char.IsControl(letter)).Take(LongestName)).Trim();
        return name.Length > 0 ? name : address.Text[..Math.Min(LongestName, address.Text.IndexOf('@', StringComparison.Ordinal))];
    }
}
