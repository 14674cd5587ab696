using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Kawaraban.Bench.Origin;
using Microsoft.AspNetCore.Http.Features;

namespace Kawaraban.Bench.Enduring;

/// <summary>What a rough origin serves.</summary>
/// <param name="Sources">How many feeds.</param>
/// <param name="Hosts">On how many addresses most of them live.</param>
/// <param name="Hot">How many of them live on one address, at two ports, as the blogs of a platform do.</param>
/// <param name="Gap">How long a visitor must leave an address alone after an answer, at least.</param>
internal sealed record RoughField(int Sources, int Hosts, int Hot, TimeSpan Gap);

/// <summary>Hundreds of hosts with every fault there is, that count what is done to them.</summary>
/// <remarks>An address of 127.0.0.0/8 is a host and a politeness key; a feed has three entries and a validator.</remarks>
internal sealed class RoughOrigin : IAsyncDisposable
{
    /// <summary>How many entries each feed has.</summary>
    public const int Entries = 3;

    private const int Wait = 1;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Drop = TimeSpan.FromMilliseconds(40);

    // What a process learns from an answer is written down within this time; who is killed before that has told nobody.
    private static readonly TimeSpan WrittenDown = TimeSpan.FromSeconds(1);

    private readonly WebApplication web;
    private readonly RoughField field;
    private readonly IReadOnlyList<int> ports;
    private readonly ConcurrentDictionary<IPAddress, KeyWatch> keys = new();
    private readonly ConcurrentQueue<long> kills = new();
    private readonly int[] visits;
    private readonly int[] answers;
    private readonly byte[] bomb = Bomb();
    private long requests;
    private int atOnce;
    private int mostAtOnce;

    private RoughOrigin(RoughField field)
    {
        this.field = field;
        (visits, answers) = (new int[field.Sources], new int[field.Sources]);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        ports = builder.WebHost.UseLoopback(0, 0);
        web = builder.Build();
        web.Run(Count);
    }

    /// <summary>How many requests there were.</summary>
    public long Requests => Interlocked.Read(ref requests);

    /// <summary>The greatest number of requests at once, over all hosts.</summary>
    public int MostAtOnce => mostAtOnce;

    /// <summary>How many hosts were asked for anything.</summary>
    public int Hosts => keys.Count;

    /// <summary>The greatest number of requests at once to one host.</summary>
    public int MostAtOnceToOneHost => keys.Values.Max(key => key.MostAtOnce);

    /// <summary>The least time between an answer of a host and the next request to it; null when no host was asked twice.</summary>
    public TimeSpan? LeastGap => keys.Values.Min(key => key.LeastGap);

    /// <summary>Everything that was against manners.</summary>
    public IReadOnlyList<string> Breaches => [.. keys.SelectMany(key => key.Value.Breaches.Select(breach => $"{key.Key}{breach}"))];

    /// <summary>Starts answering.</summary>
    public static async Task<RoughOrigin> Start(RoughField field)
    {
        var origin = new RoughOrigin(field);
        await origin.web.StartAsync();
        return origin;
    }

    /// <summary>Where a source is.</summary>
    public Uri Url(int source) => source < field.Hot
        ? new Uri($"http://127.90.0.1:{ports[source % 2]}/feed/{source}")
        : new Uri($"http://127.91.{source % field.Hosts / 250}.{1 + (source % field.Hosts % 250)}:{ports[0]}/feed/{source}");

    /// <summary>What is wrong with a source. On the hot host seldom anything: it would make all of them wait.</summary>
    public Trouble TroubleOf(int source) => source >= field.Hot || source % 400 < 20 ? Troubles.Of(source) : Trouble.None;

    /// <summary>How many times a source's feed, or that it has not changed, was sent to the end.</summary>
    public int Answers(int source) => Volatile.Read(ref answers[source]);

    /// <summary>A visitor was killed just now: what it had heard a moment before may be forgotten.</summary>
    public void Killed() => kills.Enqueue(TimeProvider.System.GetTimestamp());

