using System.Text;
using System.Text.Json;
using CsCheck;
using Kawaraban.Fetching;

namespace Kawaraban.Tests.Fetching;

public sealed class RobotsTxtTests
{
    // Google answers these otherwise than RFC 9309 does: both sides are compared in one spelling (§2.2.2), not as they were written.
    private static readonly HashSet<string> ContraryToTheStandard = ["http://foo.bar/foo/bar/ツ", "http://foo.bar/foo/bar/baz"];

    [Fact]
    public void Every_published_case_is_answered_as_the_standard_has_it()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Corpus.Folder("robots"), "cases.robots.json")));
        List<string> wrong = [];
        var (asked, contrary) = (0, 0);
        foreach (var one in cases.RootElement.EnumerateArray())
        {
            var url = one.GetProperty("url").GetString()!;
            if (one.TryGetProperty("google_only", out _) && ContraryToTheStandard.Contains(url))
            {
                contrary++;
                continue;
            }

            asked++;
            var robots = RobotsTxt.Parse(Encoding.UTF8.GetBytes(one.GetProperty("robots").GetString()!));
            var agent = one.GetProperty("agent").GetString()!;
            if ((url == "" ? robots.IsAllowed(agent, "") : robots.IsAllowed(agent, new Uri(url))) != one.GetProperty("allowed").GetBoolean())
                wrong.Add(one.ToString());
        }

        Assert.Empty(wrong);
        Assert.True(asked >= 109 && contrary == 2, $"{asked} cases were asked, {contrary} left out");
    }

    [Theory]
    [InlineData("/foo/bar/%62%61%7A", "/foo/bar/baz", true)]
    [InlineData("/foo/bar/baz", "/foo/bar/%62%61%7a", true)]
    [InlineData("/a%2Fb", "/a/b", false)]
    [InlineData("/a%2fb", "/a%2Fb", true)]
    [InlineData("/a b", "/a%20b", true)]
    [InlineData("/ツ", "/ツ", true)]
    [InlineData("/100%", "/100%25", true)]
    [InlineData("/price%24", "/price$list", true)]
    [InlineData("/price$list", "/price$list", true)]
    [InlineData("/price$list", "/price", false)]
    [InlineData("/~me/", "/%7Eme/x", true)]
    [InlineData("/*?*sort=", "/list?page=2&sort=up", true)]
    [InlineData("/*?*sort=", "/sort=/list", false)]
    [InlineData("*", "/anything", true)]
    [InlineData("/*$", "/anything", true)]
    [InlineData("/**a", "/bba", true)]
    [InlineData("/a*a$", "/a", false)]
    [InlineData("/a*a$", "/aa", true)]
    [InlineData("page", "/page", false)]
    public void A_rule_is_about_what_begins_like_it_in_one_spelling(string rule, string path, bool isAbout) =>
        Assert.Equal(!isAbout, RobotsTxt.Parse(Encoding.UTF8.GetBytes($"user-agent: *\ndisallow: {rule}")).IsAllowed("any", path));

    [Fact]
    public void A_pattern_matches_as_its_definition_says_whatever_stars_it_has() =>
        Gen.Select(Gen.String["ab*$"].Where(text => text.Length < 12), Gen.String["ab"].Where(text => text.Length < 16)).Sample((pattern, path) =>
            Assert.Equal(
                Means("/" + pattern, "/" + path),
                RobotsPattern.Parse(Encoding.ASCII.GetBytes("/" + pattern)).Matches(RobotsPattern.Plain("/" + path))));

    [Fact]
    public void Thousands_of_stars_cost_one_walk_along_the_path()
    {
        // Tried every way, the first of these rules would outlast the sun.
        var rule = string.Concat(Enumerable.Repeat("*a", 2000));
        var robots = RobotsTxt.Parse(Encoding.ASCII.GetBytes("user-agent: *\n" + string.Concat(Enumerable.Repeat($"disallow: /{rule}b\n", 100))));
        Assert.True(robots.IsAllowed("any", "/" + new string('a', 8000)));
        Assert.False(robots.IsAllowed("any", "/" + new string('a', 8000) + "b"));
    }

    [Fact]
    public void Many_names_over_many_rules_are_not_multiplied()
    {
        var file = new StringBuilder();
        for (var i = 0; i < 12_000; i++)
            file.Append("user-agent: a").Append(i).Append('\n');
        for (var i = 0; i < 12_000; i++)
            file.Append("disallow: /").Append(i).Append('\n');
        var before = GC.GetAllocatedBytesForCurrentThread();
        var robots = RobotsTxt.Parse(Encoding.ASCII.GetBytes(file.ToString()));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50 << 20);
        Assert.False(robots.IsAllowed("a9999", "/11999"));
    }

    [Theory]
    [InlineData("kawaraban", true)]
    [InlineData("KAWARABAN", true)]
    [InlineData("Kawaraban/0.1", true)]
    [InlineData("Kawaraban bot", true)]
    [InlineData("Kawaraban2", false)]
    [InlineData("Kawara", false)]
    [InlineData("*", false)]
    public void A_group_names_us_by_the_whole_product_token(string written, bool isMeant)
    {
        var robots = RobotsTxt.Parse(Encoding.UTF8.GetBytes($"User-agent: {written}\nDisallow: /x"));
        Assert.Equal(isMeant, robots.Names(UserAgent.Product));
        Assert.Equal(!isMeant && written != "*", robots.IsAllowed(UserAgent.Product, "/x"));
    }

    [Fact]
    public void Groups_for_one_agent_are_one_and_what_is_no_record_ends_none()
    {
        var robots = RobotsTxt.Parse("""
            User-agent: a
            User-agent: b

            Crawl-delay: 5
            Host: example.com
            User-agent: c
            # a comment
            Disallow: /1

            User-agent: *
            Disallow: /2
            User-agent: a
            Disallow: /3
            Allow: /3/open
            """u8);
        Assert.Equal([false, true, false, true], Ask("a", "/1", "/2", "/3", "/3/open"));
        Assert.Equal([false, true, true], Ask("c", "/1", "/2", "/3"));
        Assert.Equal([true, false, true], Ask("d", "/1", "/2", "/3"));
        Assert.Equal((5.0, 5.0, null, null), (Delay("a"), Delay("b"), Delay("c"), Delay("d")));

        IEnumerable<bool> Ask(string agent, params string[] paths) => paths.Select(path => robots.IsAllowed(agent, path));
        double? Delay(string agent) => robots.CrawlDelay(agent)?.TotalSeconds;
    }

    [Theory]
    [InlineData("10", 10.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("10 seconds", 10.0)]
    [InlineData("-1", null)]
    [InlineData("NaN", null)]
    [InlineData("slow", null)]
    [InlineData("", null)]
    [InlineData("1e300", 86400.0)]
    public void A_crawl_delay_is_a_number_of_seconds(string written, double? seconds) =>
        Assert.Equal(seconds, RobotsTxt.Parse(Encoding.UTF8.GetBytes($"user-agent: *\ncrawl-delay: {written}\ndisallow: /x")).CrawlDelay("any")?.TotalSeconds);

    [Fact]
    public void Who_is_named_takes_nothing_from_the_group_for_everybody()
    {
        var robots = RobotsTxt.Parse("User-agent: *\nCrawl-delay: 9\nDisallow: /\n\nUser-agent: kawaraban\nDisallow:\n"u8);
        Assert.True(robots.IsAllowed("Kawaraban", "/x"));
        Assert.Null(robots.CrawlDelay("Kawaraban"));
        Assert.Equal(9, robots.CrawlDelay("other")?.TotalSeconds);
    }

    [Fact]
    public void A_name_that_is_none_begins_a_group_for_nobody()
    {
        var robots = RobotsTxt.Parse("User-agent: a\nDisallow: /1\nUser-agent:\nDisallow: /\nUser-agent: (all)\nDisallow: /"u8);
        Assert.True(robots.IsAllowed("a", "/2"));
        Assert.True(robots.IsAllowed("b", "/2"));
    }

    [Fact]
    public void Line_ends_may_be_of_every_kind_in_one_file_and_a_byte_order_mark_before_them()
    {
        byte[] file = [0xEF, 0xBB, 0xBF, .. "User-agent: a\rDisallow: /1\r\nDisallow: /2\n\rDisallow :\t/3 \r\rSitemap: https://a.example/s.xml"u8];
        var robots = RobotsTxt.Parse(file);
        Assert.Equal([false, false, false, true], new[] { "/1", "/2", "/3", "/4" }.Select(path => robots.IsAllowed("a", path)));
        Assert.Equal(["https://a.example/s.xml"], robots.Sitemaps);
    }

    [Fact]
    public void The_file_itself_may_always_be_fetched() =>
        Assert.True(RobotsTxt.Parse("User-agent: *\nDisallow: /"u8).IsAllowed("any", "/robots.txt"));

    [Fact]
    public void Rules_beyond_the_cap_and_the_one_it_cuts_in_two_are_not_read()
    {
        var head = "User-agent: *\nDisallow: /before\n";
        var cut = "Disallow: /cut-in-two";
        var filling = "#" + new string('x', RobotsTxt.MostBytes - head.Length - 12 - 2) + "\n";
        var robots = RobotsTxt.Parse(Encoding.ASCII.GetBytes(head + filling + cut + "\nDisallow: /after\n"));
        Assert.Equal([false, true, true, true], new[] { "/before", "/c", "/cut-in-two", "/after" }.Select(path => robots.IsAllowed("any", path)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<!doctype html>\n<title>Not found</title>\n<p>Disallow: / is what you want?</p>")]
    [InlineData("{\"error\": \"user-agent: *\"}")]
    [InlineData("Disallow: /\n")]
    [InlineData("\0\0\0\u0001\n:\n::\n#\n")]
    public void What_was_never_meant_as_rules_forbids_nothing(string text)
    {
        var robots = RobotsTxt.Parse(Encoding.UTF8.GetBytes(text));
        Assert.True(robots.IsEmpty);
        Assert.True(robots.IsAllowed("any", "/"));
    }

    [Fact]
    public void No_bytes_whatever_are_an_error() =>
        Gen.Byte.Array[0, 200].Sample(bytes => RobotsTxt.Parse([.. "user-agent: *\ndisallow:"u8, .. bytes]).IsAllowed("any", "/%") is var _);

    // Every way, written down as it is defined.
    private static bool Means(string pattern, string path)
    {
        var isWhole = pattern.EndsWith('$');
        return From(isWhole ? pattern[..^1] : pattern, path);

        bool From(string left, string rest) => left switch
        {
            "" => !isWhole || rest == "",
            ['*', ..] => Enumerable.Range(0, rest.Length + 1).Any(skipped => From(left[1..], rest[skipped..])),
            _ => rest.StartsWith(left[0]) && From(left[1..], rest[1..]),
        };
    }
}
