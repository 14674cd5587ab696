namespace Kawaraban.Feeds;

/// <summary>Who wrote or publishes something. At least one member is set.</summary>
/// <param name="Name">The name.</param>
/// <param name="Url">The address of a page about the author; may be a <c>mailto:</c>.</param>
/// <param name="AvatarUrl">The address of a square picture of the author.</param>
/// <param name="Email">The mail address, where the format has one. Personal: never print it without need.</param>
public sealed record Author(string? Name, string? Url = null, string? AvatarUrl = null, string? Email = null);
