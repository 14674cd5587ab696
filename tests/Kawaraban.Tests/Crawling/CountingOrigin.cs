using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kawaraban.Fetching;

namespace Kawaraban.Tests.Crawling;

/// <summary>All sites of a web at one loopback port, which counts who asks whom when, and how many ask one site at once.</summary>
public sealed class CountingOrigin : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentDictionary<string, int> atOnce = new();
    private readonly TimeProvider clock;
    private readonly Task accepting;

    /// <param name="clock">The time that requests are noted with.</param>
    public CountingOrigin(TimeProvider clock)
    {
        this.clock = clock;
        listener.Start();
        Fetcher = new HttpFetcher(
            // The clock runs ahead of the sockets.
            new FetcherOptions { AllowPrivateNetworks = true, Timeout = TimeSpan.FromHours(2) },
            clock,
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        accepting = Accept();
    }

    public HttpFetcher Fetcher { get; }

    /// <summary>The answer to a host's path, as it goes over the wire.</summary>
    public Func<string, string, string> Answer { get; set; } = (_, _) => Status(404);

    /// <summary>What was asked for and when, in order: <c>a.example/feed</c>.</summary>
    public ConcurrentQueue<(string What, DateTimeOffset At, string Head)> Asked { get; } = new();

    /// <summary>The most requests that were under way at one site at once.</summary>
    public int MostAtOnce { get; private set; }

    public string At(string host, string path) => $"http://{host}.example:{((IPEndPoint)listener.LocalEndpoint).Port}{path}";

    public List<string> Whats() => [.. Asked.Select(asked => asked.What)];

    /// <summary>The moments at which a site was asked.</summary>
    public List<DateTimeOffset> Times(string host) => [.. Asked.Where(asked => asked.What.StartsWith(host + ".", StringComparison.Ordinal)).Select(asked => asked.At)];

    public static string Ok(string body) => $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public static string Status(int status, string headers = "") => $"HTTP/1.1 {status} Text\r\nContent-Length: 0\r\nConnection: close\r\n{headers}\r\n";

    public string MovedTo(string host, string path, int status = 302) => Status(status, $"Location: {At(host, path)}\r\n");

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await accepting;
        Fetcher.Dispose();
        closing.Dispose();
    }

    private async Task Accept()
    {
        List<Task> open = [];
        try
        {
            while (true)
                open.Add(Serve(await listener.AcceptTcpClientAsync(closing.Token)));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            // Closed.
        }

        await Task.WhenAll(open);
    }

    private async Task Serve(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                var head = new StringBuilder();
                var buffer = new byte[4096];
                while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                {
                    var read = await stream.ReadAsync(buffer, closing.Token);
                    if (read == 0)
                        return;
                    head.Append(Encoding.Latin1.GetString(buffer, 0, read));
                }

                var text = head.ToString();
                var host = text.Split("Host: ")[1].Split(':')[0];
                var path = text.Split(' ')[1];
                lock (atOnce)
                {
                    MostAtOnce = Math.Max(MostAtOnce, atOnce.AddOrUpdate(host, 1, (_, count) => count + 1));
                    Asked.Enqueue((host + path, clock.GetUtcNow(), text));
                }

                var answer = Answer(host.Split('.')[0], path);
                await Task.Delay(2, closing.Token);
                lock (atOnce)
                    atOnce[host]--;
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), closing.Token);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The client has had enough.
        }
    }
}
