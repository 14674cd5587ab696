namespace Kawaraban.Fetching;

/// <summary>A redirect that is about to be followed.</summary>
/// <param name="From">The address that answered.</param>
/// <param name="Status">With what.</param>
/// <param name="To">Where it leads.</param>
/// <param name="PermanentUrl">The same, when it and all before it are permanent; else null.</param>
public sealed record Hop(Uri From, int Status, Uri To, Uri? PermanentUrl);
