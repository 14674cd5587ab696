using Kawaraban.Fetching;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Fetching;

/// <summary>What each status and header means.</summary>
public sealed class AnswerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_304_keeps_what_we_have_and_tells_new_validators()
    {
        var result = await Fetch(RawOrigin.Status(304, "ETag: \"2\"\r\n"), etag: "\"1\"");
        Assert.Equal(("\"2\"", null), Assert.IsType<NotModified>(result) is var same ? (same.ETag, same.LastModified) : default);
    }

    [Fact]
    public async Task How_long_an_answer_is_good_is_handed_on()
    {
        const string headers = "Cache-Control: public\r\nCache-Control: max-age=3600\r\nAge: 600\r\n";
        var same = Assert.IsType<NotModified>(await Fetch(RawOrigin.Status(304, headers), etag: "\"1\""));
        Assert.Equal(TimeSpan.FromMinutes(50), same.FreshFor);
        var fetched = Assert.IsType<Fetched>(await Fetch(RawOrigin.Status(200, $"Expires: Tue, 24 Nov 2026 12:05:00 GMT\r\n")));
        Assert.Equal(TimeSpan.FromMinutes(5), fetched.FreshFor);
        Assert.Null(Assert.IsType<Fetched>(await Fetch(RawOrigin.Status(200))).FreshFor);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_304_that_nobody_asked_for_is_an_error(string? etag)
    {
        var refused = Assert.IsType<Refused>(await Fetch(RawOrigin.Status(304), etag));
        Assert.Equal(304, refused.Status);
        Assert.Contains("asked for none", refused.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_410_is_gone() => Assert.IsType<Gone>(await Fetch(RawOrigin.Status(410)));

    [Theory]
    [InlineData(429, "Retry-After: 120\r\n", 120)]
    [InlineData(429, "Retry-After: Tue, 24 Nov 2026 13:00:00 GMT\r\n", 3600)]
    [InlineData(429, "Retry-After: later\r\n", null)]
    [InlineData(429, "", null)]
    [InlineData(503, "Retry-After: 60\r\n", 60)]
    public async Task Who_asks_us_to_wait_is_waited_for(int status, string header, int? seconds)
    {
        var throttled = Assert.IsType<Throttled>(await Fetch(RawOrigin.Status(status, header)));
        Assert.Equal(seconds is null ? null : Now.AddSeconds(seconds.Value), throttled.RetryAt);
    }

    [Theory]
    [InlineData(503, "", "the server answered 503 Service Unavailable: it has trouble of its own; it is tried again later")]
    [InlineData(503, "Retry-After: soon\r\n", "the server answered 503 Service Unavailable: it has trouble of its own; it is tried again later")]
    [InlineData(500, "", "the server answered 500 Internal Server Error: it has trouble of its own; it is tried again later")]
    [InlineData(521, "", "the server answered 521: it has trouble of its own; it is tried again later")]
    [InlineData(404, "", "the server answered 404 Not Found: the feed's address may have changed; look for it on the site")]
    [InlineData(403, "", "the server answered 403 Forbidden: it does not let us in; ask its operator to allow our user agent")]
    [InlineData(401, "WWW-Authenticate: Basic\r\n", "the server answered 401 Unauthorized: it wants a password, and feeds are fetched without; look for a public address")]
    [InlineData(204, "", "the server answered 204 No Content: there is no document at this address; look for the feed's address on the site")]
    [InlineData(206, "", "the server answered 206 Partial Content although the whole document was asked for; a cache before it is misconfigured")]
    [InlineData(418, "", "the server answered 418 I'm a teapot, and no document; look at the address with a browser")]
    [InlineData(305, "", "the server answered 305 Use Proxy, and no document; give the address at which the feed is now")]
    public async Task Other_errors_say_what_they_are_and_what_to_do(int status, string header, string sentence)
    {
        var refused = Assert.IsType<Refused>(await Fetch(RawOrigin.Status(status, header)));
        Assert.Equal((status, sentence), (refused.Status, refused.Sentence));
    }

    [Theory]
    [InlineData(403, "cf-mitigated: challenge\r\n")]
    [InlineData(503, "cf-mitigated: challenge\r\nRetry-After: 60\r\n")]
    [InlineData(429, "x-vercel-mitigated: challenge\r\n")]
    [InlineData(202, "x-amzn-waf-action: challenge\r\n")]
    [InlineData(405, "x-amzn-waf-action: captcha\r\n")]
    public async Task A_challenge_for_browsers_is_a_wall(int status, string header)
    {
        var blocked = Assert.IsType<Blocked>(await Fetch(RawOrigin.Status(status, header)));
        Assert.Equal(("bot-wall", status), (blocked.Code, blocked.Status));
    }

    [Theory]
    [InlineData("ETag: \"1\"\r\n", "\"1\"", null)]
    [InlineData("ETag: 1\r\n", "1", null)]
    [InlineData("ETag: W/\"1\"\r\n", "W/\"1\"", null)]
    [InlineData("ETag: \"\"\r\n", null, null)]
    [InlineData("ETag: W/\"\"\r\n", null, null)]
    [InlineData("ETag:\r\n", null, null)]
    [InlineData("Last-Modified: Mon, 02 Nov 2026 03:04:05 GMT\r\n", null, "Mon, 02 Nov 2026 03:04:05 GMT")]
    [InlineData("Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT\r\n", null, null)]
    [InlineData("Last-Modified: yesterday\r\n", null, null)]
    [InlineData("Last-Modified: 0\r\n", null, null)]
    [InlineData("ETag: \"1\"\r\nLast-Modified: Mon, 02 Nov 2026 03:04:05 GMT\r\nExpires: 0\r\n", null, null)]
    [InlineData("ETag: \"1\"\r\nExpires: Mon, 02 Nov 2026 03:04:05 GMT\r\n", "\"1\"", null)]
    public async Task Validators_are_kept_as_they_came_unless_they_would_do_harm(string headers, string? etag, string? lastModified)
    {
        var fetched = Assert.IsType<Fetched>(await Fetch(RawOrigin.Ok("x", headers)));
        Assert.Equal((etag, lastModified), (fetched.ETag, fetched.LastModified));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(203)]
    [InlineData(226)]
    public async Task Other_successes_bring_the_document_they_carry(int status) =>
        Assert.Equal(1, Assert.IsType<Fetched>(await Fetch($"HTTP/1.1 {status} Fine\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx")).Body.Length);

    private static async Task<FetchResult> Fetch(string answer, string? etag = null)
    {
        await using var origin = new RawOrigin(_ => answer);
        using var fetcher = new HttpFetcher(new FetcherOptions { AllowPrivateNetworks = true }, new FakeTimeProvider(Now));
        return await fetcher.Fetch(new FetchRequest(origin.At("/"), etag), Cancellation);
    }
}
