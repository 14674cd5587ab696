using Kawaraban.Catalog;
using Kawaraban.Recipes;
using Kawaraban.Storage;
using Kawaraban.Tests.Storage;

namespace Kawaraban.Tests.Catalog;

/// <summary>A database with companies and sources that posts can be kept for.</summary>
public sealed class Shelf : IAsyncDisposable
{
    public static DateTimeOffset Noon { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public TemporaryDatabase Temporary { get; } = new();

    public Database Database => Temporary.Database;

    public PostListings Listings => new(Database);

    public async Task<PostOrigin> Source(string company = "acme", bool keepsFullText = true)
    {
        await Database.Write(
            async session =>
            {
                await session.Execute($"""
                    INSERT INTO companies (slug, name, name_key, created_at) VALUES ('{company}', '{company.ToUpperInvariant()}', '{company}', 0)
                    ON CONFLICT DO NOTHING
                    """);
                await session.Execute("INSERT INTO leases (politeness_key, due_at, ready_at) VALUES ('key', 0, 0) ON CONFLICT DO NOTHING");
                await session.Execute($"""
                    INSERT INTO sources (company_id, url, politeness_key, next_crawl_at, created_at)
                    VALUES ((SELECT id FROM companies WHERE slug = '{company}'), '{Guid.NewGuid()}', 'key', 0, 0)
                    """);
            },
            CancellationToken.None);
        return new PostOrigin(
            Temporary.Value<long>("SELECT max(id) FROM sources"),
            Temporary.Value<long>($"SELECT id FROM companies WHERE slug = '{company}'"),
            keepsFullText);
    }

    public Task<KeptPosts> Keep(PostOrigin origin, params PostDraft[] drafts) => Keep(origin, Noon, drafts);

    public Task<KeptPosts> Keep(PostOrigin origin, DateTimeOffset now, params PostDraft[] drafts) =>
        Database.Write(session => PostWriter.Keep(session, origin, drafts, now), CancellationToken.None);

    public static PostDraft Draft(string name, int minutesAgo = 10, string? title = null, string text = "", params string[] tags) => new(
        Identity: name,
        Url: $"https://acme.example/{name}?utm_source=feed",
        CanonicalUrl: $"https://acme.example/{name}",
        Title: title ?? name,
        Excerpt: text.Length > 100 ? text[..100] : text,
        Text: text,
        PictureUrl: null,
        Author: null,
        Language: null,
        PublishedAt: Noon.AddMinutes(-minutesAgo),
        UpdatedAt: null,
        ReadingMinutes: null,
        Tags: tags);

    public async Task<string> Titles(PostFilter filter, int count = 100) =>
        string.Join(' ', (await Listings.List(filter, null, count, CancellationToken.None)).Posts.Select(post => post.Title));

    public Task<string> Search(string query) => Titles(new PostFilter(Query: query));

    public ValueTask DisposeAsync() => Temporary.DisposeAsync();
}
