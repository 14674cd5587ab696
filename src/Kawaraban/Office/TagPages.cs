using Kawaraban.Catalog;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Storage;

namespace Kawaraban.Office;

/// <summary>The tags.</summary>
/// <param name="Tags">Those that are shown.</param>
/// <param name="Words">Only with this in their name.</param>
/// <param name="Slug">The one that somebody wanted to merge, where that did not do.</param>
/// <param name="Into">Into what, as typed.</param>
public sealed record TagsPage(OfficeVisit Visit, IReadOnlyList<TagEntry> Tags, string Words, string Slug, string Into) : OfficePage(Visit, "Tags");

/// <summary>Which tags are one, and which are not shown.</summary>
internal sealed class TagPages(Database database, AuditTrail audit)
{
    private const string Root = OfficeEndpoints.Root + "/tags";
    private const int Shown = 100;

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root, May.ReadCatalog, List);
        routes.Change(Root + "/merge", May.WriteTags, Merge);
        routes.Change(Root + "/part", May.WriteTags, Part);
        routes.Change(Root + "/hide", May.WriteTags, (visit, cancellation) => SetHidden(visit, visit.Now, "tags.hide", "is not shown any more", cancellation));
        routes.Change(Root + "/show", May.WriteTags, (visit, cancellation) => SetHidden(visit, null, "tags.show", "is shown again", cancellation));
    }

    private async Task<Reply> List(OfficeVisit visit, CancellationToken cancellation) =>
        await Print(await Page(visit, visit.Query("q"), "", "", cancellation), cancellation);

    private async Task<Reply> Merge(OfficeVisit visit, CancellationToken cancellation)
    {
        var (slug, into) = (visit.Field("slug"), visit.Field("into"));
        var problem = await database.Write(
            async session =>
            {
                var refused = await TagDecisions.Merge(session, slug, into);
                if (refused is null)
                    await audit.Add(session, visit.Actor, "tags.merge", $"tag {slug}", $"→ {into}");
                return refused;
            },
            cancellation);
        if (problem is not null)
        {
            var page = await Page(visit, visit.Field("q"), slug, into, cancellation);
            return await Print(page with { Problem = $"{slug} stays as it is: “{into}” {problem}.", Status = 422 }, cancellation);
        }

        visit.Notice = $"{slug} is another name of {into} now, for the posts that are there and those that come.";
        return OfficePress.SeeOther(Back(visit));
    }

    private async Task<Reply> Part(OfficeVisit visit, CancellationToken cancellation)
    {
        var slug = visit.Field("slug");
        var isDone = await database.Write(
            async session =>
            {
                var isParted = await TagDecisions.Part(session, slug);
                if (isParted)
                    await audit.Add(session, visit.Actor, "tags.part", $"tag {slug}");
                return isParted;
            },
            cancellation);
        visit.Notice = isDone ? $"Posts that come with {slug} are listed under it again; those that are there stay where they are." : $"{slug} is no other name of a tag.";
        return OfficePress.SeeOther(Back(visit));
    }

    private async Task<Reply> SetHidden(OfficeVisit visit, DateTimeOffset? since, string action, string outcome, CancellationToken cancellation)
    {
        var slug = visit.Field("slug");
        var isDone = await database.Write(
            async session =>
            {
                var isChanged = await TagDecisions.SetHidden(session, slug, since);
                if (isChanged)
                    await audit.Add(session, visit.Actor, action, $"tag {slug}");
                return isChanged;
            },
            cancellation);
        visit.Notice = isDone ? $"{slug} {outcome}." : "There is no such tag.";
        return OfficePress.SeeOther(Back(visit));
    }

    private async Task<TagsPage> Page(OfficeVisit visit, string words, string slug, string into, CancellationToken cancellation) =>
        new(visit, await database.Read(session => TagDecisions.List(session, words, Shown), cancellation), words, slug, into);

    private static string Back(OfficeVisit visit) =>
        visit.Link(Root) + (visit.Field("q") is { Length: > 0 } words ? $"?q={Uri.EscapeDataString(words)}" : "");

    private static Task<Reply> Print(TagsPage page, CancellationToken cancellation) => OfficePress.Print(Slices.OfficeTags.Create(page), page, cancellation);
}
