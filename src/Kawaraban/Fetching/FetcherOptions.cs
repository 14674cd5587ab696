using System.Security.Cryptography.X509Certificates;

namespace Kawaraban.Fetching;

/// <summary>How far the fetcher goes.</summary>
public sealed record FetcherOptions
{
    /// <summary>A page or mail address that the user agent names, where a publisher can reach who runs this; null names none.</summary>
    public string? Contact { get; init; }

    /// <summary>The greatest time a fetch may take, with all its redirects, from the name's resolution to the last byte.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The greatest size of a document after decompression, bytes.</summary>
    public int MaxBytes { get; init; } = 10 << 20;

    /// <summary>How many redirects are followed.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>The greatest size of an answer's headers, kilobytes.</summary>
    public int MaxHeaderKilobytes { get; init; } = 64;

    /// <summary>How many connections are open, those that lie idle included, before new ones are closed after their answer.</summary>
    public int MostConnections { get; init; } = 256;

    /// <summary>Whether loopback and private addresses may be fetched, and any port: for tests and intranets only.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>What all requests go through that name no proxy of their own; null goes directly.</summary>
    public ProxyAddress? Proxy { get; init; }

    /// <summary>Who may issue certificates; null trusts whom the system trusts. Tests bring their own.</summary>
    internal X509Certificate2Collection? TrustedRoots { get; init; }
}
