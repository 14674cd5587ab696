using System.Text;
using Kawaraban.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Kawaraban.Office.Staff;

/// <summary>Coming in by a passkey: something one has and, as we ask for user verification, something one knows or is.</summary>
/// <remarks>
/// The ceremonies of WebAuthn Level 3 (§7.1, §7.2) are ASP.NET Core Identity's; the challenge is kept in our session's row and given once.
/// </remarks>
/// <param name="table">Where passkeys are kept.</param>
/// <param name="sessions">Where challenges are kept.</param>
/// <param name="signIn">Lets people in.</param>
/// <param name="welcome">Lets people in for the first time.</param>
/// <param name="database">Adds one to an account.</param>
/// <param name="office">What browsers call us.</param>
/// <param name="services">What Identity asks for.</param>
/// <param name="log">Why one was refused.</param>
public sealed partial class Passkeys(
    PasskeyTable table, SessionTable sessions, SignIn signIn, Welcome welcome, Database database, OfficeOptions office, IServiceProvider services,
    ILogger<Passkeys> log)
{
    private const string Refused = "The passkey was not accepted. Try again, or take another way in.";

    /// <summary>What the browser is to ask for when somebody makes a passkey, as JSON.</summary>
    /// <param name="member">Whose it will be.</param>
    /// <param name="cookie">Of the session that asks.</param>
    /// <param name="context">Its request.</param>
    public async Task<string> OfferToMake(StaffMember member, string cookie, HttpContext context)
    {
        using var users = Users();
        var result = await Handler(users, context).MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = member.Id, Name = member.Address, DisplayName = member.Name }, context);
        await sessions.SetChallenge(cookie, result.AttestationState ?? "", context.RequestAborted);
        return result.CreationOptionsJson;
    }

    /// <summary>What the browser is to ask for when somebody comes in by one, as JSON; whose it is shows afterwards.</summary>
    public async Task<string> OfferToUse(string cookie, HttpContext context)
    {
        using var users = Users();
        var result = await Handler(users, context).MakeRequestOptionsAsync(null, context);
        await sessions.SetChallenge(cookie, result.AssertionState ?? "", context.RequestAborted);
        return result.RequestOptionsJson;
    }

    /// <summary>Ends coming in for the first time with a passkey.</summary>
    /// <returns>The new cookie, or why not.</returns>
    public async Task<SignInOutcome> Welcome(StaffMember member, string answer, string name, string cookie, HttpContext context)
    {
        if (await Made(member, answer, cookie, context) is not { } passkey)
            return new SignInOutcome(null, Refused);
        var welcomed = await welcome.Finish(
            member, cookie, Caller.Of(context), "passkey",
            async session =>
            {
                await table.Add(session, member, passkey, name);
                return [];
            },
            context.RequestAborted);
        return welcomed is null ? new SignInOutcome(null, "The link was used meanwhile.") : new SignInOutcome(welcomed.Cookie, null);
    }

    /// <summary>Adds a passkey to the account of somebody who is in.</summary>
    /// <returns>Why not; null when it was added.</returns>
    public async Task<string?> Add(StaffMember member, string answer, string name, string cookie, HttpContext context)
    {
        if (await Made(member, answer, cookie, context) is not { } passkey)
            return Refused;
        await database.Write(session => table.Add(session, member, passkey, name), context.RequestAborted);
        return null;
    }

    /// <summary>Comes in by one.</summary>
    public async Task<SignInOutcome> Use(string answer, string cookie, HttpContext context)
    {
        if (await Proved(answer, cookie, context) is not { } member)
            return new SignInOutcome(null, Refused);
        return new SignInOutcome(await signIn.Open(member.Id, cookie, Caller.Of(context), "passkey", context.RequestAborted), null);
    }

    /// <summary>Whose passkey answered the challenge; null when nobody's did who gets in.</summary>
    public async Task<StaffMember?> Proved(string answer, string cookie, HttpContext context)
    {
        if (await sessions.TakeChallenge(cookie, context.RequestAborted) is not { } challenge)
            return null;
        using var users = Users();
        var result = await Handler(users, context).PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = context, CredentialJson = answer, AssertionState = challenge });
        if (!result.Succeeded || result.User.Status != StaffStatus.Active)
        {
            LogRefused(result.Failure?.Message ?? "its owner does not get in");
            return null;
        }

        await table.Used(result.Passkey, context.RequestAborted);
        return result.User;
    }

    private async Task<UserPasskeyInfo?> Made(StaffMember member, string answer, string cookie, HttpContext context)
    {
        if (await sessions.TakeChallenge(cookie, context.RequestAborted) is not { } challenge)
            return null;
        using var users = Users();
        var result = await Handler(users, context).PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = context, CredentialJson = answer, AttestationState = challenge });
        if (result.Succeeded && result.UserEntity.Id == member.Id)
            return result.Passkey;
        LogRefused(result.Failure?.Message ?? "it is somebody else's");
        return null;
    }

    private PasskeyHandler<StaffMember> Handler(UserManager<StaffMember> users, HttpContext context) => new(
        users,
        Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = office.Host(context.Request),
            ResidentKeyRequirement = "required",
            UserVerificationRequirement = "required",
            ValidateOrigin = origin => ValueTask.FromResult(
                !origin.CrossOrigin && string.Equals(origin.Origin, office.Origin(origin.HttpContext.Request), StringComparison.OrdinalIgnoreCase)),
        }));

    private UserManager<StaffMember> Users() => new(
        new PasskeyStore(table, services.GetRequiredService<StaffTable>()), Options.Create(new IdentityOptions()), new PasswordHasher<StaffMember>(), [], [],
        new UpperInvariantLookupNormalizer(), new IdentityErrorDescriber(), services, services.GetRequiredService<ILogger<UserManager<StaffMember>>>());

    [LoggerMessage(LogLevel.Warning, "a passkey was refused: {Reason}")]
    private partial void LogRefused(string reason);
}
