namespace Kawaraban.Portal;

/// <summary>What the portal must be told about the installation.</summary>
/// <param name="Name">The name of the site, in the masthead, titles and feeds.</param>
/// <param name="PublicUrl">The address the public knows the site by; null takes each request's own.</param>
/// <param name="TimeZone">The zone in which days and times are written.</param>
public sealed record PortalOptions(string Name, Uri? PublicUrl, TimeZoneInfo TimeZone)
{
    /// <summary>The WebSub hub that is told of new posts; null when there is none.</summary>
    public Uri? Hub { get; init; }
}
