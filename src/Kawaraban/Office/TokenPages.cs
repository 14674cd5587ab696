using Kawaraban.Office.Staff;
using Kawaraban.Portal;

namespace Kawaraban.Office;

/// <summary>A new token, shown once.</summary>
public sealed record TokenPage(OfficeVisit Visit, string Token) : OfficePage(Visit, "Your new token");

/// <summary>Making and revoking the tokens of one's own programs.</summary>
internal sealed class TokenPages(ApiTokenTable tokens)
{
    private const string Root = OfficeEndpoints.Root + "/me";

    /// <summary>Maps the pages. Making one asks for a recent proof: it outlives the session it is made in.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.ChangeProved(Root + "/tokens", May.Enter, Make);
        routes.Change(Root + "/tokens/{id}/revoke", May.Enter, Revoke);
    }

    private async Task<Reply> Make(OfficeVisit visit, CancellationToken cancellation)
    {
        var made = await tokens.Make(visit.Actor, visit.Member, visit.Field("name"), visit.All("scope").ToHashSet(), visit.Number("days") ?? 0, cancellation);
        if (made.Token is { } token)
        {
            var page = new TokenPage(visit, token);
            return await OfficePress.Print(Slices.Token.Create(page), page, cancellation);
        }

        visit.Notice = $"No token was made: the {made.Field} {made.Problem}.";
        return OfficePress.SeeOther(visit.Link(Root));
    }

    private async Task<Reply> Revoke(OfficeVisit visit, CancellationToken cancellation)
    {
        if (!await tokens.Revoke(visit.Actor, visit.Member, visit.Part("id"), cancellation))
            return await OfficeNotices.NotFound(visit, cancellation);
        visit.Notice = "The token holds no more.";
        return OfficePress.SeeOther(visit.Link(Root));
    }
}
