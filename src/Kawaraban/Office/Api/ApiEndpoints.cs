using Kawaraban.Office.Staff;

namespace Kawaraban.Office.Api;

/// <summary>The API for programs of the staff: the calls of the command line, as JSON.</summary>
internal static class ApiEndpoints
{
    /// <summary>What all of it stands under.</summary>
    public const string Root = "/api";

    /// <summary>Its first version.</summary>
    public const string First = Root + "/v1";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Writing = [HttpMethods.Post];

    /// <summary>Whether a request is for the API.</summary>
    public static bool IsOurs(HttpContext context) => context.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds what it needs.</summary>
    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiDesk>();
        services.AddSingleton<ApiSourcePart>();
        services.AddSingleton<ApiStaffPart>();
    }

    /// <summary>Maps it.</summary>
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<ApiSourcePart>().Map(routes);
        routes.ServiceProvider.GetRequiredService<ApiStaffPart>().Map(routes);
        routes.Map(Root + "/{**path}", Answered(routes, static (_, _) => Task.FromResult(ApiReply.NotFound("There is no such address in this API."))))
            .RequireAuthorization(May.Enter).Add(static endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue - 1);
    }

    /// <summary>What tells something to those who may know it.</summary>
    public static void Tell(this IEndpointRouteBuilder routes, string pattern, string policy, Func<ApiCall, CancellationToken, Task<ApiReply>> answer) =>
        routes.MapMethods(First + pattern, Reading, Answered(routes, answer)).RequireAuthorization(policy);

    /// <summary>What changes something, for those who may.</summary>
    public static void Do(this IEndpointRouteBuilder routes, string pattern, string policy, Func<ApiCall, CancellationToken, Task<ApiReply>> answer) =>
        routes.MapMethods(First + pattern, Writing, Answered(routes, answer)).RequireAuthorization(policy);

    private static RequestDelegate Answered(IEndpointRouteBuilder routes, Func<ApiCall, CancellationToken, Task<ApiReply>> answer)
    {
        var desk = routes.ServiceProvider.GetRequiredService<ApiDesk>();
        return context => desk.Answer(context, answer);
    }
}
