using System.Text;
using Kawaraban.Crawling;
using Kawaraban.Fetching;

namespace Kawaraban.Tests.Crawling;

public sealed class RediscoveryTests
{
    private const string Feed = "https://blog.example/old.xml";
    private const string Site = "https://blog.example/";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    // Hours between the visits, what they found (4 nothing there, g gone, d no such name, h a page, x no answer, 5 an error, . the feed), and
    // whether the site was looked at.
    [InlineData(12, "444", true)]
    [InlineData(12, "44", false)]
    [InlineData(11, "444", false)]
    [InlineData(8, "4444", true)]
    [InlineData(12, "4hd", true)]
    [InlineData(12, "4x44", true)]
    [InlineData(12, "4544", false)]
    [InlineData(12, "4.44", false)]
    [InlineData(12, "555555", false)]
    [InlineData(12, "xxxxxx", false)]
    [InlineData(24, "gg", true)]
    public async Task The_site_is_looked_at_when_the_address_is_dead(int hours, string visits, bool isSearched)
    {
        await using var field = new Field(Feed);
        foreach (var visit in visits)
        {
            field.Web = request => Answer(request, visit);
            await field.Crawl(CrawlScope.Of([1]));
            field.Clock.Advance(TimeSpan.FromHours(hours));
        }

        Assert.Equal(isSearched, field.Asked.Any(asked => asked.Url == Site));
        Assert.Equal(isSearched, (await field.Source()).Proposal is not null);
    }

    [Fact]
    public async Task What_is_found_is_proposed_and_adopted_only_when_a_person_says_so()
    {
        await using var field = await Dead();
        var source = await field.Source();
        Assert.Equal((Feed, "failing"), (source.Url, source.Health));
        Assert.Equal(("https://blog.example/new.xml", "Feed"), (source.Proposal?.Url, source.Proposal?.Title));

        var adoption = await field.Registry.Adopt(1, Cancellation);
        Assert.Equal((Feed, "https://blog.example/new.xml", null), (adoption.From, adoption.To, adoption.Problem));
        field.Asked.Clear();
        Assert.Equal(1, (await field.Crawl(CrawlScope.Due)).Visited);
        Assert.Equal("https://blog.example/new.xml", Assert.Single(field.Asked).Url);
        source = await field.Source();
        Assert.Equal(("healthy", null, 0), (source.Health, source.Proposal, source.Failures));
        Assert.Equal($"its address was {Feed} until 2026-11-25 12:00 UTC", source.Notice?.Replace("12:01", "12:00", StringComparison.Ordinal));
        Assert.Equal("no other address is proposed for it", (await field.Registry.Adopt(1, Cancellation)).Problem);
    }

    [Fact]
    public async Task The_site_is_looked_at_once_a_week_at_most()
    {
        await using var field = new Field(Feed);
        field.Web = request => request.Url.AbsoluteUri == Site ? Page(request, "<html>nothing here</html>") : new Refused(request.Url, 404, null, "nothing there");
        for (var visit = 0; visit < 42; visit++)
        {
            await field.Crawl(CrawlScope.Of([1]));
            field.Clock.Advance(TimeSpan.FromHours(12));
        }

        var looks = field.Asked.Where(asked => asked.Url == Site).Select(asked => asked.At).ToList();
        Assert.Equal(3, looks.Count);
        Assert.All(looks.Zip(looks.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromDays(7)));
    }

    [Fact]
    public async Task A_proposal_is_forgotten_when_the_address_lives_again()
    {
        await using var field = await Dead();
        field.Web = request => Answer(request, '.');
        await field.Crawl(CrawlScope.All);
        Assert.Null((await field.Source()).Proposal);
    }

    [Fact]
    public async Task What_is_another_source_already_is_told_and_not_proposed()
    {
        await using var field = await Dead("https://blog.example/new.xml");
        var source = await field.Source();
        Assert.Null(source.Proposal);
        Assert.Equal("its address is dead; the feed on its site, https://blog.example/new.xml, is source 2 already: pause this one if it is not needed", source.Notice);
    }

    [Fact]
    public async Task What_a_visit_brings_from_the_old_address_after_the_new_one_was_adopted_is_dropped()
    {
        await using var field = await Dead();
        var crawl = field.Crawler(async (request, _) =>
        {
            await field.Registry.Adopt(1, Cancellation);
            return Field.Document(request, Field.Rss("stale"), etag: "\"stale\"");
        });
        await crawl.CrawlOnce(CrawlScope.Of([1]), null, Cancellation);
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM sources WHERE etag IS NULL AND url = 'https://blog.example/new.xml'"));
    }

    [Theory]
    [InlineData("https://zenn.dev/p/acme/feed", null, "https://zenn.dev/p/acme/")]
    [InlineData("https://note.com/acme/rss", null, "https://note.com/acme/")]
    [InlineData("https://blog.example/feed/", null, "https://blog.example/")]
    [InlineData("https://blog.example/feed.xml?page=1", null, "https://blog.example/")]
    [InlineData("https://blog.example/?feed=rss2", null, "https://blog.example/")]
    [InlineData("https://blog.example/", null, null)]
    [InlineData("https://feeds.example/acme", "https://acme.example/blog", "https://acme.example/blog")]
    [InlineData("https://a.example/blog/feed", "https://a.example/blog/feed", "https://a.example/blog/")]
    public void The_place_to_look_is_the_site_or_the_folder_in_which_the_feed_lay(string feed, string? site, string? place) =>
        Assert.Equal(place, Rediscovery.Place(new Uri(feed), site is null ? null : new Uri(site))?.AbsoluteUri);

    private static async Task<Field> Dead(params string[] others)
    {
        var field = new Field([Feed, .. others]);
        field.Web = request => Answer(request, '4');
        for (var visit = 0; visit < 3; visit++)
        {
            await field.Crawl(CrawlScope.Of([1]));
            field.Clock.Advance(TimeSpan.FromHours(12));
        }

        return field;
    }

    private static FetchResult Answer(FetchRequest request, char visit) => (request.Url.AbsoluteUri, visit) switch
    {
        (Site, _) => Page(request, "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/new.xml\"></head></html>"),
        (not Feed, _) => Field.Document(request, Field.Rss("one")),
        (_, '4') => new Refused(request.Url, 404, null, "the server answered 404 Not Found"),
        (_, 'g') => new Gone(request.Url, 410, null),
        (_, 'd') => new Unreachable(request.Url, null, null, "dns", "no such name"),
        (_, 'h') => Page(request, "<html>moved</html>"),
        (_, 'x') => new Unreachable(request.Url, null, null, "timeout", "no answer"),
        (_, '5') => new Refused(request.Url, 500, null, "the server answered 500"),
        _ => Field.Document(request, Field.Rss("one")),
    };

    private static Fetched Page(FetchRequest request, string html) =>
        new(request.Url, 200, null, Encoding.UTF8.GetBytes(html), "text/html", null, null);
}
