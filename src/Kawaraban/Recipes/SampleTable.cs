using System.Text.Json;
using Kawaraban.Storage;

namespace Kawaraban.Recipes;

/// <summary>A document that a source's recipe has to give the same posts for, whatever is changed in it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Url">Where it came from.</param>
/// <param name="ContentType">The header it came with.</param>
/// <param name="Body">The bytes as they came.</param>
/// <param name="Pages">Posts' own pages.</param>
/// <param name="Expected">The posts.</param>
/// <param name="At">The moment for which that holds.</param>
/// <param name="Who">Who pinned it.</param>
public sealed record RecipeSample(
    string Name,
    Uri Url,
    string? ContentType,
    ReadOnlyMemory<byte> Body,
    IReadOnlyList<SamplePage> Pages,
    IReadOnlyList<ExpectedPost> Expected,
    DateTimeOffset At,
    string Who)
{
    /// <summary>The greatest number of bytes that is pinned, of a document or of a page.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The greatest number of samples of a source.</summary>
    public const int MostOfSource = 20;
}

/// <summary>The samples of sources.</summary>
/// <param name="database">Where they are kept.</param>
public sealed class SampleTable(Database database)
{
    /// <summary>A source's samples, by name.</summary>
    public Task<IReadOnlyList<RecipeSample>> Of(long sourceId, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<RecipeSample>>(
            async session =>
            {
                List<RecipeSample> samples = [];
                await using var rows = await session.Query(
                    "SELECT name, url, content_type, body, pages, expected, at, who FROM samples WHERE source_id = @sourceId ORDER BY name", ("sourceId", sourceId));
                while (await rows.ReadAsync())
                {
                    samples.Add(new RecipeSample(
                        rows.GetString(0),
                        new Uri(rows.GetString(1)),
                        rows.IsDBNull(2) ? null : rows.GetString(2),
                        Convert.FromBase64String(rows.GetString(3)),
                        JsonSerializer.Deserialize(rows.GetString(4), RecipeJson.Default.SamplePageArray)!,
                        JsonSerializer.Deserialize(rows.GetString(5), RecipeJson.Default.ExpectedPostArray)!,
                        DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(6)),
                        rows.GetString(7)));
                }

                return samples;
            },
            cancellation);

    /// <summary>The sources that have samples.</summary>
    public Task<IReadOnlyList<long>> Sources(CancellationToken cancellation) =>
        database.Read<IReadOnlyList<long>>(
            async session =>
            {
                List<long> ids = [];
                await using var rows = await session.Query("SELECT DISTINCT source_id FROM samples ORDER BY source_id");
                while (await rows.ReadAsync())
                    ids.Add(rows.GetInt64(0));
                return ids;
            },
            cancellation);

    /// <summary>Keeps one, in place of the one of that name.</summary>
    public Task Pin(long sourceId, RecipeSample sample, CancellationToken cancellation) =>
        database.Write(
            session => session.Execute("""
                INSERT INTO samples (source_id, name, url, content_type, body, pages, expected, at, who)
                VALUES (@sourceId, @name, @url, @contentType, @body, @pages, @expected, @at, @who)
                ON CONFLICT (source_id, name) DO UPDATE SET url = excluded.url, content_type = excluded.content_type, body = excluded.body,
                    pages = excluded.pages, expected = excluded.expected, at = excluded.at, who = excluded.who
                """,
                ("sourceId", sourceId),
                ("name", sample.Name),
                ("url", sample.Url.AbsoluteUri),
                ("contentType", sample.ContentType),
                ("body", Convert.ToBase64String(sample.Body.Span)),
                ("pages", JsonSerializer.Serialize([.. sample.Pages], StoredEntry.Relaxed.SamplePageArray)),
                ("expected", JsonSerializer.Serialize([.. sample.Expected], StoredEntry.Relaxed.ExpectedPostArray)),
                ("at", sample.At.ToUnixTimeMilliseconds()),
                ("who", sample.Who)),
            cancellation);

    /// <summary>Drops one.</summary>
    /// <returns>False when there is none of that name.</returns>
    public Task<bool> Unpin(long sourceId, string name, CancellationToken cancellation) =>
        database.Write(
            async session => await session.Execute("DELETE FROM samples WHERE source_id = @sourceId AND name = @name", ("sourceId", sourceId), ("name", name)) > 0,
            cancellation);
}
