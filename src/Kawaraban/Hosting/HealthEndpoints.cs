namespace Kawaraban.Hosting;

/// <summary><c>/livez</c> and <c>/readyz</c>: for supervisors and load balancers.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps both. A live process that is not ready answers 503 to <c>/readyz</c>, and must not be restarted for it.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/livez", static () => TypedResults.Text("live\n")).AllowAnonymous();
        routes.MapGet("/readyz", static async (Readiness readiness, CancellationToken cancellation) =>
            await readiness.WhyNot(cancellation) is { } reason
                ? TypedResults.Text(reason + "\n", statusCode: StatusCodes.Status503ServiceUnavailable)
                : TypedResults.Text("ready\n")).AllowAnonymous();
    }
}
