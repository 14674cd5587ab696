using System.Net;
using System.Net.Sockets;

namespace Kawaraban.Sample;

/// <summary>
/// The web that <c>serve --sample</c> crawls: a dozen blogs, written for this project, each on a loopback address of its own. It lives
/// inside the process and is reached over real sockets, so that the sample goes the whole way that real blogs go.
/// </summary>
public sealed class SampleOrigin : IAsyncDisposable
{
    /// <summary>Asked for first, so that addresses in a kept database stay good from start to start; any free port otherwise.</summary>
    private const int PreferredPort = 41873;

    private const int FirstHost = 11;

    private readonly WebApplication web;
    private readonly Dictionary<IPAddress, SampleSite> sites;

    private SampleOrigin(WebApplication web, Dictionary<IPAddress, SampleSite> sites)
    {
        this.web = web;
        this.sites = sites;
        Blogs = [.. sites.Values.Select(site => site.Announcement)];
    }

    /// <summary>The blogs, in a fixed order. Each answers at its own IP literal, from 127.0.0.11 on.</summary>
    public IReadOnlyList<SampleBlog> Blogs { get; }

    /// <summary>Starts answering. Dates in the feeds are counted back from today (UTC) by <paramref name="time"/>.</summary>
    /// <exception cref="IOException">No port could be had on the loopback addresses.</exception>
    public static async Task<SampleOrigin> Start(TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(time);
        var blogs = Dated(time.GetUtcNow());
        for (var attempt = 0; ; attempt++)
        {
            var origin = Build(blogs, attempt == 0 ? PreferredPort : FreePort());
            try
            {
                await origin.web.StartAsync(cancellation);
                return origin;
            }
            catch (IOException) when (attempt < 5)
            {
                // Someone else has the port on one of the addresses: try another.
                await origin.DisposeAsync();
            }
        }
    }

    /// <summary>Stops answering.</summary>
    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private static List<Blog> Dated(DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var blogs = new List<Blog>();
        foreach (var blog in BlogText.ReadAll())
        {
            var dated = SampleCalendar.Date(blog, blogs.Count, now);
            if (dated.Format == "rss-2.0-large")
                dated = dated with { Posts = [.. dated.Posts.Concat(ReleaseNotes.Write(today)).OrderByDescending(post => post.PublishedAt)] };
            blogs.Add(dated);
        }

        return blogs;
    }

    private static SampleOrigin Build(List<Blog> blogs, int port)
    {
        var sites = new Dictionary<IPAddress, SampleSite>();
        foreach (var blog in blogs)
        {
            var address = new IPAddress([127, 0, 0, (byte)(FirstHost + sites.Count)]);
            sites[address] = new SampleSite(blog, new Uri($"http://{address}:{port}/"));
        }

        // Empty on purpose: the settings of the program itself (its --urls, its logging) are none of the sample's business.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var address in sites.Keys)
                kestrel.Listen(address, port);
        });
        var origin = new SampleOrigin(builder.Build(), sites);
        origin.web.Run(origin.Answer);
        return origin;
    }

    private async Task Answer(HttpContext context)
    {
        var document = context.Connection.LocalIpAddress is { } address && sites.TryGetValue(address.MapToIPv4(), out var site)
            ? site.Find(context.Request.Path.Value ?? "/")
            : null;
        if (document is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.Headers.ETag = document.ETag;
        context.Response.Headers.CacheControl = "max-age=300";
        if (context.Request.Headers.IfNoneMatch == document.ETag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = document.ContentType;
        context.Response.ContentLength = document.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(document.Body, context.RequestAborted);
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
