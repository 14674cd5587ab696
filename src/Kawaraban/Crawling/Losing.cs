using Kawaraban.Fetching;
using Kawaraban.Scheduling;
using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>What a visit showed of a source's address being dead.</summary>
/// <param name="Loss">What is known by now; null when it is alive.</param>
/// <param name="MustSearch">Whether its site is to be looked at for another address, which is done at most once a week.</param>
internal sealed record Losing(Loss? Loss, bool MustSearch)
{
    private static readonly TimeSpan SearchEvery = TimeSpan.FromDays(7);

    /// <summary>Decides it.</summary>
    /// <param name="result">The visit.</param>
    /// <param name="isRetired">Whether there will be no other.</param>
    /// <param name="now">When it ended.</param>
    public static Losing Observe(CrawlResult result, bool isRetired, DateTimeOffset now)
    {
        var order = result.Order;
        var loss = result switch
        {
            { Outcome.Code: "not-a-feed" or "dns" } or { Fetch: Gone or Refused { Status: 404 } } => Loss.Again(order.Loss, now),
            // Who does not answer, or asks to wait, takes nothing back; nor does a mistake of ours.
            { Outcome.IsOurs: true } or { Fetch: Unreachable or Throttled } => order.Loss,
            _ => null,
        };
        var isDue = order.SearchedAt is not { } at || now - at >= SearchEvery;
        return new Losing(loss, isDue && (isRetired || loss?.IsLasting(now) == true));
    }

    /// <summary>Writes it down where something has changed.</summary>
    public async Task Write(Session session, Order order, bool isSuccess, DateTimeOffset now)
    {
        if (Loss != order.Loss || MustSearch)
        {
            await session.Execute(
                "UPDATE sources SET lost_since = @since, lost_seen = @seen, searched_at = @searchedAt WHERE id = @id",
                ("since", Loss?.Since.ToUnixTimeMilliseconds()),
                ("seen", Loss?.Seen ?? 0),
                ("searchedAt", (MustSearch ? now : order.SearchedAt)?.ToUnixTimeMilliseconds()),
                ("id", order.SourceId));
        }

        // The address lives: what was found in its place is not needed.
        if (isSuccess && order.SearchedAt is not null)
        {
            await session.Execute(
                "UPDATE sources SET proposed_url = NULL, proposed_title = NULL, proposed_at = NULL WHERE id = @id AND proposed_url IS NOT NULL",
                ("id", order.SourceId));
        }
    }
}
