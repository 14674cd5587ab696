using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Kawaraban.Bench.Origin;

/// <summary>What the origin has seen, to be judged by.</summary>
/// <param name="Requests">All requests, robots.txt among them.</param>
/// <param name="NotModified">How many were answered 304.</param>
/// <param name="MostAtOnce">The greatest number of requests in flight over all hosts.</param>
/// <param name="MostAtOnceToOneHost">The same to one host: more than one is a breach of manners.</param>
/// <param name="LeastGapMilliseconds">The least time between the beginnings of two requests to one host; null when no host saw two.</param>
internal sealed record OriginReport(long Requests, long NotModified, int MostAtOnce, int MostAtOnceToOneHost, double? LeastGapMilliseconds);

/// <summary>Serves documents on loopback, each from an address of its own (127.80.0.1 and on), with validators and an optional delay.</summary>
internal sealed class LoopbackOrigin : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentDictionary<IPAddress, Host> hosts;
    private readonly TimeSpan latency;
    private long requests;
    private long notModified;
    private int atOnce;
    private int mostAtOnce;

    private LoopbackOrigin(WebApplication web, ConcurrentDictionary<IPAddress, Host> hosts, TimeSpan latency, IReadOnlyList<(string Name, Uri Url)> feeds)
    {
        (this.web, this.hosts, this.latency, Feeds) = (web, hosts, latency, feeds);
    }

    /// <summary>The feeds and where they answer.</summary>
    public IReadOnlyList<(string Name, Uri Url)> Feeds { get; }

    /// <summary>Starts answering.</summary>
    /// <param name="files">What to serve.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="latency">How long each answer is held back.</param>
    public static async Task<LoopbackOrigin> Start(IReadOnlyList<FeedFile> files, int port, TimeSpan latency)
    {
        port = port == 0 ? FreePort() : port;
        var hosts = new ConcurrentDictionary<IPAddress, Host>();
        var feeds = new List<(string, Uri)>(files.Count);
        for (var i = 0; i < files.Count; i++)
        {
            var address = new IPAddress([127, 80, (byte)(i / 250), (byte)(1 + (i % 250))]);
            hosts[address] = new Host(files[i]);
            feeds.Add((files[i].Name, new Uri($"http://{address}:{port}/feed")));
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var address in hosts.Keys)
                kestrel.Listen(address, port);
        });
        var origin = new LoopbackOrigin(builder.Build(), hosts, latency, feeds);
        origin.web.Run(origin.Answer);
        await origin.web.StartAsync();
        return origin;
    }

    /// <summary>What has been seen so far.</summary>
    public OriginReport Report()
    {
        var gaps = hosts.Values.Where(host => host.LeastGap < TimeSpan.MaxValue).Select(host => host.LeastGap.TotalMilliseconds).ToList();
        return new OriginReport(requests, notModified, mostAtOnce, hosts.Values.Max(host => host.MostAtOnce), gaps.Count > 0 ? gaps.Min() : null);
    }

    /// <summary>Stops answering.</summary>
    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        if (context.Connection.LocalIpAddress is not { } address || !hosts.TryGetValue(address.MapToIPv4(), out var host))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Interlocked.Increment(ref requests);
        Raise(ref mostAtOnce, Interlocked.Increment(ref atOnce));
        host.Begin();
        try
        {
            if (latency > TimeSpan.Zero)
                await Task.Delay(latency, context.RequestAborted);
            await Answer(context, host);
        }
        finally
        {
            host.End();
            Interlocked.Decrement(ref atOnce);
        }
    }

    private async Task Answer(HttpContext context, Host host)
    {
        if (context.Request.Path != "/feed")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.Headers.ETag = host.ETag;
        if (context.Request.Headers.IfNoneMatch == host.ETag)
        {
            Interlocked.Increment(ref notModified);
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = host.File.ContentType;
        context.Response.ContentLength = host.File.Bytes.Length;
        await context.Response.Body.WriteAsync(host.File.Bytes, context.RequestAborted);
    }

    private static void Raise(ref int highest, int value)
    {
        for (var seen = Volatile.Read(ref highest); value > seen; seen = Volatile.Read(ref highest))
            Interlocked.CompareExchange(ref highest, value, seen);
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>One host: one document and the manners it was met with.</summary>
    private sealed class Host(FeedFile file)
    {
        private readonly Lock gate = new();
        private long begun;
        private int atOnce;

        public FeedFile File { get; } = file;

        public string ETag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(file.Bytes).AsSpan(0, 8))}\"";

        public int MostAtOnce { get; private set; }

        public TimeSpan LeastGap { get; private set; } = TimeSpan.MaxValue;

        public void Begin()
        {
            var now = TimeProvider.System.GetTimestamp();
            lock (gate)
            {
                MostAtOnce = Math.Max(MostAtOnce, ++atOnce);
                if (begun != 0 && TimeProvider.System.GetElapsedTime(begun, now) is var gap && gap < LeastGap)
                    LeastGap = gap;
                begun = now;
            }
        }

        public void End()
        {
            lock (gate)
                atOnce--;
        }
    }
}
