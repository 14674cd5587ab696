using System.Data.Common;
using System.Globalization;
using Kawaraban.Recipes;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>A post that is there already.</summary>
internal sealed record KeptPost(long Id, long SourceId, long ContentHash, long SortKey, long FirstSeenAt, string CanonicalUrl)
{
    /// <summary>Whether readers do not see it by itself: somebody hid it, or another post stands for it. Listings, search and tags do not have it then.</summary>
    public bool IsHidden { get; init; }
}

/// <summary>Which of a crawl's posts are there already: asked for together, since a question costs more than its answer.</summary>
internal sealed class KnownPosts
{
    // A feed of usual length takes one question.
    private const int Together = 32;

    private const string Columns = "p.id, p.source_id, p.content_hash, p.sort_key, p.first_seen_at, p.canonical_url, coalesce(p.twin_of, p.hidden_at)";

    // The answer says which one it is for by its number: what a database made of a broken text need not be the text.
    private static readonly string Places = string.Join(", ", Enumerable.Range(0, Together).Select(i => string.Create(CultureInfo.InvariantCulture, $"({i}, @k{i})")));

    private static readonly string ByIdentity = $"""
        WITH wanted (place, known) AS (VALUES {Places})
        SELECT w.place, {Columns} FROM wanted w CROSS JOIN posts p WHERE p.source_id = @owner AND p.identity = w.known
        """;

    private static readonly string ByUrl = $"""
        WITH wanted (place, known) AS (VALUES {Places})
        SELECT w.place, {Columns} FROM wanted w CROSS JOIN posts p WHERE p.company_id = @owner AND p.canonical_url = w.known
        """;

    private static readonly string[] Names = [.. Enumerable.Range(0, Together).Select(i => string.Create(CultureInfo.InvariantCulture, $"k{i}")), "owner"];

    private readonly KeptPost?[] found;
    private readonly bool[] isByIdentity;
    private readonly Dictionary<string, KeptPost> added = [];
    private bool hasUrlChanged;

    private KnownPosts(int count) => (found, isByIdentity) = (new KeptPost?[count], new bool[count]);

    /// <summary>How many are not there.</summary>
    public int Missing => found.Count(post => post is null);

    /// <summary>Looks for them: by identity within the source, else by canonical address within the company.</summary>
    public static async Task<KnownPosts> Find(Session session, PostOrigin origin, IReadOnlyList<PostDraft> drafts)
    {
        var known = new KnownPosts(drafts.Count);
        var all = Enumerable.Range(0, drafts.Count).ToArray();
        await known.Ask(session, ByIdentity, origin.SourceId, all, i => drafts[i].Identity);
        for (var i = 0; i < drafts.Count; i++)
            known.isByIdentity[i] = known.found[i] is not null;
        await known.Ask(session, ByUrl, origin.CompanyId, [.. all.Where(i => !known.isByIdentity[i])], i => drafts[i].CanonicalUrl);
        return known;
    }

    /// <summary>The post that a draft is, as it is by now; null when it is new.</summary>
    public async Task<KeptPost?> Of(Session session, PostOrigin origin, IReadOnlyList<PostDraft> drafts, int number)
    {
        if (isByIdentity[number] || !hasUrlChanged)
            return found[number] ?? added.GetValueOrDefault(drafts[number].CanonicalUrl);

        // Addresses have changed hands between the posts of this crawl. That is so rare that it may cost a question each.
        found[number] = null;
        await Ask(session, ByUrl, origin.CompanyId, [number], i => drafts[i].CanonicalUrl);
        return found[number];
    }

    /// <summary>A post was added.</summary>
    public void Added(KeptPost post) => added[post.CanonicalUrl] = post;

    /// <summary>A post was changed.</summary>
    public void Updated(KeptPost before, KeptPost after)
    {
        hasUrlChanged |= before.CanonicalUrl != after.CanonicalUrl;
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i]?.Id == after.Id)
                found[i] = after;
        }

        if (added.TryGetValue(after.CanonicalUrl, out var same) && same.Id == after.Id)
            added[after.CanonicalUrl] = after;
    }

    private async Task Ask(Session session, string sql, long owner, int[] numbers, Func<int, string> known)
    {
        var parameters = new (string Name, object? Value)[Together + 1];
        foreach (var chunk in numbers.Chunk(Together))
        {
            for (var i = 0; i < Together; i++)
                parameters[i] = (Names[i], i < chunk.Length ? known(chunk[i]) : null);
            parameters[Together] = (Names[Together], owner);
            await using var rows = await session.Query(sql, parameters);
            while (await rows.ReadAsync())
                found[chunk[rows.GetInt32(0)]] = Read(rows);
        }
    }

    private static KeptPost Read(DbDataReader row) =>
        new(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetString(6)) { IsHidden = !row.IsDBNull(7) };
}
