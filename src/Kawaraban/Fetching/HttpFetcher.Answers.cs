using System.Net.Http.Headers;

namespace Kawaraban.Fetching;

/// <content>What an answer means.</content>
public sealed partial class HttpFetcher
{
    private const int LongestValidator = 1024;

    // Each names its own challenge: developers.cloudflare.com/cloudflare-challenges, docs.aws.amazon.com/waf (JavaScript integration),
    // vercel.com/docs/headers/response-headers.
    private static readonly string[] Walls = ["cf-mitigated", "x-amzn-waf-action", "x-vercel-mitigated"];

    private async Task<FetchResult> Judge(HttpResponseMessage answer, Way way, FetchRequest request, CancellationToken stop)
    {
        var (url, status, permanent) = (way.Url, way.Status, way.PermanentUrl);
        if (status == 407 && way.Proxy is { } proxy)
            return new Unreachable(url, null, null, ProxyCode(proxy), FetchSentences.ProxyWantsPassword(proxy));
        if (status is not 200 && IsWall(answer))
            return new Blocked(url, status, permanent, "bot-wall", FetchSentences.BotWall);

        switch (status)
        {
            case 304:
                var wasAsked = way.IsAtHome && (request.ETag is { Length: > 0 } || request.LastModified is { Length: > 0 });
                var (etag, lastModified) = Validators(answer);
                return wasAsked
                    ? new NotModified(url, status, permanent, etag, lastModified) { FreshFor = FreshFor(answer) }
                    : new Refused(url, status, permanent, FetchSentences.NotModifiedUnasked);
            case 410:
                return new Gone(url, status, permanent);
            case 429 or 503:
                var retryAt = RetryAfter.Parse(Header(answer.Headers, "Retry-After"), clock.GetUtcNow());
                return status == 429 || retryAt is not null
                    ? new Throttled(url, status, permanent, retryAt)
                    : new Refused(url, status, permanent, FetchSentences.Status(503));
            case >= 200 and < 300 when request.Form is not null:
                return new Fetched(url, status, permanent, ReadOnlyMemory<byte>.Empty, null, null, null);
            case >= 200 and < 300 and not (204 or 205 or 206):
                return await Document(answer, way, stop);
            default:
                return new Refused(url, status, permanent, FetchSentences.Status(status!.Value));
        }
    }

    private async Task<FetchResult> Document(HttpResponseMessage answer, Way way, CancellationToken stop)
    {
        var headers = answer.Content.Headers;
        if (headers.ContentLength > options.MaxBytes)
            return TooLarge(way);

        await using var stream = await answer.Content.ReadAsStreamAsync(stop);
        await using var wire = way.Wire = new WireStream(stream);
        if (await BodyReader.Read(wire, Coding(headers), headers.ContentLength, options.MaxBytes, stop) is not { } body)
            return TooLarge(way);
        var (etag, lastModified) = Validators(answer);
        return new Fetched(way.Url, way.Status, way.PermanentUrl, body, Header(headers, "Content-Type"), etag, lastModified)
        {
            FreshFor = FreshFor(answer),
            Links = FeedLinks.Of(All(answer.Headers, "Link"), way.Url),
        };
    }

    private TimeSpan? FreshFor(HttpResponseMessage answer) => Freshness.Of(
        All(answer.Headers, "Cache-Control"),
        Header(answer.Content.Headers, "Expires"),
        Header(answer.Headers, "Date"),
        Header(answer.Headers, "Age"),
        clock.GetUtcNow());

    // A document may be packed more than once (RFC 9110 §8.4).
    private static string? Coding(HttpHeaders headers) => All(headers, "Content-Encoding");

    // Several are one list (RFC 9110 §5.3).
    private static string? All(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private Blocked TooLarge(Way way) => new(way.Url, way.Status, way.PermanentUrl, "too-large", FetchSentences.TooLarge(options.MaxBytes));

    // As they came; without those that would do harm when they are sent back.
    private static (string? ETag, string? LastModified) Validators(HttpResponseMessage answer)
    {
        // What is over before it began, in this spelling, comes from servers that also call old what has changed.
        if (Header(answer.Content.Headers, "Expires") is "0")
            return (null, null);
        var etag = Header(answer.Headers, "ETag");
        // An empty tag is the same for every version.
        if (etag is "" or "\"\"" or "W/\"\"" || etag?.Length > LongestValidator)
            etag = null;
        var lastModified = Header(answer.Content.Headers, "Last-Modified");
        // No feed is older than the web; such a date, sent back, would have it that nothing ever changes.
        if (lastModified is not null && !(RetryAfter.Date(lastModified) is { Year: > 1990 }))
            lastModified = null;
        return (etag, lastModified);
    }

    private static bool IsWall(HttpResponseMessage answer)
    {
        foreach (var wall in Walls)
        {
            if (Header(answer.Headers, wall) is "challenge" or "captcha")
                return true;
        }

        return false;
    }

    // As it was sent; the first of several.
    private static string? Header(HttpHeaders headers, string name)
    {
        if (headers.NonValidated.TryGetValues(name, out var values))
        {
            foreach (var value in values)
                return value;
        }

        return null;
    }
}
