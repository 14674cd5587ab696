using Kawaraban.Fetching;
using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Push;

/// <summary>Says something to a hub, with the manners that every site is owed: one request at a time, and a gap.</summary>
internal sealed class HubTurn(
    Database database, Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch, Func<Uri, string> politenessKey, TimeProvider clock, PushOptions options)
{
    private readonly LeaseTable leases = new(new Holder());

    /// <summary>Whose turn it would be.</summary>
    public string KeyOf(string hub) => politenessKey(new Uri(hub));

    /// <summary>Takes a turn if it can be had now.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="prepare">Runs in the transaction that takes it, and says what to send; null sends nothing after all.</param>
    /// <param name="record">Runs in the transaction that gives it back: null is a hub that has taken it, else why it has not.</param>
    /// <param name="cancellation">Breaks it off; it counts as not taken.</param>
    /// <returns>Whether it was sent.</returns>
    /// <remarks>What is recorded is lost when the lease is, and done again.</remarks>
    public async Task<bool> Take(
        string hub, Func<Session, DateTimeOffset, Task<string?>> prepare, Func<Session, string?, DateTimeOffset, Task> record, CancellationToken cancellation)
    {
        var url = new Uri(hub);
        var key = politenessKey(url);
        var begun = clock.GetUtcNow();
        var (lease, form) = await database.Write(
            async session =>
            {
                if (await leases.ClaimKey(session, key, begun, begun + options.Lease) is not { } claimed)
                    return default;
                if (await prepare(session, begun) is { } text)
                    return (claimed, text);
                await leases.Release(session, claimed, begun);
                return default((Lease?, string?));
            },
            CancellationToken.None);
        if (lease is null || form is null)
            return false;

        FetchResult? result = null;
        try
        {
            // The question holds a secret, and the turn is one with this hub alone.
            Task<FetchResult?> Cross(Hop hop, CancellationToken stop) => Task.FromResult<FetchResult?>(
                politenessKey(hop.To) == key ? null : new Refused(url, hop.Status, null, $"it redirects to another site, {hop.To.Host}; its feed has to name that one"));
            result = await fetch(new FetchRequest(url) { Form = form, Crossing = Cross }, cancellation);
        }
        finally
        {
            try
            {
                await database.Write(session => Record(session, lease, result, record), CancellationToken.None);
            }
            catch (LeaseLostException)
            {
                // It took longer than anything may; whoever has the turn now asks again.
            }
        }

        return true;
    }

    private async Task Record(Session session, Lease lease, FetchResult? result, Func<Session, string?, DateTimeOffset, Task> record)
    {
        var now = clock.GetUtcNow();
        var allowedAt = now + Gap.AfterFeed(result?.Elapsed ?? TimeSpan.Zero, options.Gap);
        if (result is Throttled { RetryAt: { } at } && Rhythm.Requested(at, now) is var asked && asked > allowedAt)
            allowedAt = asked;
        await record(session, Trouble(result), now);
        await leases.Release(session, lease, allowedAt);
    }

    private static string? Trouble(FetchResult? result) => result switch
    {
        Fetched => null,
        Blocked blocked => blocked.Sentence,
        Refused refused => refused.Sentence,
        Unreachable unreachable => unreachable.Sentence,
        Throttled => "it has asked us to wait",
        Gone => "it says that it is gone for good (410)",
        _ => "the question was broken off",
    };
}
