using System.Net;
using Kawaraban.Fetching;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Fetching;

public sealed class RedirectTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("301", true)]
    [InlineData("308", true)]
    [InlineData("301,308,301", true)]
    [InlineData("302", false)]
    [InlineData("303", false)]
    [InlineData("307", false)]
    [InlineData("300", false)]
    [InlineData("301,302", false)]
    [InlineData("302,301", false)]
    [InlineData("301,307,308", false)]
    public async Task A_move_is_permanent_when_nothing_but_permanent_redirects_led_there(string chain, bool isPermanent)
    {
        var statuses = chain.Split(',');
        await using var origin = new RawOrigin(path => int.Parse(path[1..], System.Globalization.CultureInfo.InvariantCulture) is var step && step < statuses.Length
            ? RawOrigin.Status(int.Parse(statuses[step], System.Globalization.CultureInfo.InvariantCulture), $"Location: /{step + 1}\r\n")
            : RawOrigin.Ok("x"));
        var fetched = Assert.IsType<Fetched>(await Fetch(origin.At("/0")));
        Assert.Equal(origin.At($"/{statuses.Length}"), fetched.Url);
        Assert.Equal(isPermanent ? fetched.Url : null, fetched.PermanentUrl);
    }

    [Fact]
    public async Task Five_redirects_are_followed_and_a_sixth_is_not()
    {
        await using var origin = new RawOrigin(path => path == "/5" ? RawOrigin.Ok("x")
            : RawOrigin.Status(302, $"Location: {(path[1] is 'x' ? "/x" : $"/{path[1] - '0' + 1}")}\r\n"));
        Assert.IsType<Fetched>(await Fetch(origin.At("/0")));
        var blocked = Assert.IsType<Blocked>(await Fetch(origin.At("/x")));
        Assert.Equal(("too-many-redirects", 302), (blocked.Code, blocked.Status));
        Assert.Equal(12, origin.Heads.Count);
    }

    [Theory]
    [InlineData("feed.xml", "/blog/feed.xml")]
    [InlineData("../feed.xml?a=1&b=2", "/feed.xml?a=1&b=2")]
    [InlineData("/a b/フィード.xml", "/a%20b/%E3%83%95%E3%82%A3%E3%83%BC%E3%83%89.xml")]
    [InlineData("/caf%E9", "/caf%E9")]
    [InlineData("/a%2Fb", "/a%2Fb")]
    [InlineData("/x#part", "/x")]
    [InlineData("?page=2", "/blog/old?page=2")]
    [InlineData("//127.0.0.1:{0}/y", "/y")]
    [InlineData("http://me:secret@127.0.0.1:{0}/z", "/z")]
    [InlineData("HTTP://127.0.0.1:{0}/upper", "/upper")]
    [InlineData("  /spaces  ", "/spaces")]
    public async Task A_location_is_read_as_browsers_read_it(string location, string path)
    {
        RawOrigin? self = null;
        await using var origin = new RawOrigin(async (head, stream, cancellation) =>
        {
            var answer = head.StartsWith("GET /blog/old HTTP", StringComparison.Ordinal)
                ? RawOrigin.Status(301, $"Location: {location.Replace("{0}", $"{self!.Port}", StringComparison.Ordinal)}\r\n")
                : RawOrigin.Ok("x");
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(answer), cancellation);
        });
        self = origin;
        Assert.IsType<Fetched>(await Fetch(origin.At("/blog/old")));
        Assert.Equal($"GET {path} HTTP/1.1", origin.Heads.Last().Split("\r\n")[0]);
        Assert.DoesNotContain("Authorization", origin.Heads.Last(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_location_in_Latin_1_is_kept_as_far_as_it_can_be()
    {
        await using var origin = new RawOrigin(path => path == "/" ? RawOrigin.Status(302, "Location: /caf\xE9\r\n") : RawOrigin.Ok("x"));
        Assert.Equal("/caf%C3%A9", Assert.IsType<Fetched>(await Fetch(origin.At("/"))).Url.AbsolutePath);
    }

    [Theory]
    [InlineData("Location: http://[broken/\r\n")]
    [InlineData("Location: \r\n")]
    [InlineData("")]
    public async Task A_redirect_to_nowhere_is_refused(string header)
    {
        await using var origin = new RawOrigin(_ => RawOrigin.Status(301, header));
        var refused = Assert.IsType<Refused>(await Fetch(origin.At("/")));
        Assert.StartsWith("the server redirects (301)", refused.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("data:text/xml,x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("mailto:a@example.com")]
    public async Task A_redirect_to_another_scheme_is_not_followed(string location)
    {
        await using var origin = new RawOrigin(_ => RawOrigin.Status(302, $"Location: {location}\r\n"));
        Assert.Equal("forbidden-scheme", Assert.IsType<Blocked>(await Fetch(origin.At("/"))).Code);
    }

    [Fact]
    public async Task Validators_go_along_to_another_path_and_not_to_another_host()
    {
        await using var origin = new RawOrigin((head, stream, cancellation) => stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(
            head.Contains("GET /0 ", StringComparison.Ordinal) ? RawOrigin.Status(302, "Location: /1\r\n")
            : head.Contains("GET /1 ", StringComparison.Ordinal) ? RawOrigin.Status(302, $"Location: http://other.example:{head.Split("127.0.0.1:")[1].Split("\r\n")[0]}/2\r\n")
            : RawOrigin.Status(304)), cancellation).AsTask());
        using var fetcher = new HttpFetcher(
            new FetcherOptions { AllowPrivateNetworks = true }, new FakeTimeProvider(), (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));
        var result = await fetcher.Fetch(new FetchRequest(origin.At("/0"), "\"1\"", "Mon, 02 Nov 2026 03:04:05 GMT"), Cancellation);
        Assert.Equal([true, true, false], origin.Heads.Select(head => head.Contains("If-None-Match", StringComparison.Ordinal)));
        Assert.Equal([true, true, false], origin.Heads.Select(head => head.Contains("If-Modified-Since", StringComparison.Ordinal)));
        Assert.Contains("304", Assert.IsType<Refused>(result).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_from_https_to_http_is_never_permanent()
    {
        var way = new Way(new Uri("https://example.com/"));
        way.Answered(301);
        way.Follow(new Uri("http://example.com/feed"));
        Assert.Null(way.PermanentUrl);
        Assert.True(way.IsAtHome);
    }

    [Fact]
    public async Task A_move_is_told_also_when_the_new_place_has_trouble()
    {
        await using var origin = new RawOrigin(path => path == "/old" ? RawOrigin.Status(301, "Location: /new\r\n") : RawOrigin.Status(404));
        var refused = Assert.IsType<Refused>(await Fetch(origin.At("/old")));
        Assert.Equal((404, origin.At("/new"), origin.At("/new")), (refused.Status, refused.Url, refused.PermanentUrl));
    }

    private static async Task<FetchResult> Fetch(Uri url)
    {
        using var fetcher = new HttpFetcher(new FetcherOptions { AllowPrivateNetworks = true }, new FakeTimeProvider());
        return await fetcher.Fetch(new FetchRequest(url), Cancellation);
    }
}
