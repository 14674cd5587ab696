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
