using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Kawaraban.Tests.Catalog;

namespace Kawaraban.Tests.Portal;

public sealed partial class ServingTests : IAsyncLifetime
{
    private PortalSite? started;

    private PortalSite Site => started ?? throw new InvalidOperationException("InitializeAsync has not run");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        started = await PortalSite.Start();
        await Site.Fill();
    }

    public async ValueTask DisposeAsync() => await Site.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/posts/1")]
    [InlineData("/feed.atom")]
    [InlineData("/tags/設計/feed.json")]
    [InlineData("/sitemap.xml")]
    public async Task What_a_reader_has_already_is_not_sent_again(string path)
    {
        using var first = await Site.Send(path);
        var validator = first.Headers.ETag?.ToString() ?? "";
        using var second = await Site.Send(path, ("If-None-Match", $"\"other\", {validator}"));
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(validator, second.Headers.ETag?.ToString());
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(Cancellation));
        using var other = await Site.Send(path, ("If-None-Match", "\"other\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/feed.rss")]
    [InlineData("/nowhere")]
    public async Task HEAD_says_what_GET_would(string path)
    {
        using var get = await Site.Send(path);
        using var head = await Site.Send(HttpMethod.Head, path);
        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/feed.json")]
    [InlineData("/nowhere")]
    [InlineData("/?before=x")]
    public async Task Every_reply_protects_the_reader(string path)
    {
        using var response = await Site.Send(path);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("strict-origin-when-cross-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("Accept-Language", response.Headers.GetValues("Vary").First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Pages_are_sent_compressed_to_those_who_can(string coding)
    {
        var plain = await Site.Get("/");
        using var response = await Site.Send("/", ("Accept-Encoding", $"deflate, {coding};q=0.9"));
        Assert.Equal([coding], response.Content.Headers.ContentEncoding);
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        await using Stream unpacked = coding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        Assert.Equal(plain, await new StreamReader(unpacked).ReadToEndAsync(Cancellation));
        using var refused = await Site.Send("/", ("Accept-Encoding", $"{coding};q=0"));
        Assert.Empty(refused.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task A_page_is_made_once_in_ten_seconds_for_each_language()
    {
        Assert.Contains("題名0", await Site.Get("/"), StringComparison.Ordinal);
        await Site.Shelf.Keep(await Site.Shelf.Source("globex"), Shelf.Draft("new", 0, "速報"));
        Assert.DoesNotContain("速報", await Site.Get("/"), StringComparison.Ordinal);
        Assert.Contains("速報", await Site.Get("/?lang=en"), StringComparison.Ordinal);
        Site.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Contains("速報", await Site.Get("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_is_the_readers_or_the_one_in_the_address_which_links_then_keep()
    {
        using var english = await Site.Send("/", ("Accept-Language", "fr, en-GB;q=0.8, ja;q=0.5"));
        Assert.Contains("<html lang=\"en\">", await english.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        var page = await Site.Get("/?lang=en");
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("<input type=\"hidden\" name=\"lang\" value=\"en\">", page, StringComparison.Ordinal);
        Assert.All(OwnLink().Matches(page), link => Assert.Contains("lang=", link.Groups[1].Value, StringComparison.Ordinal));
        Assert.All(
            OwnLink().Matches(await Site.Get("/companies/acme")).Where(link => !link.Value.Contains("hreflang", StringComparison.Ordinal)),
            link => Assert.DoesNotContain("lang=", link.Groups[1].Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_style_sheet_has_its_hash_in_its_address_and_is_kept_for_ever()
    {
        var address = Assert.Single(Html.Links(await Site.Get("/"), "stylesheet"));
        using var response = await Site.Send(address);
        Assert.Equal("text/css", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        using var icon = await Site.Send("/favicon.ico");
        Assert.Equal("image/svg+xml", icon.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_broken_database_is_a_page_that_says_so_without_its_path()
    {
        Site.Shelf.Temporary.Run("ALTER TABLE posts RENAME TO lost");
        using var response = await Site.Send("/feed.atom");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var page = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("ただいま準備中です", page, StringComparison.Ordinal);
        Assert.DoesNotContain("lost", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Site.Shelf.Temporary.Address, page, StringComparison.Ordinal);
    }

    [GeneratedRegex("""<a [^>]*href="(/[^"]*)"[^>]*>""")]
    private static partial Regex OwnLink();
}
