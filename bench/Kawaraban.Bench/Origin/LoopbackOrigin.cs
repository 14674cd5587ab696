using System.Collections.Frozen;
using System.Globalization;
using System.Net;

namespace Kawaraban.Bench.Origin;

/// <summary>What the origin has seen, to be judged by.</summary>
/// <param name="Requests">All requests, robots.txt among them.</param>
/// <param name="Robots">How many were for a robots.txt; there is none.</param>
/// <param name="NotModified">How many were answered 304.</param>
/// <param name="MostAtOnce">The greatest number of requests in flight over all hosts.</param>
/// <param name="MostAtOnceToOneHost">The same to one host: more than one is a breach of manners.</param>
/// <param name="LeastGapMilliseconds">The least time between the end of an answer and the next request to one host; null when no host saw two.</param>
internal sealed record OriginReport(
    long Requests, long Robots, long NotModified, int MostAtOnce, int MostAtOnceToOneHost, double? LeastGapMilliseconds);

/// <summary>Serves documents on loopback, each from an address of its own (127.80.0.1 and on) or several from one, with validators and an optional delay.</summary>
internal sealed class LoopbackOrigin : IAsyncDisposable
{
    private const int HostsInBlock = 250;

    private readonly WebApplication web;
    private readonly FrozenDictionary<IPAddress, HostWatch> hosts;
    private readonly IReadOnlyList<ServedFile> files;
    private readonly TimeSpan latency;
    private long requests;
    private long robots;
    private long notModified;
    private int atOnce;
    private int mostAtOnce;

    private LoopbackOrigin(IReadOnlyList<FeedFile> files, int port, TimeSpan latency, int perHost, int copies)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        port = builder.WebHost.UseLoopback(port)[0];
        web = builder.Build();
        web.Run(Answer);
        this.latency = latency;
        this.files = [.. files.Select(file => new ServedFile(file))];
        Feeds = [.. Enumerable.Range(0, files.Count * copies).Select(i => (Name(files, i), Url(i / perHost, i, port)))];
        hosts = Enumerable.Range(0, ((Feeds.Count - 1) / perHost) + 1).ToFrozenDictionary(Address, _ => new HostWatch());
    }

    /// <summary>The feeds and where they answer.</summary>
    public IReadOnlyList<(string Name, Uri Url)> Feeds { get; }

    /// <summary>Starts answering.</summary>
    /// <param name="files">What to serve.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="latency">How long each answer is held back.</param>
    /// <param name="perHost">How many feeds share an address.</param>
    /// <param name="copies">How many feeds each file is, one after the other.</param>
    public static async Task<LoopbackOrigin> Start(IReadOnlyList<FeedFile> files, int port, TimeSpan latency, int perHost = 1, int copies = 1)
    {
        var origin = new LoopbackOrigin(files, port, latency, perHost, copies);
        await origin.web.StartAsync();
        return origin;
    }

    /// <summary>What has been seen so far.</summary>
    public OriginReport Report() => new(
        requests,
        robots,
        notModified,
        mostAtOnce,
        hosts.Values.Max(host => host.MostAtOnce),
        hosts.Values.Min(host => host.LeastGap)?.TotalMilliseconds);

    /// <summary>Stops answering.</summary>
    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private static string Name(IReadOnlyList<FeedFile> files, int number) =>
        number < files.Count ? files[number].Name : string.Create(CultureInfo.InvariantCulture, $"{files[number % files.Count].Name}-{number}");

    private static IPAddress Address(int host) => new([127, (byte)(80 + (host / HostsInBlock / 250)), (byte)(host / HostsInBlock % 250), (byte)(1 + (host % HostsInBlock))]);

    private static Uri Url(int host, int number, int port) => new($"http://{Address(host)}:{port}/feed{(number == 0 ? "" : $"/{number}")}");

    private async Task Answer(HttpContext context)
    {
        if (context.Connection.LocalIpAddress is not { } address || !hosts.TryGetValue(address.MapToIPv4(), out var host))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Interlocked.Increment(ref requests);
        Highest.Raise(ref mostAtOnce, Interlocked.Increment(ref atOnce));
        host.Begin();
        try
        {
            if (latency > TimeSpan.Zero)
                await Task.Delay(latency, context.RequestAborted);
        }
        finally
        {
            // Before anything is sent: the next visit may come while we look at the clock.
            host.End();
            Interlocked.Decrement(ref atOnce);
        }

        await Answer(context, Find(context.Request.Path.Value ?? ""));
    }

    private async Task Answer(HttpContext context, ServedFile? file)
    {
        if (file is null)
        {
            if (context.Request.Path == "/robots.txt")
                Interlocked.Increment(ref robots);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.Headers.ETag = file.ETag;
        if (context.Request.Headers.IfNoneMatch == file.ETag)
        {
            Interlocked.Increment(ref notModified);
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = file.File.ContentType;
        context.Response.ContentLength = file.File.Bytes.Length;
        await context.Response.Body.WriteAsync(file.File.Bytes, context.RequestAborted);
    }

    private ServedFile? Find(string path)
    {
        if (path == "/feed")
            return files[0];
        return path.StartsWith("/feed/", StringComparison.Ordinal) && int.TryParse(path.AsSpan(6), CultureInfo.InvariantCulture, out var number) && number < Feeds.Count
            ? files[number % files.Count]
            : null;
    }
}
