using Microsoft.AspNetCore.Authorization;

namespace Kawaraban.Hosting;

/// <summary>Looks over all endpoints before the site listens: who forgot to say who may use one finds out at once.</summary>
public static class EndpointCheck
{
    /// <summary>Demands that every endpoint names a policy that there is, or says that it is open to all.</summary>
    /// <exception cref="InvalidOperationException">One does not.</exception>
    public static void Demand(IEndpointRouteBuilder routes)
    {
        foreach (var endpoint in routes.DataSources.SelectMany(source => source.Endpoints))
        {
            var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>();
            var isOpen = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            if (isOpen == policies.Count > 0 || policies.Any(policy => policy.Policy is null || !Office.Staff.May.Table.ContainsKey(policy.Policy)))
                throw new InvalidOperationException($"{endpoint.DisplayName}: it names neither a policy that there is, nor is it open to all");
        }
    }
}
