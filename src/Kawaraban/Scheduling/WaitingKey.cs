namespace Kawaraban.Scheduling;

/// <summary>Sources that could not be visited because their site is to be left alone.</summary>
/// <param name="PolitenessKey">The site or platform.</param>
/// <param name="Sources">How many of its sources wait.</param>
/// <param name="Until">Until when at the latest.</param>
public sealed record WaitingKey(string PolitenessKey, int Sources, DateTimeOffset Until);

/// <summary>The lease lapsed and somebody else has the key: what was fetched under it must not be written.</summary>
public sealed class LeaseLostException(Lease lease)
    : Exception($"the right to talk to {lease.PolitenessKey} lapsed at {lease.Until:u} and was given to another process; what was fetched is dropped, the other crawl counts");
