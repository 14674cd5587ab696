using System.Data.Common;

namespace Kawaraban.Catalog;

/// <summary>A post as it is compared with others.</summary>
internal sealed record TwinPost(
    long Id,
    long SourceId,
    long CompanyId,
    string Company,
    string Url,
    string CanonicalUrl,
    string Title,
    string? Author,
    string? Language,
    string Tags,
    long? PublishedAt,
    long FirstSeenAt,
    long SortKey,
    long? TwinOf,
    bool IsSecond,
    long? PageKey,
    long? TitleKey,
    bool IsGone,
    string Text)
{
    /// <summary>The columns, from <c>posts p JOIN sources s JOIN companies c LEFT JOIN post_texts t</c>.</summary>
    public const string Columns = """
        p.id, p.source_id, p.company_id, c.name, p.url, p.canonical_url, p.title, p.author, p.language, p.tags, p.published_at, p.first_seen_at,
        p.sort_key, p.twin_of, p.is_second, p.page_key, p.title_key, s.status, t.text, p.hidden_at
        """;

    /// <summary>Where they come from.</summary>
    public const string Tables =
        "posts p JOIN sources s ON s.id = p.source_id JOIN companies c ON c.id = p.company_id LEFT JOIN post_texts t ON t.post_id = p.id";

    /// <summary>Whether somebody of the staff hid it from readers.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The post that stands for it; itself when none does.</summary>
    public long GroupId => TwinOf ?? Id;

    /// <summary>The names of its tags.</summary>
    public IReadOnlyList<string> TagNames => Tags.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether it says of itself that it is a copy of what stands at another address.</summary>
    public bool IsDeclaredCopy => PageKey is not null && PageKey != PageAddress.Key(CanonicalUrl) && PageKey != PageAddress.Key(Url);

    /// <summary>What the search has of its text, without the title, tags and author that stand before it.</summary>
    public string Body => SearchedText.WithoutHead(Text, Title, TagNames, Author);

    /// <summary>Reads one.</summary>
    public static TwinPost Read(DbDataReader row)
    {
        string? Maybe(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        long? Number(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
        return new TwinPost(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), Maybe(7), Maybe(8),
            row.GetString(9), Number(10), row.GetInt64(11), row.GetInt64(12), Number(13), row.GetInt64(14) != 0, Number(15), Number(16),
            row.GetString(17) == "gone", Maybe(18) ?? "")
        {
            IsHidden = !row.IsDBNull(19),
        };
    }

    /// <summary>Which of the places of an article stands for all of them: the first in this order.</summary>
    /// <remarks>
    /// A source that still answers before one that is gone for good; the address that others name as the original; the publisher's own site
    /// before a platform; the earlier date; the earlier seen. All of it is known of each post by itself, so that it does not matter in which
    /// order they came.
    /// </remarks>
    public static IComparer<TwinPost> ByRank { get; } = Comparer<TwinPost>.Create((one, other) => Rank(one).CompareTo(Rank(other)));

    private static (bool, bool, bool, long, long, long) Rank(TwinPost post) => (
        post.IsGone, post.IsDeclaredCopy, PageAddress.IsAtPlatform(post.Url), post.PublishedAt ?? long.MaxValue, post.FirstSeenAt, post.Id);
}
