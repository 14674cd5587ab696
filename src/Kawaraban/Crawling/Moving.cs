using Kawaraban.Scheduling;
using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>What a visit showed of a source's moving to another address.</summary>
/// <param name="Move">What is observed by now; null when nothing is, or when it was believed.</param>
/// <param name="Adopted">The address that becomes the source's own.</param>
/// <param name="Notice">What a person should know about it.</param>
/// <param name="Sentence">What the visit's own sentence says about it, after its end; may be empty.</param>
internal sealed record Moving(Move? Move, Uri? Adopted, string? Notice, string Sentence)
{
    private static readonly Moving Nowhere = new(null, null, null, "");

    /// <summary>Decides what a visit means for the address.</summary>
    public static async Task<Moving> Observe(Session session, CrawlResult result, DateTimeOffset now)
    {
        var order = result.Order;
        var to = result.Fetch.PermanentUrl is { } url && url != order.Url ? url : null;
        if (!result.Outcome.IsSuccess)
        {
            // What is no feed is no new place of one, and another target is another claim; no answer, or an error, takes nothing back.
            var isContradicted = result.Outcome.Code == "not-a-feed" || (to is not null && to != order.Move?.To);
            return isContradicted ? Nowhere : Nowhere with { Move = order.Move };
        }

        if (Move.Observed(order.Move, to, now) is not { } move)
            return Nowhere;
        if (!move.IsBelieved(now))
        {
            return new Moving(move, null, null, $"; the server redirects for good to {move.To}, seen {Times(move.Seen)}: after {Times(Move.Enough)} over a day that becomes its address");
        }

        await SourceAddress.Lock(session);
        if (await SourceAddress.OwnerOf(session, move.To) is { } owner)
        {
            var taken = $"the server redirects for good to {move.To}, which is source {owner} already; the two are not merged: pause the one you do not want";
            return new Moving(move, null, taken, $"; {taken}");
        }

        if (order.Request is { Headers.Count: > 0 } && !Fetching.RequestSettings.MayCarryHeaders(order.Url, move.To))
        {
            var kept = $"the server redirects for good to {move.To}, another server, for which the headers that it is asked with were not meant: "
                + $"kawaraban sources adopt {order.SourceId} takes the address and drops the headers";
            return new Moving(move, null, kept, $"; {kept}");
        }

        return new Moving(
            null,
            move.To,
            $"its address was {order.Url} until {CrawlOutcome.At(now)}: that had redirected for good to the present one {Times(move.Seen)} since {CrawlOutcome.At(move.Since)}",
            $"; its address is {move.To} from now on: the server redirected there for good {Times(move.Seen)} since {CrawlOutcome.At(move.Since)}");
    }

    /// <summary>Writes it down where something has changed.</summary>
    public async Task Write(Session session, Order order, Func<Uri, string> politenessKey, DateTimeOffset allowedAt)
    {
        if (Move != order.Move && Adopted is null)
        {
            await session.Execute(
                "UPDATE sources SET moved_to = @to, moved_since = @since, moved_seen = @seen, notice = @notice WHERE id = @id",
                ("to", Move?.To.AbsoluteUri), ("since", Move?.Since.ToUnixTimeMilliseconds()), ("seen", Move?.Seen ?? 0), ("notice", Notice), ("id", order.SourceId));
        }

        if (Adopted is not null)
        {
            await session.Execute("UPDATE sources SET notice = @notice WHERE id = @id", ("notice", Notice), ("id", order.SourceId));
            await SourceAddress.Change(session, order.SourceId, Adopted, politenessKey(Adopted), allowedAt);
        }
    }

    private static string Times(int count) => count == 1 ? "once" : count == 2 ? "twice" : $"{count} times";
}
