using Kawaraban.Fetching;
using Kawaraban.Push;
using Kawaraban.Scheduling;

namespace Kawaraban.Crawling;

/// <summary>What comes after a visit.</summary>
/// <param name="CrawlAt">When the source is due again.</param>
/// <param name="NotBefore">The earliest moment its server accepts; null when it did not say.</param>
/// <param name="KeyAsked">Until when the site that answered last asks everybody of us to stay away; null when it does not.</param>
/// <param name="Failures">How many visits have failed in a row.</param>
/// <param name="GoneSince">The first of a row of answers "gone".</param>
/// <param name="IsRetired">Whether it is never visited again.</param>
internal sealed record Next(
    DateTimeOffset CrawlAt,
    DateTimeOffset? NotBefore,
    DateTimeOffset? KeyAsked,
    int Failures,
    DateTimeOffset? GoneSince,
    bool IsRetired)
{
    // One answer may be a mistake of the publisher's; two a day apart are meant.
    private static readonly TimeSpan GoneForGood = TimeSpan.FromHours(24);

    /// <summary>Decides it.</summary>
    /// <param name="result">The visit.</param>
    /// <param name="timing">What decides when the source is visited, as this visit has left it.</param>
    /// <param name="push">How far its hub is trusted; null when there is none that has confirmed.</param>
    /// <param name="sources">How many sources there are.</param>
    /// <param name="options">The installation's customs.</param>
    /// <param name="random">Draws the lots.</param>
    /// <param name="now">The end of the visit.</param>
    public static Next After(
        CrawlResult result,
        Timing timing,
        (PushTrust Trust, bool IsPushedMeanwhile)? push,
        long sources,
        CrawlerOptions options,
        Random random,
        DateTimeOffset now)
    {
        var order = result.Order;
        double luck;
        lock (random)
            luck = random.NextDouble();

        var afterGap = now + (result.IsPage ? Gap.AfterPage(result.Fetch.Elapsed, options.Gap) : Gap.AfterFeed(result.Fetch.Elapsed, options.Gap));
        if (result.Outcome.IsSuccess)
        {
            var spread = Spread.Of(order.SourceId, sources, luck);
            var due = timing.Next(now, FreshFor(result.Fetch), options.Schedule, options.TimeZone, spread);
            if (push is var (trust, isPushedMeanwhile))
                due = trust.Next(due, visit => timing.Next(visit, null, options.Schedule, options.TimeZone, spread), isPushedMeanwhile, now);
            return new Next(due, null, null, 0, null, false);
        }

        var backedOff = now + Rhythm.AfterFailure(order.Failures + 1, luck);
        switch (result.Fetch)
        {
            case Throttled throttled:
                // 429 speaks for the whole site (RFC 6585 §4 counts the client's requests), 503 for this resource (RFC 9110 §15.6.4).
                // It is no failure of the source.
                var asked = throttled.RetryAt is { } at ? Rhythm.Requested(at, now) : now + options.UnspecifiedWait;
                var notBefore = asked > afterGap ? asked : afterGap;
                return new Next(Later(notBefore, luck), notBefore, throttled.Status != 503 ? asked : null, order.Failures, order.GoneSince, false);

            case Gone:
                // Counted in a row; what is no answer, or a request to wait, does not end the row.
                var since = order.GoneSince ?? now;
                var isRetired = now - since >= GoneForGood;
                var again = since + GoneForGood > backedOff ? since + GoneForGood : backedOff;
                return new Next(again, null, null, order.Failures + 1, since, isRetired);

            case Unreachable:
                // Who does not answer takes nothing back, neither that it is gone.
                return new Next(backedOff, null, null, order.Failures + 1, order.GoneSince, false);

            default:
                return new Next(backedOff, null, null, order.Failures + 1, null, false);
        }
    }

    private static TimeSpan? FreshFor(FetchResult result) => result switch
    {
        Fetched fetched => fetched.FreshFor,
        NotModified unmodified => unmodified.FreshFor,
        _ => null,
    };

    // A little after the moment, never before it.
    private static DateTimeOffset Later(DateTimeOffset moment, double luck) => moment + TimeSpan.FromSeconds(1 + (9 * luck));
}
