namespace Kawaraban.Push;

/// <summary>How an installation takes part in WebSub.</summary>
public sealed record PushOptions
{
    /// <summary>The address the public knows us by; without it nobody can tell us anything.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Whether we subscribe to feeds that name a hub.</summary>
    public bool Subscribes { get; init; } = true;

    /// <summary>The hub that is told of new posts in our own feeds; null when there is none.</summary>
    public Uri? Hub { get; init; }

    /// <summary>The least time between two requests to one hub.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the lease of a hub's politeness key holds: longer than the longest fetch.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Where hubs reach us for a subscription.</summary>
    internal string Callback(string token) => $"{PublicUrl?.AbsoluteUri.TrimEnd('/')}/websub/{token}";
}
