using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kawaraban.Tests.Fetching;

/// <summary>A proxy at a loopback port: CONNECT, absolute-form and SOCKS5. It finds every name at loopback, at the port that is asked for.</summary>
public sealed class LoopbackProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly string? user;
    private readonly string? password;
    private readonly Task accepting;

    /// <summary>A proxy that lets everybody in, or who knows a user and a password.</summary>
    public LoopbackProxy(string? user = null, string? password = null)
    {
        (this.user, this.password) = (user, password);
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What it was asked for and did: <c>GET http://a.example:81/</c>, <c>CONNECT a.example:443</c>, <c>SOCKS a.example:80</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>How many were sent away for want of a password.</summary>
    public int Refused { get; private set; }

    /// <summary>What it answers in place of doing what it was asked for; null does it.</summary>
    public string? Answer { get; init; }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await accepting;
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
                var first = new byte[1];
                while (await stream.ReadAsync(first, closing.Token) > 0 && await (first[0] == 5 ? Socks(stream) : Http(stream, (char)first[0])))
                {
                    // The next request on the same connection.
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
        {
            // One of the two has had enough.
        }
    }

    private async Task<bool> Http(NetworkStream stream, char first)
    {
        var head = new StringBuilder().Append(first);
        var buffer = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(buffer, closing.Token) == 0)
                return false;
            head.Append((char)buffer[0]);
        }

        var text = head.ToString();
        var wanted = $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";
        if (user is not null && !text.Contains(wanted, StringComparison.OrdinalIgnoreCase))
        {
            Refused++;
            await Say(stream, "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n");
            return true;
        }

        var (method, target) = (text.Split(' ')[0], text.Split(' ')[1]);
        Asked.Enqueue($"{method} {target}");
        if (Answer is not null)
        {
            await Say(stream, Answer);
            return false;
        }

        var url = new Uri(method == "CONNECT" ? $"http://{target}" : target);
        using var origin = new TcpClient();
        await origin.ConnectAsync(IPAddress.Loopback, url.Port, closing.Token);
        if (method == "CONNECT")
            await Say(stream, "HTTP/1.1 200 Go\r\n\r\n");
        else
            await Say(origin.GetStream(), string.Join("\r\n", text.Replace(target, url.PathAndQuery, StringComparison.Ordinal).Split("\r\n").Where(line => !line.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase))));
        await Pump(stream, origin.GetStream());
        return false;
    }

    // RFC 1928, RFC 1929.
    private async Task<bool> Socks(NetworkStream stream)
    {
        var methods = new byte[(await Read(stream, 1))[0]];
        await stream.ReadExactlyAsync(methods, closing.Token);
        if (user is not null && !methods.Contains((byte)2))
        {
            Refused++;
            await stream.WriteAsync(new byte[] { 5, 0xFF }, closing.Token);
            return false;
        }

        await stream.WriteAsync(new byte[] { 5, (byte)(user is null ? 0 : 2) }, closing.Token);
        if (user is not null)
        {
            var given = Encoding.UTF8.GetString(await Read(stream, (await Read(stream, 2))[1]));
            given += ":" + Encoding.UTF8.GetString(await Read(stream, (await Read(stream, 1))[0]));
            var isKnown = given == $"{user}:{password}";
            Refused += isKnown ? 0 : 1;
            await stream.WriteAsync(new byte[] { 1, (byte)(isKnown ? 0 : 1) }, closing.Token);
            if (!isKnown)
                return false;
        }

        var kind = (await Read(stream, 4))[3];
        var host = kind == 3
            ? Encoding.ASCII.GetString(await Read(stream, (await Read(stream, 1))[0]))
            : new IPAddress(await Read(stream, kind == 1 ? 4 : 16)).ToString();
        var port = await Read(stream, 2);
        Asked.Enqueue($"SOCKS {host}:{(port[0] << 8) + port[1]}");
        using var origin = new TcpClient();
        await origin.ConnectAsync(IPAddress.Loopback, (port[0] << 8) + port[1], closing.Token);
        await stream.WriteAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, closing.Token);
        await Pump(stream, origin.GetStream());
        return false;
    }

    private async Task<byte[]> Read(NetworkStream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, closing.Token);
        return bytes;
    }

    private ValueTask Say(NetworkStream stream, string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text), closing.Token);

    private Task<Task> Pump(NetworkStream one, NetworkStream other) =>
        Task.WhenAny(one.CopyToAsync(other, closing.Token), other.CopyToAsync(one, closing.Token));
}
