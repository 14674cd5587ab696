using Kawaraban.Recipes;
using Kawaraban.Search;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>A post that readers do not see.</summary>
/// <param name="Post">The post.</param>
/// <param name="HiddenAt">Since when.</param>
public sealed record HiddenPost(PostCard Post, DateTimeOffset HiddenAt);

/// <summary>Takes posts out of what readers see, and puts them back. Visits go on keeping them as they are published.</summary>
public static class PostHiding
{
    /// <summary>Readers do not see it any more: in no listing, feed, search, count or sitemap. An article that stands at several places is
    /// hidden at all of them.</summary>
    /// <returns>Its title; null when it is not there, or hidden already.</returns>
    public static async Task<string?> Hide(Session session, long postId, DateTimeOffset now)
    {
        if (await Group(session, postId) is not [{ IsHidden: false } standing, ..] group)
            return null;
        foreach (var post in group)
            await session.Execute("UPDATE posts SET hidden_at = @now WHERE id = @id", ("now", now.ToUnixTimeMilliseconds()), ("id", post.Id));
        var tags = new TagChanges();
        await tags.Remove(session, standing.Id);
        await tags.Write(session);
        await SearchIndex.Hide(session, standing.SortKey);
        await Refresh(session, group);
        return standing.Title;
    }

    /// <summary>Readers see it again, at all its places.</summary>
    /// <returns>Its title; null when it is not there, or not hidden.</returns>
    public static async Task<string?> Show(Session session, long postId)
    {
        if (await Group(session, postId) is not [{ IsHidden: true } standing, ..] group)
            return null;
        foreach (var post in group)
            await session.Execute("UPDATE posts SET hidden_at = NULL WHERE id = @id", ("id", post.Id));
        var tags = new TagChanges();
        tags.Add(standing.Id, standing.SortKey, [.. group.SelectMany(post => post.TagNames).DistinctBy(TagName.Slug)]);
        await tags.Write(session);
        await SearchIndex.Show(session, standing.Id, standing.SortKey);
        await Refresh(session, group);
        return standing.Title;
    }

    // The places of an article, the one that stands for all first: found without the locks, then as they are once nobody else writes them.
    private static async Task<IReadOnlyList<TwinPost>> Group(Session session, long postId)
    {
        if (await TwinSearch.Find(session, postId) is not { } post)
            return [];
        await TwinGroup.Lock(session, (await TwinSearch.Group(session, post.GroupId)).Select(member => member.CompanyId));
        return await TwinSearch.Find(session, postId) is { } now ? await TwinSearch.Group(session, now.GroupId) : [];
    }

    private static async Task Refresh(Session session, IEnumerable<TwinPost> group)
    {
        foreach (var companyId in group.Select(post => post.CompanyId).Distinct().Order())
            await CompanyCounts.Refresh(session, companyId);
    }
}
