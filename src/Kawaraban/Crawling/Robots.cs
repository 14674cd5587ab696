using System.Text;
using Kawaraban.Fetching;

namespace Kawaraban.Crawling;

/// <summary>What we know of an origin's robots.txt, and what follows from it for us.</summary>
/// <param name="Body">What could be read last; null when there is no such file, or when it was not looked up.</param>
/// <param name="NamesUs">Whether a group of it is for us by name.</param>
/// <param name="Asks">The time it wants between two requests; null when it does not say.</param>
/// <param name="Status">What the server answered last; null when it did not.</param>
/// <param name="ExpiresAt">When it is to be asked for again.</param>
/// <param name="UnreachableSince">The first of a row of answers that leave open what is allowed; null when the last one did not.</param>
internal sealed record Robots(
    string? Body, bool NamesUs, TimeSpan? Asks, int? Status, DateTimeOffset ExpiresAt, DateTimeOffset? UnreachableSince)
{
    // RFC 9309 §2.4.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    // Feeds need not wait for it, so it is not asked for at every crawl; but who fails may soon be well again.
    private static readonly TimeSpan LifetimeOfTrouble = TimeSpan.FromHours(1);

    // §2.3.1.4: what cannot be read for that long counts as not there.
    private static readonly TimeSpan LongestTrouble = TimeSpan.FromDays(30);

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(300);

    /// <summary>The gap that it wants, no longer than we grant.</summary>
    public TimeSpan Delay => Asks is not { } asks ? TimeSpan.Zero : asks < LongestDelay ? asks : LongestDelay;

    /// <summary>What an answer to the request for it means (§2.3.1).</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="before">What was known before; null for nothing.</param>
    /// <param name="now">The moment.</param>
    public static Robots Of(FetchResult answer, Robots? before, DateTimeOffset now)
    {
        if (answer is Fetched { Body: var document })
        {
            var rules = RobotsTxt.Parse(document.Span);
            // Pages that say in a thousand words that there is no such file are many.
            var body = rules.IsEmpty ? "" : Text(RobotsTxt.Head(document.Span));
            return new Robots(body, rules.Names(UserAgent.Product), rules.CrawlDelay(UserAgent.Product), answer.Status, now + Lifetime, null);
        }

        if (!IsTrouble(answer))
            return new Robots(null, false, null, answer.Status, now + Lifetime, null);

        // What it said before stands for what was offered to us; for the rest see OfPage.
        var expiresAt = now + LifetimeOfTrouble;
        if (answer is Throttled { RetryAt: { } retryAt } && retryAt > now)
            expiresAt = Scheduling.Rhythm.Requested(retryAt, now) + LifetimeOfTrouble;
        var since = before?.UnreachableSince ?? now;
        return new Robots(before?.Body, before?.NamesUs ?? false, before?.Asks, answer.Status, expiresAt, since);
    }

    /// <summary>Why a feed that its publisher offers is not fetched; null when it may be.</summary>
    /// <remarks>
    /// Rules for everybody are about wandering from link to link; who offers a feed wants it read. A rule that names us is meant for us.
    /// </remarks>
    public string? WhyNoFeed(Uri url, DateTimeOffset now) =>
        NamesUs && !IsGivenUp(now) && !Rules().IsAllowed(UserAgent.Product, url)
            ? $"the robots.txt of {url.Authority} names {UserAgent.Product} and does not let it fetch {Short(url)}, so it was not fetched; "
                + "ask its operator to allow it, or pause the source"
            : null;

    /// <summary>Why a page is not fetched; null when it may be.</summary>
    public string? WhyNoPage(Uri url, DateTimeOffset now)
    {
        if (IsGivenUp(now))
            return null;
        if (UnreachableSince is not null)
        {
            var answer = Status is { } status ? $"{status}" : "no answer";
            return $"the robots.txt of {url.Authority} could not be read ({answer}), and until it can be, no page of the site is fetched; "
                + "try again later";
        }

        return Rules().IsAllowed(UserAgent.Product, url)
            ? null
            : $"the robots.txt of {url.Authority} does not let programs fetch {Short(url)}, so it was not fetched; if it is a feed that its "
                + "publisher offers, add it without looking (--unchecked)";
    }

    private bool IsGivenUp(DateTimeOffset now) => now - UnreachableSince >= LongestTrouble;

    private RobotsTxt Rules() => RobotsTxt.Parse(Encoding.UTF8.GetBytes(Body ?? ""));

    // 4xx: there is none. So too where redirects lead nowhere (§2.3.1.2). All else, 5xx before all, leaves it open.
    // 429 is the exception among the 4xx: it says nothing about the file, and much about our manners.
    private static bool IsTrouble(FetchResult answer) => answer switch
    {
        Unreachable or Throttled => true,
        Blocked { Code: "too-many-redirects" } => false,
        Blocked => answer.Status is not (>= 400 and < 500),
        _ => answer.Status is null or >= 500,
    };

    // Octets that are no UTF-8 keep their meaning: in rules they are compared percent-encoded anyway. NUL, which not every database keeps,
    // means nothing.
    private static string Text(ReadOnlySpan<byte> document)
    {
        if (System.Text.Unicode.Utf8.IsValid(document) && !document.Contains((byte)0))
            return Encoding.UTF8.GetString(document);
        var text = new StringBuilder(document.Length + 64);
        foreach (var octet in document)
        {
            if (octet < 0x80)
                text.Append(octet == 0 ? ' ' : (char)octet);
            else
                text.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static string Short(Uri url) => url.PathAndQuery is { Length: > 100 } path ? path[..100] + "…" : url.PathAndQuery;
}
