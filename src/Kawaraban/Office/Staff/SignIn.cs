using Kawaraban.Office.Hours;
using Kawaraban.Storage;

namespace Kawaraban.Office.Staff;

/// <summary>What an attempt to come in led to.</summary>
/// <param name="Cookie">What the browser's cookie holds from now on; null when it came no further.</param>
/// <param name="Problem">Why it came no further, for the person; null when it did.</param>
public sealed record SignInOutcome(string? Cookie, string? Problem);

/// <summary>Somebody who would get in comes outside the hours of their role. The message says when they are.</summary>
public sealed class ClosedException(string message) : Exception(message);

/// <summary>Coming in: with a password and a code after it, or by a way that proves both at once.</summary>
/// <remarks>What is said of an address that nobody has is what is said of a wrong password, after as long a time.</remarks>
/// <param name="database">Where people are kept.</param>
/// <param name="credentials">What they come in by.</param>
/// <param name="sessions">Where they are.</param>
/// <param name="doorkeeper">Makes whoever fails wait.</param>
/// <param name="audit">Who came in.</param>
/// <param name="hours">When whom is let in.</param>
/// <param name="clock">Tells the time.</param>
public sealed class SignIn(
    Database database, CredentialTable credentials, SessionTable sessions, Doorkeeper doorkeeper, AuditTrail audit, OfficeHours hours, TimeProvider clock)
{
    private const string Wrong = "The address or the password is wrong.";

    /// <summary>The first half: an address and a password.</summary>
    public async Task<SignInOutcome> WithPassword(string address, string password, string? cookie, Caller caller, CancellationToken cancellation)
    {
        if (await Wait(address, caller, cancellation) is { } wait)
            return new SignInOutcome(null, wait);
        var member = await database.Read(session => FindActive(session, address), cancellation);
        return await credentials.IsPassword(member?.Id, password, cancellation) && member is not null
            ? new SignInOutcome(await sessions.Begin(cookie, SessionStage.Second, member.Id, caller, cancellation), null)
            : new SignInOutcome(null, Wrong);
    }

    /// <summary>The second half: a code.</summary>
    /// <param name="at">A session whose password was right.</param>
    /// <param name="code">As typed.</param>
    /// <param name="cookie">Its cookie.</param>
    /// <param name="caller">Where from.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<SignInOutcome> WithCode(OfficeSession at, string code, string cookie, Caller caller, CancellationToken cancellation)
    {
        if (at is not { Stage: SessionStage.Second, Member: { Status: StaffStatus.Active } member })
            return new SignInOutcome(null, "It took too long. Begin again.");
        if (await Prove(member, code, caller, cancellation) is { } problem)
            return new SignInOutcome(null, problem);
        await doorkeeper.Welcome(member.Address, caller.Place, cancellation);
        return new SignInOutcome(await Open(member.Id, cookie, caller, "password and code", cancellation), null);
    }

    /// <summary>Checks a code of somebody who is known.</summary>
    /// <returns>Why it is not taken; null when it is.</returns>
    public async Task<string?> Prove(StaffMember member, string code, Caller caller, CancellationToken cancellation)
    {
        if (await Wait("code of " + member.Id, caller, cancellation) is { } wait)
            return wait;
        if (!await credentials.TakeCode(member.Id, code, cancellation))
            return "The code is wrong, or was used already. Wait for the next one.";
        await doorkeeper.Welcome("code of " + member.Id, caller.Place, cancellation);
        return null;
    }

    /// <summary>Lets somebody in.</summary>
    /// <returns>What the browser's cookie holds from now on.</returns>
    public Task<string> Open(string memberId, string? cookie, Caller caller, string way, CancellationToken cancellation) =>
        database.Write(session => Open(session, memberId, cookie, caller, way), cancellation);

    /// <summary>Lets somebody in, in a transaction.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="memberId">Whom.</param>
    /// <param name="cookie">What the browser's cookie held so far.</param>
    /// <param name="caller">Where from.</param>
    /// <param name="way">By what, for the audit trail.</param>
    /// <param name="provedAt">When they proved who they are; null is this moment.</param>
    internal async Task<string> Open(Session session, string memberId, string? cookie, Caller caller, string way, DateTimeOffset? provedAt = null)
    {
        var member = await StaffTable.Find(session, memberId) ?? throw new StorageException("they were removed this moment");
        if (await hours.WhyClosed(session, member.Role) is { } closed)
            throw new ClosedException(closed);
        await session.Execute("UPDATE staff SET signed_in_at = @now WHERE id = @id", ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", memberId));
        await audit.Add(session, Actor.Of(member), "session.begin", StaffTable.Target(member), $"by {way}, from {caller.Place}");
        return await sessions.Begin(session, cookie, SessionStage.Open, memberId, caller, provedAt);
    }

    private async Task<string?> Wait(string subject, Caller caller, CancellationToken cancellation)
    {
        var wait = await doorkeeper.Wait(subject, caller.Place, cancellation);
        return wait <= TimeSpan.Zero ? null
            : wait < TimeSpan.FromMinutes(2) ? $"There were too many attempts. Try again in {Math.Ceiling(wait.TotalSeconds):0} seconds."
            : $"There were too many attempts. Try again in {Math.Ceiling(wait.TotalMinutes):0} minutes.";
    }

    private static async Task<StaffMember?> FindActive(Session session, string address) =>
        address.Contains('@', StringComparison.Ordinal) && await StaffTable.Find(session, address) is { Status: StaffStatus.Active } member ? member : null;
}
