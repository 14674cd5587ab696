using Kawaraban.Fetching;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Fetching;

public sealed class RequestSettingsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("X-Key: 1", "X-Key", "1")]
    [InlineData("x-key:1", "x-key", "1")]
    [InlineData("Cookie: a=b; c=d", "Cookie", "a=b; c=d")]
    [InlineData("Authorization: Basic dTpw", "Authorization", "Basic dTpw")]
    [InlineData("Accept-Language: ja, en;q=0.5", "Accept-Language", "ja, en;q=0.5")]
    [InlineData("Accept: text/xml", "Accept", "text/xml")]
    [InlineData("Referer: https://a.example/", "Referer", "https://a.example/")]
    public void A_header_is_read_as_it_is_written(string text, string name, string value)
    {
        Assert.True(RequestSettings.TryParseHeader(text, out var header, out _));
        Assert.Equal(new RequestHeader(name, value), header);
    }

    [Theory]
    [InlineData("no header")]
    [InlineData(": value")]
    [InlineData("Name:")]
    [InlineData("Na me: value")]
    [InlineData("Näme: value")]
    [InlineData("Name : value")]
    [InlineData("Name: two\r\nLines: 1")]
    [InlineData("Name\r\nLines: 1")]
    [InlineData("Name: nul\0")]
    [InlineData("Name: 日本")]
    [InlineData("Host: b.example")]
    [InlineData("host: b.example")]
    [InlineData("Content-Length: 5")]
    [InlineData("Transfer-Encoding: chunked")]
    [InlineData("Connection: close")]
    [InlineData("Upgrade: h2c")]
    [InlineData("TE: trailers")]
    [InlineData("Expect: 100-continue")]
    [InlineData("Range: bytes=0-1")]
    [InlineData("Accept-Encoding: zstd")]
    [InlineData("If-None-Match: *")]
    [InlineData("User-Agent: Mozilla")]
    [InlineData("Proxy-Authorization: Basic dTpw")]
    [InlineData("Sec-Fetch-Mode: navigate")]
    public void What_would_break_the_message_or_is_ours_to_send_is_refused(string text)
    {
        Assert.False(RequestSettings.TryParseHeader(text, out var header, out var problem));
        Assert.Null(header);
        Assert.NotEmpty(problem);
    }

    [Theory]
    [InlineData("http://a.example/1", "http://a.example/2", true)]
    [InlineData("https://a.example/", "https://A.example:443/", true)]
    [InlineData("http://a.example/", "https://a.example/", true)]
    [InlineData("https://a.example/", "http://a.example/", false)]
    [InlineData("http://a.example/", "http://www.a.example/", false)]
    [InlineData("http://a.example/", "http://a.example:81/", false)]
    [InlineData("http://a.example:81/", "https://a.example/", false)]
    [InlineData("https://a.example/", "https://b.example/", false)]
    public void Headers_are_for_the_server_that_they_were_given_for(string from, string to, bool mayGo) =>
        Assert.Equal(mayGo, RequestSettings.MayCarryHeaders(new Uri(from), new Uri(to)));

    [Fact]
    public async Task A_request_carries_its_headers_and_its_name_in_place_of_ours()
    {
        await using var origin = new RawOrigin(_ => RawOrigin.Ok("x"));
        await Fetch(origin.At("/"), new RequestSettings([new("Cookie", "consent=yes"), new("Accept", "text/xml")], "Friend/1.0"));
        var head = origin.Heads.Single();
        Assert.Contains("\r\nUser-Agent: Friend/1.0\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nAccept: text/xml\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nCookie: consent=yes\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Kawaraban", head, StringComparison.Ordinal);
        Assert.DoesNotContain("application/atom+xml", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_server_sees_none_of_the_headers_even_when_the_way_leads_back()
    {
        RawOrigin? home = null;
        await using var away = new RawOrigin(_ => RawOrigin.Status(302, $"Location: {home!.At("/back")}\r\n"));
        await using var origin = home = new RawOrigin(path => path switch
        {
            "/" => RawOrigin.Status(302, "Location: /near\r\n"),
            "/near" => RawOrigin.Status(302, $"Location: {away.At("/")}\r\n"),
            _ => RawOrigin.Ok("x"),
        });
        Assert.IsType<Fetched>(await Fetch(origin.At("/"), new RequestSettings([new("Cookie", "secret")], null)));
        Assert.Equal(["/ True", "/near True", "/back False"], origin.Heads.Select(head => $"{head.Split(' ')[1]} {head.Contains("secret", StringComparison.Ordinal)}"));
        Assert.DoesNotContain("secret", away.Heads.Single(), StringComparison.Ordinal);
    }

    private static async Task<FetchResult> Fetch(Uri url, RequestSettings settings)
    {
        using var fetcher = new HttpFetcher(new FetcherOptions { AllowPrivateNetworks = true }, new FakeTimeProvider());
        return await fetcher.Fetch(new FetchRequest(url) { Settings = settings }, Cancellation);
    }
}
