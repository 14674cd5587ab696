using Kawaraban.Office;

namespace Kawaraban.Readers;

/// <summary>Readers' personal data, for administrators.</summary>
public static class ReaderEndpoints
{
    /// <summary>Adds what the pages need beside those of the office.</summary>
    public static IServiceCollection AddReaders(this IServiceCollection services)
    {
        services.AddSingleton<ReaderTable>();
        services.AddSingleton<ReaderOfficePages>();
        return services;
    }

    /// <summary>Maps them.</summary>
    public static void MapReaders(this IEndpointRouteBuilder routes) =>
        routes.ServiceProvider.GetRequiredService<ReaderOfficePages>()
            .Map(new OfficeRoutes(routes, routes.ServiceProvider.GetRequiredService<OfficeDesk>()));
}
