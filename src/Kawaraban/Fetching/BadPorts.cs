using System.Collections.Frozen;

namespace Kawaraban.Fetching;

/// <summary>Ports where something other than a web server listens, which a request could be made to speak to.</summary>
/// <remarks>
/// The list that browsers keep (<see href="https://fetch.spec.whatwg.org/#port-blocking">Fetch, port blocking</see>): what a browser
/// shows, a feed reader may fetch. Blogs on odd ports are real, mail servers that take HTTP for commands have been too.
/// </remarks>
internal static class BadPorts
{
    private static readonly FrozenSet<int> All = new[]
    {
        0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115,
        117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587,
        601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679,
        6697, 10080,
    }.ToFrozenSet();

    /// <summary>Whether browsers refuse that port.</summary>
    public static bool Contains(int port) => All.Contains(port);
}
