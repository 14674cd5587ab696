using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kawaraban.Tests.Fetching;

/// <summary>A server that answers with whatever bytes a test wants, right or wrong, at a loopback port of its own.</summary>
public sealed class RawOrigin : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly Func<string, NetworkStream, CancellationToken, Task> answer;
    private readonly Task accepting;

    /// <param name="answer">Is given the head of each request and the connection to answer at, which is closed afterwards.</param>
    public RawOrigin(Func<string, NetworkStream, CancellationToken, Task> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = Accept();
    }

    /// <summary>Answers with text, chosen by the path that was asked for.</summary>
    public RawOrigin(Func<string, string> answer)
        : this((head, stream, cancellation) => stream.WriteAsync(Encoding.Latin1.GetBytes(answer(head.Split(' ')[1])), cancellation).AsTask())
    {
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The heads of the requests, in order.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public Uri At(string path, string host = "127.0.0.1") => new($"http://{host}:{Port}{path}");

    /// <summary>An answer with a length and without more to come.</summary>
    public static string Ok(string body, string headers = "") => $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n{headers}\r\n{body}";

    /// <summary>An answer without a body.</summary>
    public static string Status(int status, string headers = "") => $"HTTP/1.1 {status} Text\r\nContent-Length: 0\r\nConnection: close\r\n{headers}\r\n";

    /// <summary>An answer whose body is bytes.</summary>
    public static byte[] Ok(byte[] body, string headers) => [.. Encoding.Latin1.GetBytes(Ok("", headers).Replace("Content-Length: 0", $"Content-Length: {body.Length}", StringComparison.Ordinal)), .. body];

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await accepting;
        listener.Stop();
        closing.Dispose();
    }

    private async Task Accept()
    {
        var open = new List<Task>();
        try
        {
            while (true)
                open.Add(Serve(await listener.AcceptTcpClientAsync(closing.Token)));
        }
        catch (OperationCanceledException)
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

                Heads.Enqueue(head.ToString());
                await answer(head.ToString(), stream, closing.Token);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The client has had enough.
        }
    }
}
