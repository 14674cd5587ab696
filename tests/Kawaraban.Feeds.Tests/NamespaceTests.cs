namespace Kawaraban.Feeds.Tests;

/// <summary>Namespaces are recognised by what they mean, however they are written.</summary>
public sealed class NamespaceTests
{
    [Theory]
    [InlineData("http://www.w3.org/2005/Atom")]
    [InlineData("https://www.w3.org/2005/Atom")]
    [InlineData("http://www.w3.org/2005/Atom/")]
    [InlineData("http://www.w3.org/2005/atom")]
    [InlineData("HTTP://WWW.W3.ORG/2005/ATOM")]
    [InlineData(" http://www.w3.org/2005/Atom ")]
    [InlineData("http://example.com/what-is-this")]
    [InlineData("")]
    public void An_Atom_feed_is_read_in_whatever_namespace_it_says_it_is(string uri)
    {
        var feed = Read.Text($"<feed xmlns=\"{uri}\"><title>t</title><entry><title>e</title><id>urn:1</id></entry></feed>");
        Assert.Equal(("t", "e", "urn:1"), (feed.Title, feed.Entries[0].Title, feed.Entries[0].Id));
    }

    [Fact]
    public void An_Atom_feed_may_have_a_prefix_on_every_element()
    {
        var feed = Read.Text("<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>t</a:title><a:entry><a:title>e</a:title><a:link href='https://a.example/'/></a:entry></a:feed>");
        Assert.Equal((FeedFormat.Atom10, "t", "https://a.example/"), (feed.Format, feed.Title, feed.Entries[0].Url));
    }

    [Theory]
    [InlineData("xmlns:dc=\"http://purl.org/dc/elements/1.1/\"", "dc")]
    [InlineData("xmlns:dc=\"https://purl.org/dc/elements/1.1\"", "dc")]
    [InlineData("xmlns:core=\"http://purl.org/dc/elements/1.1/\"", "core")]
    [InlineData("xmlns:dc=\"http://purl.org/DC/elements/1.0/\"", "dc")]
    [InlineData("xmlns:dc=\"tag:unknown\"", "dc")]
    [InlineData("", "dc")]
    [InlineData("", "DC")]
    public void A_module_is_known_by_its_namespace_and_else_by_its_usual_prefix(string declaration, string prefix)
    {
        var feed = Read.Text($"<rss version='2.0' {declaration}><channel><item><{prefix}:creator>Hanako</{prefix}:creator></item></channel></rss>");
        Assert.Equal("Hanako", Assert.Single(feed.Entries[0].Authors).Name);
    }

    [Fact]
    public void A_prefix_that_is_declared_to_be_something_known_is_that()
    {
        // "dc" is Media RSS here: its title is no title by Dublin Core, but a picture is one.
        var entry = Read.Text("<rss version='2.0' xmlns:dc='http://search.yahoo.com/mrss/'><channel><item><dc:thumbnail url='https://a.example/t.png'/></item></channel></rss>").Entries[0];
        Assert.Equal("https://a.example/t.png", entry.ImageUrl);
    }

    [Fact]
    public void A_declaration_ends_with_its_element()
    {
        var feed = Read.Text("""
            <rss version="2.0"><channel>
            <item><x:creator xmlns:x="http://purl.org/dc/elements/1.1/">Hanako</x:creator><x:creator>nobody</x:creator></item>
            </channel></rss>
            """);
        Assert.Equal("Hanako", Assert.Single(feed.Entries[0].Authors).Name);
        Read.HasRepair(feed, "undeclared-prefix");
    }

    [Fact]
    public void An_element_of_a_foreign_vocabulary_is_not_taken_for_the_feeds_own()
    {
        var entry = Read.Text("<rss version='2.0' xmlns:shop='https://shop.example/ns'><channel><item><title>book</title><shop:title>9.99</shop:title><shop:link>no</shop:link></item></channel></rss>").Entries[0];
        Assert.Equal(("book", null), (entry.Title, entry.Url));
    }

    [Fact]
    public void RSS_2_0_in_a_namespace_is_RSS_2_0()
    {
        var feed = Read.Text("<rss version='2.0' xmlns='http://backend.userland.com/rss2'><channel><item><title>t</title></item></channel></rss>");
        Assert.Equal((FeedFormat.Rss20, "t"), (feed.Format, feed.Entries[0].Title));
    }

    [Fact]
    public void More_declarations_than_anybody_needs_are_as_if_they_were_not_there()
    {
        var declarations = string.Concat(Enumerable.Range(0, 5000).Select(number => $" xmlns:p{number}='urn:{number}'"));
        var feed = Read.Text($"<rss version='2.0'{declarations}><channel><item><title>t</title><p4999:x>y</p4999:x></item></channel></rss>");
        Assert.Equal("t", Assert.Single(feed.Entries).Title);
    }
}
