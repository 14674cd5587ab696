using Kawaraban.Storage;

namespace Kawaraban.Office.Staff;

/// <summary>What somebody has after coming in for the first time.</summary>
/// <param name="Cookie">What the browser's cookie holds from now on.</param>
/// <param name="RecoveryCodes">Their recovery codes, told once; none when they came in by a passkey.</param>
public sealed record Welcomed(string Cookie, IReadOnlyList<string> RecoveryCodes);

/// <summary>Coming in for the first time, by an invitation: it ends with a way to come in again.</summary>
/// <param name="database">Where people are kept.</param>
/// <param name="credentials">What they come in by.</param>
/// <param name="sessions">Where they are.</param>
/// <param name="signIn">Lets them in.</param>
/// <param name="audit">What was done.</param>
/// <param name="seal">Seals the secret until it is proved.</param>
/// <param name="clock">Tells the time.</param>
public sealed class Welcome(
    Database database, CredentialTable credentials, SessionTable sessions, SignIn signIn, AuditTrail audit, SealedText seal, TimeProvider clock)
{
    private const string Purpose = "staff_sessions.secret";

    /// <summary>Begins with a link. It is not used up: who looks at it twice, as mail scanners do, spoils nothing.</summary>
    /// <returns>What the browser's cookie holds from now on; null when the link is not one that holds.</returns>
    public Task<string?> Begin(string token, string? cookie, Caller caller, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                string member;
                await using (var row = await session.Query("""
                    SELECT i.staff_id FROM staff_invitations i JOIN staff s ON s.id = i.staff_id
                    WHERE i.token_hash = @hash AND i.ends_at > @now AND s.status = 'invited'
                    """, ("hash", Tokens.Hash(token)), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds())))
                {
                    if (!await row.ReadAsync())
                        return null;
                    member = row.GetString(0);
                }

                return await sessions.Begin(session, cookie, SessionStage.Welcome, member, caller);
            },
            cancellation);

    /// <summary>The secret that the person's app is to make codes from; the same for the whole of the session.</summary>
    public async Task<string> Secret(string cookie, CancellationToken cancellation)
    {
        if (await sessions.Secret(cookie, cancellation) is { } known)
            return seal.Open(known, Purpose);
        var secret = CredentialTable.NewSecret();
        await sessions.SetSecret(cookie, seal.Seal(secret, Purpose), cancellation);
        return secret;
    }

    /// <summary>Ends with a password and a code of the app.</summary>
    /// <param name="member">Who; their password was found good, and the code right.</param>
    /// <param name="password">The password.</param>
    /// <param name="secret">What the code was made from.</param>
    /// <param name="code">The code.</param>
    /// <param name="cookie">Of the session.</param>
    /// <param name="caller">Where from.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null when the invitation was used, or withdrawn, meanwhile.</returns>
    public Task<Welcomed?> WithPassword(
        StaffMember member, string password, string secret, string code, string cookie, Caller caller, CancellationToken cancellation) =>
        Finish(member, cookie, caller, "password and code", session => credentials.Set(session, member.Id, password, secret, code), cancellation);

    /// <summary>Ends with what <paramref name="set"/> keeps, in one transaction with letting the person in.</summary>
    internal Task<Welcomed?> Finish(
        StaffMember member, string cookie, Caller caller, string way, Func<Session, Task<IReadOnlyList<string>>> set, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                await StaffTable.Lock(session);
                if (await session.Execute("DELETE FROM staff_invitations WHERE staff_id = @id", ("id", member.Id)) == 0)
                    return null;
                if (await session.Execute("UPDATE staff SET status = 'active', version = version + 1 WHERE id = @id AND status = 'invited'", ("id", member.Id)) == 0)
                    return null;
                var codes = await set(session);
                await audit.Add(session, Actor.Of(member), "staff.welcome", StaffTable.Target(member), $"comes in by {way} from now on");
                return new Welcomed(await signIn.Open(session, member.Id, cookie, caller, way), codes);
            },
            cancellation);
}
