using System.Net;
using System.Text;
using System.Xml.Linq;
using Kawaraban.Sample;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Sample;

public sealed class SampleOriginTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly HttpClient http = new();
    private SampleOrigin? origin;

    private SampleOrigin Origin => origin ?? throw new InvalidOperationException("InitializeAsync has not run");

    public async ValueTask InitializeAsync() => origin = await SampleOrigin.Start(new FakeTimeProvider(Noon), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Origin.DisposeAsync();
    }

    [Fact]
    public void There_are_a_dozen_blogs_each_on_a_host_of_its_own()
    {
        Assert.Equal(12, Origin.Blogs.Count);
        Assert.Equal(12, Origin.Blogs.Select(blog => new Uri(blog.FeedUrl).Host).Distinct().Count());
        Assert.Equal(12, Origin.Blogs.Select(blog => blog.CompanyName).Distinct().Count());
    }

    [Fact]
    public async Task Every_site_announces_its_feed()
    {
        foreach (var blog in Origin.Blogs)
        {
            var page = await http.GetStringAsync(blog.SiteUrl, TestContext.Current.CancellationToken);
            Assert.Contains($"href=\"{new Uri(blog.FeedUrl).AbsolutePath}\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_unchanged_feed_answers_304()
    {
        var first = await http.GetAsync(Origin.Blogs[0].FeedUrl, TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, Origin.Blogs[0].FeedUrl);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag ?? throw new InvalidOperationException("no ETag"));
        var second = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("浜風ソフト", "euc-jp")]
    [InlineData("月見運輸", "shift_jis")]
    public async Task The_old_encodings_are_real_bytes(string company, string encoding)
    {
        var bytes = await http.GetByteArrayAsync(Feed(company), TestContext.Current.CancellationToken);
        var text = (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? throw new InvalidOperationException(encoding)).GetString(bytes);
        Assert.Contains("設計", text, StringComparison.Ordinal);
        Assert.Contains($"encoding=\"{encoding}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("設計", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_feeds_in_XML_are_well_formed_but_one()
    {
        var broken = new List<string>();
        foreach (var blog in Origin.Blogs.Where(blog => !blog.FeedUrl.EndsWith(".json", StringComparison.Ordinal)))
        {
            var bytes = await http.GetByteArrayAsync(blog.FeedUrl, TestContext.Current.CancellationToken);
            try
            {
                XDocument.Load(new StreamReader(new MemoryStream(bytes), Encoding.Latin1));
            }
            catch (System.Xml.XmlException)
            {
                broken.Add(blog.CompanyName);
            }
        }

        Assert.Equal(["三日月書林"], broken);
    }

    [Fact]
    public async Task Pages_and_pictures_stand_behind_the_posts()
    {
        var feed = XDocument.Parse(await http.GetStringAsync(Feed("星屑システムズ"), TestContext.Current.CancellationToken));
        var page = await http.GetAsync((string?)feed.Descendants("item").First().Element("link"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var media = XNamespace.Get("http://search.yahoo.com/mrss/");
        var picture = await http.GetStringAsync((string?)feed.Descendants(media + "thumbnail").First().Attribute("url"), TestContext.Current.CancellationToken);
        Assert.Equal("svg", XDocument.Parse(picture).Root?.Name.LocalName);
    }

    [Fact]
    public async Task Dates_lie_in_the_last_months_and_never_in_the_future()
    {
        var feed = XDocument.Parse(await http.GetStringAsync(Feed("星屑システムズ"), TestContext.Current.CancellationToken));
        var dates = feed.Descendants("pubDate").Select(date => DateTimeOffset.Parse(date.Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.All(dates, date => Assert.InRange(date, Noon.AddDays(-125), Noon));
        Assert.Equal(dates.OrderDescending(), dates);
    }

    [Fact]
    public async Task Two_starts_on_one_day_give_the_same_dates()
    {
        var evening = await SampleOrigin.Start(new FakeTimeProvider(Noon.AddHours(9)), TestContext.Current.CancellationToken);
        await using var _ = evening;
        var dates = new List<List<string>>();
        foreach (var each in new[] { Origin, evening })
        {
            var text = await http.GetStringAsync(each.Blogs.Single(blog => blog.CompanyName == "星屑システムズ").FeedUrl, TestContext.Current.CancellationToken);
            dates.Add([.. XDocument.Parse(text).Descendants("pubDate").Select(date => date.Value)]);
        }

        Assert.Equal(dates[0], dates[1]);
    }

    private string Feed(string company) => Origin.Blogs.Single(blog => blog.CompanyName == company).FeedUrl;
}
