using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Storage;

namespace Kawaraban.Office.Provider;

/// <summary>A browser that has left us is sent on, to leave the provider as well.</summary>
/// <param name="Next">Where it is sent.</param>
/// <param name="Name">What the provider is called.</param>
public sealed record LeavingPage(OfficeVisit Visit, string Next, string Name) : OfficePage(Visit, "You are out");

/// <summary>Coming in by the provider, and proving by it again who one is.</summary>
/// <remarks>
/// Links, not forms: a browser holds what a form leads to against the page's <c>form-action</c>, redirects included (CSP Level 3 §4.2.4), and
/// the provider's address is not known before it was asked. To follow one changes nothing but what this browser waits for.
/// </remarks>
internal sealed class ProviderPages(
    ProviderOptions options, ProviderSignIn provider, IdentityTable identities, SessionTable sessions)
{
    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Open(OfficeEndpoints.SignIn + "/provider", Begin);
        routes.Open(ProviderSignIn.Return, Answer);
        routes.Show(OfficeEndpoints.Confirm + "/provider", May.Enter, Confirm);
    }

    private async Task<Reply> Begin(OfficeVisit visit, CancellationToken cancellation)
    {
        var to = visit.Destination(visit.Query("to"));
        if (visit.Session?.SignedIn is not null)
            return OfficePress.SeeOther(to);

        // The question needs a row to be kept in; who has only looked at the door so far gets one.
        if (visit.Session is null)
            visit.Give(await sessions.Begin(visit.Cookie, SessionStage.Visit, null, visit.Caller, cancellation));
        return await Sent(visit, to, isProof: false, cancellation);
    }

    private Task<Reply> Confirm(OfficeVisit visit, CancellationToken cancellation) => Sent(visit, visit.Destination(visit.Query("to")), isProof: true, cancellation);

    private async Task<Reply> Sent(OfficeVisit visit, string to, bool isProof, CancellationToken cancellation) =>
        await provider.Ask(visit.Cookie!, to, isProof, visit.Context) is { } address
            ? OfficePress.SeeOther(address)
            : await Said(visit, StatusCodes.Status503ServiceUnavailable, provider.Away, cancellation);

    private async Task<Reply> Answer(OfficeVisit visit, CancellationToken cancellation)
    {
        var answer = await provider.Take(visit.Cookie, visit.Context);
        if (answer is not { Who: { } who, Question: { } question, IdToken: { } token })
        {
            return await Said(
                visit, answer.IsUnavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status403Forbidden, answer.Problem ?? "", cancellation);
        }

        return question.IsProof ? await Proved(visit, who, question, cancellation) : await Arrived(visit, who, question, token, cancellation);
    }

    private async Task<Reply> Arrived(OfficeVisit visit, ProviderIdentity who, ProviderQuestion question, string token, CancellationToken cancellation)
    {
        var arrival = await identities.Arrive(who, token, visit.Cookie, visit.Caller, cancellation);
        if (arrival.Cookie is not { } cookie)
            return await Said(visit, StatusCodes.Status403Forbidden, arrival.Problem ?? "", cancellation);
        visit.Give(cookie);
        visit.Notice = arrival.Notice;
        return OfficePress.SeeOther(visit.Destination(question.To));
    }

    // That the provider remembers somebody proves nothing: it has to say that it asked them now, and it has to be who is in.
    private async Task<Reply> Proved(OfficeVisit visit, ProviderIdentity who, ProviderQuestion question, CancellationToken cancellation)
    {
        var asked = DateTimeOffset.FromUnixTimeMilliseconds(question.AskedAt);
        if (visit.Session?.SignedIn is not { } member)
            return await Said(visit, StatusCodes.Status403Forbidden, "You are not in any more. Sign in again.", cancellation);
        var problem = (await identities.Find(who, cancellation))?.Id != member.Id ? $"At {options.Name} you are somebody else than here."
            : who.ProvedAt is not { } at || at + IdTokens.Skew < asked ? $"{options.Name} did not say that it asked you again who you are (auth_time)."
            : null;
        if (problem is not null)
            return await Said(visit, StatusCodes.Status403Forbidden, problem, cancellation);
        await sessions.Proved(visit.Cookie!, cancellation);
        return OfficePress.SeeOther(visit.Destination(question.To));
    }

    /// <summary>What a browser gets that has just left us: a page that sends it on, so that it leaves the provider too.</summary>
    /// <param name="visit">The browser.</param>
    /// <param name="idToken">What it came in by.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null when it did not come by the provider, or there is nowhere to send it to.</returns>
    public async Task<Reply?> Leave(OfficeVisit visit, string? idToken, CancellationToken cancellation)
    {
        if (idToken is null || await provider.Leave(idToken, visit.Context) is not { } next)
            return null;
        var page = new LeavingPage(visit, next, options.Name);
        return await OfficePress.Print(Slices.Leaving.Create(page), page, cancellation);
    }

    /// <summary>The token that a browser came in by, to be asked for before its session ends.</summary>
    public async Task<string?> IdTokenOf(OfficeVisit visit, CancellationToken cancellation)
    {
        try
        {
            return visit.Cookie is { } cookie ? await identities.IdTokenOf(cookie, cancellation) : null;
        }
        catch (StorageException)
        {
            // Without the key it was sealed with, people still sign out here.
            return null;
        }
    }

    private static Task<Reply> Said(OfficeVisit visit, int status, string sentence, CancellationToken cancellation)
    {
        var page = new OfficeNotice(visit, "You did not get in", sentence) { Status = status };
        return OfficePress.Print(Slices.Notice.Create(page), page, cancellation);
    }
}
