using Kawaraban.Fetching;

namespace Kawaraban.Tests.Fetching;

public sealed class FeedLinksTests
{
    private static readonly Uri From = new("https://a.example/blog/feed");

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("", null, null)]
    [InlineData("<https://hub.example/>; rel=\"hub\", <https://a.example/feed>; rel=\"self\"", "https://hub.example/", "https://a.example/feed")]
    [InlineData("<https://hub.example/>;rel=hub,<feed2>;rel=self", "https://hub.example/", "https://a.example/blog/feed2")]
    [InlineData("<https://hub.example/>; REL=\"alternate Hub\"", "https://hub.example/", null)]
    [InlineData("<https://1.example/>; rel=hub, <https://2.example/>; rel=hub", "https://1.example/", null)]
    [InlineData("</style,x.css>; rel=preload; title=\"a, <b>; rel=hub\", <https://hub.example/>; rel=hub", "https://hub.example/", null)]
    [InlineData("<https://u:p@hub.example/#x>; rel=hub", "https://hub.example/", null)]
    [InlineData("<javascript:x>; rel=hub, <ftp://x/>; rel=self", null, null)]
    [InlineData("<https://hub.example/>; rel=hubs; title=hub", null, null)]
    [InlineData("<https://hub.example/>; rel=next; rel=hub", null, null)]
    [InlineData("<https://hub.example/; rel=hub", null, null)]
    [InlineData("https://hub.example/; rel=hub", null, null)]
    [InlineData("<<<>>>;;;,,,=\"\\", null, null)]
    public void The_header_is_read_as_RFC_8288_has_it(string? header, string? hub, string? self)
    {
        var links = FeedLinks.Of(header, From);
        Assert.Equal((hub, self), (links.Hub?.AbsoluteUri, links.Self?.AbsoluteUri));
    }
}