    /// <summary>Stops answering.</summary>
    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private bool IsForgotten(long ended) => kills.Any(kill => TimeProvider.System.GetElapsedTime(kill, ended).Duration() < WrittenDown);

    private async Task Count(HttpContext context)
    {
        var address = context.Connection.LocalIpAddress!.MapToIPv4();
        var key = keys.GetOrAdd(address, _ => new KeyWatch(field.Gap, IsForgotten));
        var path = context.Request.Path.Value ?? "/";
        var answer = new RoughAnswer(context, key);
        Interlocked.Increment(ref requests);
        Highest.Raise(ref mostAtOnce, Interlocked.Increment(ref atOnce));
        key.Begin(path);
        try
        {
            await Task.Delay(Latency, context.RequestAborted);
            await Answer(answer, path);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The visitor has had enough, or is no more.
        }
        finally
        {
            answer.EndIfBroken();
            Interlocked.Decrement(ref atOnce);
        }
    }

    private async Task Answer(RoughAnswer answer, string path)
    {
        var name = path.LastIndexOf('/') is var slash and > 0 && int.TryParse(path.AsSpan(slash + 1), out var number) ? number : -1;
        if (name < 0 || name >= field.Sources)
        {
            await answer.Status(404);
            return;
        }

        var isFirst = !path.StartsWith("/moved/", StringComparison.Ordinal) && Interlocked.Increment(ref visits[name]) == 1;
        switch (TroubleOf(name))
        {
            case Trouble.Busy when isFirst: await answer.Status(429, TimeSpan.FromSeconds(Wait), TimeSpan.FromSeconds(Wait)); break;
            case Trouble.Unavailable when isFirst: await answer.Status(503, TimeSpan.FromSeconds(Wait)); break;
            case Trouble.Reset when isFirst: answer.Break(); break;
            case Trouble.Truncated when isFirst: await answer.BreakOff(Document(name), hasLength: true); break;
            case Trouble.BrokenChunks when isFirst: await answer.BreakOff(Document(name), hasLength: false); break;
            case Trouble.Endless when isFirst: await answer.Drip(Document(name), Drop, isEndless: true); break;
            case Trouble.Bomb when isFirst: await answer.Send(bomb, "application/rss+xml", "gzip"); break;
            case Trouble.Failing when isFirst: await answer.Status(500); break;
            case Trouble.Headers when isFirst: await answer.Flood(); break;
            case Trouble.Page when isFirst: await answer.Send("<!doctype html><title>Welcome</title><p>Back soon."u8.ToArray(), "text/html"); break;
            case Trouble.Missing: await answer.Status(404); break;
            case Trouble.Loop: await answer.Redirect(path); break;
            case Trouble.Redirected when path.StartsWith("/feed/", StringComparison.Ordinal): await answer.Redirect($"/moved/{name}"); break;
            case Trouble.Slow:
                await answer.Drip(Document(name), Drop, isEndless: false);
                Interlocked.Increment(ref answers[name]);
                break;
            default:
                await answer.Feed(Document(name), $"\"{name}\"");
                Interlocked.Increment(ref answers[name]);
                break;
        }
    }

    private static byte[] Document(int source)
    {
        var text = new StringBuilder($"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Source {source}</title><link>https://s{source}.example/</link><description>d</description>");
        for (var entry = 0; entry < Entries; entry++)
            text.Append(CultureInfo.InvariantCulture, $"<item><guid isPermaLink=\"false\">{source}-{entry}</guid><link>https://s{source}.example/{entry}</link><title>Entry {entry} of {source}</title><description>Words of entry {entry}, 文章も少し。</description><category>t{source % 97}</category></item>");
        return Encoding.UTF8.GetBytes(text.Append("</channel></rss>").ToString());
    }

    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(new byte[8 << 20]);
        return packed.ToArray();
    }
}
