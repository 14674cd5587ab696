using Kawaraban.Crawling;
using Kawaraban.Fetching;

namespace Kawaraban.Tests.Crawling;

public sealed class RequestTests
{
    private static readonly RequestSettings Settings = new([new RequestHeader("Cookie", "consent=yes")], "Friend/1.0");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_source_is_asked_with_what_was_said_for_it_and_no_other_is()
    {
        await using var field = new Field("https://a.example/", "https://b.example/");
        await field.Registry.SetRequest(1, Settings, Cancellation);
        await field.Crawl(CrawlScope.All);
        var asked = field.Asked.ToDictionary(asked => asked.Url, asked => asked.Request.Settings);
        Assert.Equal(Settings.Headers, asked["https://a.example/"]?.Headers);
        Assert.Equal("Friend/1.0", asked["https://a.example/"]?.UserAgent);
        Assert.Null(asked["https://b.example/"]);

        // What may be secret is not shown.
        var shown = (await field.Source()).Request;
        Assert.Equal("Cookie", Assert.Single(shown?.Headers ?? []));
        Assert.Equal("Friend/1.0", shown?.UserAgent);
        await field.Registry.SetRequest(1, null, Cancellation);
        Assert.Null((await field.Source()).Request);
    }

    [Fact]
    public async Task A_proxy_is_kept_with_its_password_shown_without_and_one_that_is_down_is_a_sentence_of_the_history()
    {
        await using var field = new Field("https://a.example/");
        Assert.True(ProxyAddress.TryParse("socks5://user:secret@proxy.example", out var proxy, out _));
        await field.Registry.SetRequest(1, new RequestSettings([], null) { Proxy = proxy }, Cancellation);
        Assert.Equal("socks5://***@proxy.example:1080", (await field.Source()).Request?.Proxy);
        field.Web = request => new Unreachable(request.Url, null, null, "proxy", $"the proxy {request.Settings?.Proxy} cannot be used");
        await field.Crawl(CrawlScope.All);
        Assert.Equal(proxy, field.Asked.Single().Request.Settings?.Proxy);
        var history = Assert.Single(await field.Registry.History(1, 9, Cancellation));
        Assert.Equal("proxy", history.Outcome);
        Assert.StartsWith("source \"a.example\": the proxy socks5://***@proxy.example:1080 cannot be used; next try", history.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_whose_own_proxy_is_silent_are_no_outage_of_ours()
    {
        await using var field = new Field([.. Enumerable.Range(0, 12).Select(i => $"https://h{i}.example/")]);
        Assert.True(ProxyAddress.TryParse("http://proxy.example", out var proxy, out _));
        await field.Crawl(CrawlScope.All);
        for (var id = 1; id <= 12; id++)
            await field.Registry.SetRequest(id, new RequestSettings([], null) { Proxy = proxy }, Cancellation);
        field.Web = request => new Unreachable(request.Url, null, null, "timeout", "no answer");
        Assert.False((await field.Crawl(CrawlScope.All)).IsOffline);
    }

    [Fact]
    public async Task A_source_with_headers_does_not_follow_a_redirect_to_another_server_by_itself_and_loses_them_when_a_person_says_so()
    {
        await using var field = new Field("https://a.example/");
        await field.Registry.SetRequest(1, Settings, Cancellation);
        field.Web = request => new NotModified(request.Url, 304, new Uri("https://b.example/"), null, null);
        for (var i = 0; i < 4; i++)
        {
            await field.Crawl(CrawlScope.Of([1]));
            field.Clock.Advance(TimeSpan.FromHours(24));
        }

        var source = await field.Source();
        Assert.Equal("https://a.example/", source.Url);
        Assert.EndsWith("kawaraban sources adopt 1 takes the address and drops the headers", source.Notice, StringComparison.Ordinal);
        await field.Registry.Adopt(1, Cancellation);
        source = await field.Source();
        Assert.Equal(("https://b.example/", 0, "Friend/1.0"), (source.Url, source.Request?.Headers.Count, source.Request?.UserAgent));
    }
}
