using System.Net.Sockets;
using Kawaraban.Catalog;
using Kawaraban.Crawling;
using Kawaraban.Office;
using Kawaraban.Office.Api;
using Kawaraban.Portal;
using Kawaraban.Push;
using Kawaraban.Readers;
using Kawaraban.Sources;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;

namespace Kawaraban.Hosting;

/// <summary>The web side of a process: pages, health, and whatever roles run beside them.</summary>
public static class Site
{
    /// <summary>Puts the site together; it does not listen yet.</summary>
    /// <param name="installation">What it works with.</param>
    /// <param name="roles">What this process does.</param>
    public static WebApplication Build(Installation installation, Roles roles)
    {
        var web = installation.Settings.Web;
        var builder = Prepare(installation.Settings);
        builder.Services.AddSingleton(installation.Time);
        builder.Services.AddSingleton(installation.Database);
        builder.Services.AddSingleton(installation.Sources);
        builder.Services.AddSingleton<PostListings>();
        builder.Services.AddSingleton<Readiness>();
        var isReachable = roles.HasFlag(Roles.Web) && installation.Push is { PublicUrl: not null, Subscribes: true };
        if (roles.HasFlag(Roles.Web))
            builder.Services.AddPortal(new PortalOptions(web.Name, web.PublicUrl, web.TimeZone) { Hub = installation.Push.Hub });
        if (isReachable)
        {
            builder.Services.AddSingleton(Random.Shared);
            builder.Services.AddSingleton<PushEndpoint>();
        }

        if (roles.HasFlag(Roles.Crawler))
        {
            builder.Services.AddSingleton(installation.Crawler);
            builder.Services.AddHostedService<CrawlerRole>();
            builder.Services.AddSingleton(installation.Subscriber);
            builder.Services.AddSingleton(installation.Announcer);
            builder.Services.AddHostedService<PushRole>();
        }

        if ((roles & (Roles.Office | Roles.OfficeAdmin)) != 0)
        {
            builder.Services.AddSingleton(installation.Seal);
            builder.Services.AddSingleton(installation.Hours);
            builder.Services.AddSingleton(installation.Timings);
            builder.Services.AddSingleton(installation.DeadLetters);
            builder.Services.AddSingleton<CrawlStatistics>();
            if (installation.IdentitiesFolder is not null && roles.HasFlag(Roles.OfficeAdmin))
            {
                builder.Services.AddSingleton(installation.IdentityBackup());
                builder.Services.AddHostedService<IdentityRole>();
            }

            builder.Services.AddSingleton(installation.Recipes);
            builder.Services.AddSingleton(installation.Samples);
            builder.Services.AddSingleton(installation.Preview);
            builder.Services.AddSingleton(installation.RecipeChanging);
            builder.Services.AddSingleton(installation.FeedFinder);
            builder.Services.AddSingleton(installation.Reshaping);
            builder.Services.AddSingleton<JobTable>();
            builder.Services.AddSingleton<JobRunner>();
            builder.Services.AddHostedService<JobRole>();
            builder.Services.AddOffice(new OfficeOptions(web.Name, web.PublicUrl, web.TimeZone) { Provider = installation.Settings.Provider.ToOptions() });
        }

        if (roles.HasFlag(Roles.OfficeAdmin))
            builder.Services.AddReaders();

        var site = builder.Build();
        site.MapHealth();
        if (roles.HasFlag(Roles.Web))
            site.MapPortal();
        if (isReachable)
            site.MapPush();
        if ((roles & (Roles.Office | Roles.OfficeAdmin)) != 0)
            site.MapDoor();
        if (roles.HasFlag(Roles.Office))
            site.MapOffice();
        if (roles.HasFlag(Roles.OfficeAdmin))
        {
            site.MapOfficeAdmin();
            site.MapReaders();
        }

        EndpointCheck.Demand(site);
        return site;
    }

    private static WebApplicationBuilder Prepare(Settings settings)
    {
        // Empty, so that settings come from one place (SettingsReader) and not from whatever the framework finds in the environment, and
        // nothing is built at the start that nobody uses.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "kawaraban", EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        builder.WebHost.UseUrls(settings.Web.Urls);
        builder.Services.AddRoutingCore();
        builder.Logging.AddProvider(new PlainConsole(Console.Error, TimeProvider.System));
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // They note everybody who was sent to the door.
        builder.Logging.AddFilter(typeof(SessionHandler).FullName, LogLevel.Warning);
        builder.Logging.AddFilter(typeof(BearerHandler).FullName, LogLevel.Warning);

        // It prints the stack of a start that failed, of which Listen says in a sentence what was wrong.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        KeepDefaults(builder.Services);
        return builder;
    }

    // Nobody configures these. Given here, they are not asked of the seven generic types that each would be put together from, at the
    // start and by reflection, which in native code takes a good part of a millisecond apiece.
    private static void KeepDefaults(IServiceCollection services)
    {
        services.AddSingleton(Options.Create(new HostOptions()));
        services.AddSingleton(Options.Create(new ConsoleLifetimeOptions()));
        services.AddSingleton(Options.Create(new LoggerFactoryOptions()));
        services.AddSingleton(Options.Create(new FormOptions()));
        services.AddSingleton(Options.Create(new JsonOptions()));
        services.AddSingleton(Options.Create(new ValidationOptions()));
    }

    /// <summary>Listens, and returns when the site is up.</summary>
    /// <exception cref="SiteException">It cannot listen there.</exception>
    public static async Task Listen(WebApplication site, Settings settings)
    {
        try
        {
            await site.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new SiteException($"another program listens on {settings.Web.Urls} already; stop it, or choose another address with --urls");
        }
        catch (Exception e) when (e is SocketException or IOException or InvalidOperationException)
        {
            throw new SiteException($"cannot listen on {settings.Web.Urls}: {e.Message}");
        }
    }
}

/// <summary>The site cannot start. The message says why and what to do.</summary>
public sealed class SiteException(string message) : Exception(message);
