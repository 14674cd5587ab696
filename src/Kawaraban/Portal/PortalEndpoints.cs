using Kawaraban.Catalog;
using Kawaraban.Sources;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kawaraban.Portal;

/// <summary>Pages and feeds for readers.</summary>
public static class PortalEndpoints
{
    private const int LongestRequestLine = 128 * 1024;

    private static readonly string[] Formats = ["feed.atom", "feed.rss", "feed.json"];
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Adds what the pages need beside <see cref="Storage.Database"/>, <see cref="SourceRegistry"/> and <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddPortal(this IServiceCollection services, PortalOptions options)
    {
        // A search that is too long gets a page that says so; the server's own answer to a long line is an empty one.
        services.Configure<KestrelServerOptions>(static kestrel => kestrel.Limits.MaxRequestLineSize = LongestRequestLine);
        services.TryAddSingleton<PostListings>();
        services.AddSingleton(options);
        services.AddSingleton<Places>();
        services.AddSingleton<Margins>();
        services.AddSingleton(static provider => new ReplyCache(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FrontDesk>();
        services.AddSingleton<ListingPages>();
        services.AddSingleton<DirectoryPages>();
        services.AddSingleton<PostPages>();
        services.AddSingleton<MachineFiles>();
        return services;
    }

    /// <summary>Maps the pages, and the page that says that a page is not there.</summary>
    public static IEndpointRouteBuilder MapPortal(this IEndpointRouteBuilder routes)
    {
        var listings = routes.ServiceProvider.GetRequiredService<ListingPages>();
        var directories = routes.ServiceProvider.GetRequiredService<DirectoryPages>();
        var posts = routes.ServiceProvider.GetRequiredService<PostPages>();
        var files = routes.ServiceProvider.GetRequiredService<MachineFiles>();

        MapListing(routes, "/", listings.Latest, listings.LatestFeed);
        MapListing(routes, "/search", listings.Search, listings.SearchFeed);
        MapListing(routes, "/companies/{slug}", listings.Company, listings.CompanyFeed);
        MapListing(routes, "/tags/{tag}", listings.Tag, listings.TagFeed);
        routes.MapReply("/companies", directories.Companies);
        routes.MapReply("/tags", directories.Tags);
        routes.MapReply("/posts/{id}", posts.Post);

        routes.MapReply("/opml.xml", files.Opml);
        routes.MapReply("/sitemap.xml", files.SitemapIndex);
        routes.MapReply("/sitemaps/{name}.xml", files.Sitemap);
        routes.MapReply("/robots.txt", MachineFiles.Robots);
        routes.MapReply("/opensearch.xml", MachineFiles.OpenSearch);
        Assets.Map(routes);
        routes.MapReply("{**path}", Notices.NotFound).Add(static endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue);
        return routes;
    }

    /// <summary>Maps what answers GET and HEAD at a place.</summary>
    internal static IEndpointConventionBuilder MapReply(
        this IEndpointRouteBuilder routes, string pattern, Func<Visit, CancellationToken, Task<Reply>> answer)
    {
        var desk = routes.ServiceProvider.GetRequiredService<FrontDesk>();
        return routes.MapMethods(pattern, Reading, context => desk.Serve(context, answer)).AllowAnonymous();
    }

    private static void MapListing(
        IEndpointRouteBuilder routes,
        string pattern,
        Func<Visit, CancellationToken, Task<Reply>> page,
        Func<Visit, CancellationToken, Task<Reply>> feed)
    {
        routes.MapReply(pattern, page);
        foreach (var format in Formats)
            routes.MapReply($"{pattern.TrimEnd('/')}/{format}", feed);
    }
}
