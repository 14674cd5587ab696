namespace Kawaraban.Sources;

/// <summary>A feed that was found on the site of a source whose own address is dead. It takes a person to adopt it.</summary>
/// <param name="Url">Where.</param>
/// <param name="Title">What it calls itself.</param>
/// <param name="FoundAt">When.</param>
public sealed record FeedProposal(string Url, string? Title, DateTimeOffset FoundAt);

/// <summary>What came of asking a source to adopt another address.</summary>
/// <param name="From">Its old address.</param>
/// <param name="To">Its new address; null when it keeps the old one.</param>
/// <param name="Problem">Why it keeps it, for a person, without the source's name; null when it does not.</param>
public sealed record Adoption(string From, string? To, string? Problem);
