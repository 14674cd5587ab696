using System.Text;
using Kawaraban.Feeds.Formats;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Tests;

/// <summary>Nothing in a document decides about time, memory or recursion.</summary>
public sealed class HostileInputTests
{
    private const int Million = 1_000_000;

    [Fact]
    public void A_billion_laughs_are_never_expanded()
    {
        var declarations = string.Concat(Enumerable.Range(1, 9).Select(level => $"<!ENTITY lol{level} \"{string.Concat(Enumerable.Repeat($"&lol{level - 1};", 10))}\">"));
        var (feed, allocated) = Measure($"<!DOCTYPE lolz [<!ENTITY lol0 \"lol\">{declarations}]><rss version=\"2.0\"><channel><title>&lol9;</title></channel></rss>");
        Assert.Equal("&lol9;", feed.Title);
        Assert.InRange(allocated, 0, Million);
        Read.HasRepair(feed, "undefined-entity");
    }

    [Fact]
    public void An_external_entity_is_never_fetched() =>
        Assert.Equal("&secret;", Read.Text("<!DOCTYPE rss [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]><rss version='2.0'><channel><title>&secret;</title></channel></rss>").Title);

    /// <summary>Each is the first item's neighbour: what comes before it must survive.</summary>
    public static TheoryData<string, string> Neighbours => new()
    {
        { "a million elements nested in each other", Repeated("<x>", Million) },
        { "a million elements nested and closed", Repeated("<x>", Million) + Repeated("</x>", Million) },
        { "a million elements nested in a title", "<item><title>" + Repeated("<b>", Million) },
        { "a million elements nested in a content", "<item><description>" + Repeated("<b>", Million) + "</description></item>" },
        { "a million channels", Repeated("<channel>", Million) },
        { "a million items in each other", Repeated("<item>", Million) },
        { "a million media groups in each other", "<item>" + Repeated("<media:group>", Million) },
        { "a million end tags", Repeated("</x>", Million) },
        { "two megabytes of an attribute", "<item><link href=\"" + new string('a', 2 * Million) + "\"/></item>" },
        { "an attribute without an end", "<item><link href=\"" + new string('a', 2 * Million) },
        { "a million attributes", "<item " + Repeated("a='b' ", Million) + "><title>t</title></item>" },
        { "a million attributes without an end", "<item " + Repeated("a='", Million) },
        { "a CDATA section without an end", "<item><description><![CDATA[" + new string('a', 2 * Million) },
        { "a comment without an end", "<!--" + new string('a', 2 * Million) },
        { "an instruction without an end", "<?" + new string('a', 2 * Million) },
        { "a document type without an end", "<!DOCTYPE [" + new string('a', 2 * Million) },
        { "a million beginnings of comments", Repeated("<!--", Million) },
        { "a million beginnings of comments that end", Repeated("<!-- >", Million) },
        { "a million beginnings of CDATA sections", Repeated("<![CDATA[", Million) },
        { "a million beginnings of instructions", Repeated("<?a ", Million) },
        { "a million instructions without their mark", Repeated("<?a>", Million) },
        { "a million document types", Repeated("<!DOCTYPE [\"", Million) },
        { "a million quotation marks", "<item a=" + Repeated("\"'", Million) },
        { "a million less-than signs", "<item><title>" + Repeated("< ", Million) + "</title></item>" },
        { "a million ampersands", "<item><title>" + Repeated("&", Million) + "</title></item>" },
        { "a million tags without an end in a title", "<item><title><![CDATA[" + Repeated("<a ", Million) + "]]></title></item>" },
        { "a million authors without an end", "<item>" + Repeated("<author><x>", Million) },
        { "a million pictures without an end", "<item>" + Repeated("<image><x>", Million) },
        { "a name of two megabytes", "<" + new string('a', 2 * Million) },
        { "a million prefixes", Repeated("<a:b xmlns:a='c'>", Million) },
    };

    [Theory]
    [MemberData(nameof(Neighbours))]
    public void What_came_before_survives_and_no_byte_is_read_more_often_than_a_few_times(string what, string neighbour)
    {
        var document = Encoding.UTF8.GetBytes(Read.InChannel("<item><title>survivor</title></item>" + neighbour));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (entries, read) = CountBytes(document);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(entries[0].Title == "survivor", what);
        Assert.True(read <= 6L * document.Length, $"{what}: {read} bytes were read of {document.Length}");
        // An empty entry is some 250 bytes; nothing else grows with the input but the strings in it.
        Assert.True(allocated <= 16L * document.Length + 300L * entries.Count + 16 * Million, $"{what}: {allocated} bytes for {document.Length}");
    }

