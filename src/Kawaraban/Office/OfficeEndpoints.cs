using Kawaraban.Office.Api;
using Kawaraban.Office.Hours;
using Kawaraban.Office.Provider;
using Kawaraban.Office.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kawaraban.Office;

/// <summary>The pages for staff.</summary>
public static class OfficeEndpoints
{
    /// <summary>What all of them stand under.</summary>
    public const string Root = "/office";

    /// <summary>What administrators' pages stand under: a process of its own may serve them.</summary>
    public const string Admin = Root + "/admin";

    /// <summary>The door.</summary>
    public const string SignIn = Root + "/sign-in";

    /// <summary>The code after the password.</summary>
    public const string SignInCode = SignIn + "/code";

    /// <summary>The way out.</summary>
    public const string SignOut = Root + "/sign-out";

    /// <summary>Proving again who one is.</summary>
    public const string Confirm = Root + "/confirm";

    /// <summary>Coming in for the first time.</summary>
    public const string Welcome = Root + "/welcome";

    /// <summary>Adds what the pages need beside <see cref="Storage.Database"/>, <see cref="Storage.SealedText"/> and <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddOffice(this IServiceCollection services, OfficeOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<StaffTable>();
        services.AddSingleton<SessionTable>();
        services.AddSingleton<Doorkeeper>();
        services.AddSingleton<CredentialTable>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<Welcome>();
        services.AddSingleton<PasskeyTable>();
        services.AddSingleton<Passkeys>();
        services.AddSingleton<PasskeyPages>();
        services.TryAddSingleton(HoursOptions.Always);
        services.TryAddSingleton<OfficeHours>();
        services.AddSingleton<HoursPages>();
        services.AddSingleton<OfficeDesk>();
        services.AddSingleton<SignInPages>();
        services.AddSingleton<WelcomePages>();
        services.AddSingleton<StaffPages>();
        services.AddSingleton<OwnPages>();
        services.AddSingleton<AuditPages>();
        services.AddSingleton<SourcePages>();
        services.AddSingleton<DashboardPages>();
        services.AddSingleton<DeadLetterPages>();
        services.AddOperatorPages();
        services.AddSingleton<ApiTokenTable>();
        services.AddSingleton<TokenPages>();
        services.AddApi();
        if (options.Provider is { } provider)
        {
            services.AddSingleton(provider);
            services.AddSingleton<ProviderConnection>();
            services.AddSingleton<IdTokens>();
            services.AddSingleton<IdentityTable>();
            services.AddSingleton<ProviderSignIn>();
            services.AddSingleton<ProviderPages>();
        }

        // The core alone: what else AddAuthentication brings is data protection, which makes keys at every start. Sessions need none.
        services.AddAuthenticationCore(static authentication => authentication.DefaultScheme = SessionHandler.Name);
        services.AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(
                SessionHandler.Name, static office => office.ForwardDefaultSelector = static context => ApiEndpoints.IsOurs(context) ? BearerHandler.Name : null)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.Name, null);
        var authorization = services.AddAuthorizationBuilder();
        foreach (var (policy, roles) in May.Table)
        {
            // Who comes by a token may do what their role includes and the token has among its scopes: both, at each request.
            authorization.AddPolicy(policy, may => may.RequireAuthenticatedUser().RequireRole(roles.Select(role => role.Word())).RequireAssertion(
                asked => asked.User.Identity?.AuthenticationType != BearerHandler.Name || asked.User.HasClaim(BearerHandler.ScopeClaim, policy)));
        }

        // What names no policy is for nobody. The program does not start with such an endpoint (EndpointCheck); this is the second lock.
        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(static _ => false).Build());
        return services;
    }

    /// <summary>Maps the door, which every process of the office has.</summary>
    public static void MapDoor(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var office = new OfficeRoutes(routes, services.GetRequiredService<OfficeDesk>());
        OfficeAssets.Map(routes);
        services.GetRequiredService<SignInPages>().Map(office);
        services.GetService<ProviderPages>()?.Map(office);
        if (services.GetRequiredService<OfficeOptions>().HasOwnWays)
        {
            services.GetRequiredService<WelcomePages>().Map(office);
            services.GetRequiredService<PasskeyPages>().Map(office);
        }

        services.GetRequiredService<OwnPages>().Map(office);
        services.GetRequiredService<TokenPages>().Map(office);
        routes.MapApi();

        // Whoever is not in learns nothing of what is here and what is not.
        office.Rest(Root + "/{**path}", May.Enter, OfficeNotices.NotFound).Add(static endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue - 1);
    }

    /// <summary>Maps what operators work with.</summary>
    public static void MapOffice(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var office = new OfficeRoutes(routes, services.GetRequiredService<OfficeDesk>());
        services.GetRequiredService<DashboardPages>().Map(office);
        services.GetRequiredService<SourcePages>().Map(office);
        services.GetRequiredService<DeadLetterPages>().Map(office);
        OperatorPages.Map(services, office);
    }

    /// <summary>Maps what administrators alone work with.</summary>
    public static void MapOfficeAdmin(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var office = new OfficeRoutes(routes, services.GetRequiredService<OfficeDesk>());
        services.GetRequiredService<StaffPages>().Map(office);
        services.GetRequiredService<AuditPages>().Map(office);
        services.GetRequiredService<HoursPages>().Map(office);
    }
}
