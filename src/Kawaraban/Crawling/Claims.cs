using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>Where a run's orders come from: from what is due, or from what a person chose.</summary>
internal interface IClaims
{
    /// <summary>Claims some that may begin now.</summary>
    Task<IReadOnlyList<Order>> Claim(int count, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>When the next one may begin; null when there is none.</summary>
    Task<DateTimeOffset?> NextReady(CancellationToken cancellation);

    /// <summary>Takes back an order that needs another turn.</summary>
    /// <param name="order">The order.</param>
    /// <param name="until">When it may begin, as far as is known.</param>
    void Return(Order order, DateTimeOffset until);
}

/// <summary>What is due.</summary>
/// <param name="database">Where it is kept.</param>
/// <param name="leases">Claims.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="dueBy">What counts as due.</param>
/// <param name="longestWait">For how long orders that were returned are waited for.</param>
internal sealed class DueClaims(Database database, LeaseTable leases, TimeProvider clock, Func<DateTimeOffset> dueBy, TimeSpan longestWait) : IClaims
{
    private readonly Lock returning = new();
    private DateTimeOffset returned;

    public async Task<IReadOnlyList<Order>> Claim(int count, DateTimeOffset until, CancellationToken cancellation)
    {
        // Asking is a read that waits for nobody; a claim is a write.
        var now = clock.GetUtcNow();
        var ready = await database.Read(session => leases.NextReady(session, DueBy()), cancellation);
        return ready is null || ready > now
            ? []
            : await database.Write(session => leases.ClaimDue(session, count, now, DueBy(), until), cancellation);
    }

    public Task<DateTimeOffset?> NextReady(CancellationToken cancellation) =>
        database.Read(session => leases.NextReady(session, DueBy()), cancellation);

    // It is due still, or a little later than what counted as due.
    public void Return(Order order, DateTimeOffset until)
    {
        lock (returning)
        {
            if (until > returned && until - clock.GetUtcNow() <= longestWait)
                returned = until;
        }
    }

    private DateTimeOffset DueBy()
    {
        var due = dueBy();
        lock (returning)
            return due > returned ? due : returned;
    }
}

/// <summary>What a person chose.</summary>
internal sealed class ChosenClaims(Database database, LeaseTable leases, TimeProvider clock, IReadOnlyList<long> ids) : IClaims
{
    // Visits that end give orders back while others are claimed.
    private readonly Lock changing = new();
    private readonly List<long> left = [.. ids.Distinct()];

    public async Task<IReadOnlyList<Order>> Claim(int count, DateTimeOffset until, CancellationToken cancellation)
    {
        var these = Left();
        if (these.Length == 0)
            return [];
        var claimed = await database.Write(
            async session =>
            {
                List<Order> orders = [];
                for (var i = these.Length - 1; i >= 0 && orders.Count < count; i--)
                {
                    if (await leases.Claim(session, these[i], clock.GetUtcNow(), until) is { } order)
                        orders.Add(order);
                }

                return orders;
            },
            cancellation);
        lock (changing)
            left.RemoveAll(id => claimed.Any(order => order.SourceId == id));
        return claimed;
    }

    public async Task<DateTimeOffset?> NextReady(CancellationToken cancellation)
    {
        var these = Left();
        if (these.Length == 0)
            return null;
        return await database.Read<DateTimeOffset?>(
            async session =>
            {
                var earliest = DateTimeOffset.MaxValue;
                foreach (var id in these)
                {
                    var ready = await LeaseTable.ReadyAt(session, id);
                    earliest = ready < earliest ? ready : earliest;
                }

                return earliest;
            },
            cancellation);
    }

    public void Return(Order order, DateTimeOffset until)
    {
        lock (changing)
            left.Add(order.SourceId);
    }

    private long[] Left()
    {
        lock (changing)
            return [.. left];
    }
}