    /// <summary>Pieces that, repeated, were or might be read over and over again.</summary>
    public static TheoryData<string> Pieces => new()
    {
        "<item><title>t</title><description>&lt;p&gt;text&lt;/p&gt;</description></item>", "<item><x><title>t</title></item>", "<item><author><name>a</item>", "<x>", "<x a=\"", "<x a='\"'", "</item>",
        "<item><description><b>", "<item><description><b></description></item>", "<![CDATA[ ]]", "<!-- ", "<!DOCTYPE a [ ' ]", "<?a '", "<item><media:group><media:content url='a'>", "</rss><item>", "</channel><y>",
    };

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Twice_as_much_input_is_read_at_most_twice_as_often(string piece)
    {
        var (_, once) = CountBytes(Encoding.UTF8.GetBytes(Read.InChannel(Repeated(piece, 10_000))));
        var (_, twice) = CountBytes(Encoding.UTF8.GetBytes(Read.InChannel(Repeated(piece, 20_000))));
        Assert.InRange(twice, 1, 2 * once + 10_000);
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    public void The_same_holds_after_the_end_of_the_feed(string piece)
    {
        const string Feed = "<rss version=\"2.0\"><channel/></rss>";
        var (_, once) = CountBytes(Encoding.UTF8.GetBytes(Feed + Repeated(piece, 10_000)));
        var (_, twice) = CountBytes(Encoding.UTF8.GetBytes(Feed + Repeated(piece, 20_000)));
        Assert.InRange(twice, 1, 2 * once + 10_000);
    }

    [Fact]
    public void A_long_base_and_many_short_addresses_do_not_multiply()
    {
        var links = Repeated("&lt;a href=b&gt;", 100_000);
        var document = $"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/{new string('a', 1000)}/'><entry><content type='html'>{links}</content></entry></feed>";

        // The first time fills the pools. Joined with the base, the addresses alone would take 200 MB.
        Measure(document);
        var (feed, allocated) = Measure(document);
        Assert.Contains("<a href=b>", feed.Entries[0].ContentHtml, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 160 * Million);
    }

    [Fact]
    public void Memory_is_bounded_by_what_is_kept()
    {
        var item = $"<item><title>t</title><description>{new string('x', 2000)}</description></item>";
        var document = Encoding.UTF8.GetBytes(Read.InChannel(Repeated(item, 16_000)));
        Assert.True(document.Length > 32 * Million);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(FeedParser.TryParse(document, null, null, new FeedParserOptions { EntryLimit = 10 }, out var feed, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Million);
        Assert.Equal(10, feed.Entries.Count);
    }

    [Fact]
    public void No_more_is_allocated_than_twice_what_is_returned()
    {
        var item = $"<item><title>A title of a post</title><link>https://blog.example.com/a/post</link><description>&lt;p&gt;{new string('x', 3000)}&lt;/p&gt;</description></item>";
        var document = Read.InChannel(Repeated(item, 1000));
        Measure(document);
        var (feed, allocated) = Measure(document);
        var returned = feed.Entries.Sum(entry => 2L * (entry.Title!.Length + entry.Url!.Length + entry.ContentHtml!.Length));
        Assert.InRange(allocated, returned, 2 * returned);
    }

    private static (Feed Feed, long Allocated) Measure(string document)
    {
        var bytes = Encoding.UTF8.GetBytes(document);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var feed = FeedParser.Parse(bytes);
        return (feed, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static (List<Entry> Entries, long BytesRead) CountBytes(byte[] document)
    {
        var draft = new FeedDraft();
        var repairs = new RepairLog();
        Assert.True(XmlFeed.TryRead(document, null, draft, repairs, out _));
        return (draft.Entries, repairs.BytesRead);
    }

    private static string Repeated(string piece, int times) => new StringBuilder(piece.Length * times).Insert(0, piece, times).ToString();

    [Theory]
    [InlineData("""{"version": "https://jsonfeed.org/version/1.1", "items": [{"\ud83d": 1, "title": "kept"}]}""")]
    [InlineData("""{"version": "https://jsonfeed.org/version/1.1", "\udc00title": "x", "items": [{"\u0074itle": "kept"}]}""")]
    [InlineData("""{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "authors": [{"n\ud800": "x"}], "title": "kept"}]}""")]
    public void Half_of_a_surrogate_pair_in_a_name_of_JSON_is_another_name(string document) =>
        Assert.Equal("kept", Assert.Single(Read.Json(document).Entries).Title);
}
