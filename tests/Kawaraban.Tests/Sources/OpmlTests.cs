using System.Text;
using Kawaraban.Sources;

namespace Kawaraban.Tests.Sources;

public sealed class OpmlTests
{
    private static OpmlList Read(string text) => Opml.Read(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Feeds_are_found_at_any_depth_and_in_any_spelling()
    {
        var list = Read("""
            <?xml version="1.0"?><!DOCTYPE opml><opml version="1.0"><body>
            <outline text="Folder"><outline text="Deeper"><outline type="rss" text="a" xmlUrl="https://a.example/" htmlUrl="https://a.example/site"/></outline></outline>
            <OUTLINE TEXT="b" XMLURL="https://b.example/" title="B"/>
            </body></opml>
            """);
        Assert.Null(list.Problem);
        Assert.Equal(
            [new OpmlOutline("a", "https://a.example/", "https://a.example/site"), new OpmlOutline("B", "https://b.example/", null)], list.Outlines);
    }

    [Fact]
    public void A_feed_without_an_address_is_told_and_a_folder_is_not()
    {
        var list = Read("""<opml><body><outline text="folder"/><outline type="rss" text="a"/></body></opml>""");
        Assert.Equal([new OpmlOutline("a", null, null)], list.Outlines);
    }

    [Theory]
    [InlineData("a.example/?x=1&y=2", "a.example/?x=1&y=2")]
    [InlineData("a.example/&eacute;", "a.example/é")]
    [InlineData("a.example/?x=1&amp;y=2&z", "a.example/?x=1&y=2&z")]
    public void Ampersands_that_are_none_are_read_as_meant(string written, string meant)
    {
        var list = Read($"""<opml><body><outline xmlUrl="https://{written}"/></body></opml>""");
        Assert.Null(list.Problem);
        Assert.Equal($"https://{meant}", Assert.Single(list.Outlines).XmlUrl);
    }

    [Fact]
    public void Of_a_broken_list_what_was_read_counts_and_the_place_is_named()
    {
        var list = Read("<opml><body>\n<outline xmlUrl=\"https://a.example/\"/>\n<outline xmlUrl=");
        Assert.Single(list.Outlines);
        Assert.Contains("line 3", list.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("<html><body>no</body></html>")]
    public void What_is_no_list_is_called_so(string text) => Assert.Contains("not a list of feeds", Read(text).Problem, StringComparison.Ordinal);

    [Fact]
    public void Entities_of_the_documents_own_are_not_expanded()
    {
        var list = Read("""<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]><opml><body><outline text="&x;" xmlUrl="https://a.example/"/></body></opml>""");
        Assert.All(list.Outlines, outline => Assert.Contains("&x;", outline.Title, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        OpmlOutline[] outlines = [new("日本 & \"co\"", "https://a.example/?x=1&y=2", "https://a.example/"), new("b", "https://b.example/", null)];
        using var stream = new MemoryStream();
        Opml.Write(stream, "名前", outlines);
        Assert.Equal(outlines, Opml.Read(stream.ToArray()).Outlines);
    }
}
