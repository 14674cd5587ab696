using Kawaraban.Portal;
using Microsoft.AspNetCore.Authorization;

namespace Kawaraban.Office;

/// <summary>Marks an endpoint that changes something and is checked to be meant (see <see cref="OfficeDesk.Change"/>).</summary>
internal sealed class CheckedChange
{
    /// <summary>The mark.</summary>
    public static CheckedChange Mark { get; } = new();
}

/// <summary>Maps pages of the office. Each names what one must be allowed to, or says that it is open to all.</summary>
internal sealed class OfficeRoutes(IEndpointRouteBuilder routes, OfficeDesk desk)
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Writing = [HttpMethods.Post];

    /// <summary>A page for those who may.</summary>
    public IEndpointConventionBuilder Show(string pattern, string policy, Func<OfficeVisit, CancellationToken, Task<Reply>> answer) =>
        routes.MapMethods(pattern, Reading, context => desk.Show(context, answer)).RequireAuthorization(policy);

    /// <summary>Whatever else is asked for, by whichever method.</summary>
    public IEndpointConventionBuilder Rest(string pattern, string policy, Func<OfficeVisit, CancellationToken, Task<Reply>> answer) =>
        routes.Map(pattern, context => desk.Show(context, answer)).RequireAuthorization(policy);

    /// <summary>A page that also asks for a recent proof of who one is.</summary>
    public IEndpointConventionBuilder ShowProved(string pattern, string policy, Func<OfficeVisit, CancellationToken, Task<Reply>> answer) =>
        Show(pattern, policy, Proved(answer));

    /// <summary>A change by those who may.</summary>
    public IEndpointConventionBuilder Change(string pattern, string policy, Func<OfficeVisit, CancellationToken, Task<Reply>> answer) =>
        Mark(routes.MapMethods(pattern, Writing, context => desk.Change(context, answer))).RequireAuthorization(policy);

    /// <summary>A change that also asks for a recent proof of who one is.</summary>
    public IEndpointConventionBuilder ChangeProved(string pattern, string policy, Func<OfficeVisit, CancellationToken, Task<Reply>> answer) =>
        Change(pattern, policy, Proved(answer));

    /// <summary>A page for everybody.</summary>
    public IEndpointConventionBuilder Open(string pattern, Func<OfficeVisit, CancellationToken, Task<Reply>> answer) =>
        routes.MapMethods(pattern, Reading, context => desk.Show(context, answer)).AllowAnonymous();

    /// <summary>A change by anybody.</summary>
    public IEndpointConventionBuilder OpenChange(string pattern, Func<OfficeVisit, CancellationToken, Task<Reply>> answer) =>
        Mark(routes.MapMethods(pattern, Writing, context => desk.Change(context, answer))).AllowAnonymous();

    private static IEndpointConventionBuilder Mark(IEndpointConventionBuilder endpoint) => endpoint.WithMetadata(CheckedChange.Mark);

    // Who has to prove again who they are comes back to the page: for a change, to the one that it was on.
    private static Func<OfficeVisit, CancellationToken, Task<Reply>> Proved(Func<OfficeVisit, CancellationToken, Task<Reply>> answer) =>
        (visit, cancellation) =>
        {
            if (visit.IsProved)
                return answer(visit, cancellation);
            var request = visit.Context.Request;
            var back = HttpMethods.IsPost(request.Method) && Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var page)
                ? page.PathAndQuery
                : request.PathBase + request.Path + request.QueryString;
            return Task.FromResult(OfficePress.SeeOther(
                $"{visit.Link(OfficeEndpoints.Confirm)}?to={Uri.EscapeDataString(visit.Destination(back))}"));
        };
}
