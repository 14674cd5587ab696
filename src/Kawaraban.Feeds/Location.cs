namespace Kawaraban.Feeds;

/// <summary>A place on Earth (WGS 84).</summary>
/// <param name="Latitude">Degrees north of the equator, −90 to 90.</param>
/// <param name="Longitude">Degrees east of Greenwich, −180 to 180.</param>
/// <param name="Name">What the place is called.</param>
public sealed record Location(double Latitude, double Longitude, string? Name = null);
