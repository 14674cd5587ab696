using Kawaraban.Catalog;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Storage;

namespace Kawaraban.Office;

/// <summary>The posts.</summary>
/// <param name="Posts">Those that readers see, newest first.</param>
/// <param name="Hidden">Those that they do not see, the latest hidden first; of them alone or of the others one looks.</param>
/// <param name="Words">What was searched for.</param>
/// <param name="IsOfHidden">Whether the hidden ones are looked at.</param>
/// <param name="Older">Where the page with older ones begins; null when there are none.</param>
public sealed record PostsPage(
    OfficeVisit Visit, IReadOnlyList<PostCard> Posts, IReadOnlyList<HiddenPost> Hidden, string Words, bool IsOfHidden, string? Older)
    : OfficePage(Visit, "Posts");

/// <summary>Hiding posts, and showing them again.</summary>
internal sealed class PostsPages(Database database, PostListings listings, AuditTrail audit)
{
    private const string Root = OfficeEndpoints.Root + "/posts";
    private const int Shown = 50;

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root, May.ReadCatalog, List);
        routes.Change(Root + "/{id:long}/hide", May.WritePosts, Each("posts.hide", "is seen by readers no more", (session, id, now) => PostHiding.Hide(session, id, now)));
        routes.Change(Root + "/{id:long}/show", May.WritePosts, Each("posts.show", "is seen by readers again", (session, id, _) => PostHiding.Show(session, id)));
    }

    private async Task<Reply> List(OfficeVisit visit, CancellationToken cancellation)
    {
        var words = visit.Query("q");
        var isOfHidden = visit.Query("which") == "hidden";
        PostsPage page;
        if (isOfHidden)
        {
            page = new PostsPage(visit, [], await listings.Hidden(Shown * 4, cancellation), "", true, null);
        }
        else
        {
            PostCursor? before = PostCursor.TryParse(visit.Query("before"), out var cursor) ? cursor : null;
            var found = await listings.List(words.Length == 0 ? PostFilter.All : new PostFilter(Query: words), before, Shown, cancellation);
            page = new PostsPage(visit, found.Posts, [], words, false, found.Next?.ToString());
        }

        return await OfficePress.Print(Slices.OfficePosts.Create(page), page, cancellation);
    }

    private Func<OfficeVisit, CancellationToken, Task<Reply>> Each(string action, string outcome, Func<Session, long, DateTimeOffset, Task<string?>> change) =>
        async (visit, cancellation) =>
        {
            var id = visit.Id("id");
            var title = await database.Write(
                async session =>
                {
                    var changed = await change(session, id, visit.Now);
                    if (changed is not null)
                        await audit.Add(session, visit.Actor, action, $"post {id}", changed, visit.Field("why") is { Length: > 0 } why ? why : null);
                    return changed;
                },
                cancellation);
            visit.Notice = title is null ? "Nothing was changed: it is so already, or not there." : $"“{title}” {outcome}.";
            return OfficePress.SeeOther(visit.Destination(visit.Field("back")) is var back && back != visit.Link(OfficeEndpoints.Root) ? back : visit.Link(Root));
        };
}
