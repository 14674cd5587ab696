using System.Net;
using System.Net.Sockets;

namespace Kawaraban.Bench.Origin;

/// <summary>One listening socket for all of 127.0.0.0/8: ten thousand addresses without ten thousand sockets.</summary>
internal static class LoopbackSocket
{
    // socket(7)
    private const int SolSocket = 1;
    private const int SoBindToDevice = 25;

    /// <summary>Opens it. Bound to the device "lo", it hears this machine alone although its address is "any".</summary>
    /// <param name="port">The port; 0 for any that is free.</param>
    public static Socket Listen(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetRawSocketOption(SolSocket, SoBindToDevice, "lo\0"u8);
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
        return socket;
    }

    /// <summary>Makes a server listen at such sockets.</summary>
    /// <returns>Their ports.</returns>
    public static IReadOnlyList<int> UseLoopback(this IWebHostBuilder host, params int[] ports)
    {
        var sockets = Array.ConvertAll(ports, Listen);
        var numbers = Array.ConvertAll(sockets, socket => ((IPEndPoint)socket.LocalEndPoint!).Port);
        host.UseKestrelCore()
            .UseSockets(transport => transport.CreateBoundListenSocket = endPoint => sockets[Array.IndexOf(numbers, ((IPEndPoint)endPoint).Port)])
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                foreach (var number in numbers)
                    kestrel.Listen(IPAddress.Any, number);
            });
        return numbers;
    }
}
