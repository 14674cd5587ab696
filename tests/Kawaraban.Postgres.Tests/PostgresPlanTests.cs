using System.Text;
using Kawaraban.Catalog;
using Kawaraban.Tests.Catalog;
using Kawaraban.Tests.Storage;
using Npgsql;

namespace Kawaraban.Tests;

/// <summary>Every listing can be read from an index in its order. That small tables are read whole is forbidden here, to see it.</summary>
public sealed class PostgresPlanTests
{
    [Theory]
    [InlineData(PostListings.Latest)]
    [InlineData(PostListings.OfCompany)]
    [InlineData(PostListings.OfTag)]
    public async Task A_listing_is_read_in_its_order(string sql)
    {
        await using var shelf = new Shelf();
        await shelf.Keep(await shelf.Source(), [.. Enumerable.Range(0, 50).Select(i => Shelf.Draft($"p{i}", i, text: "word", tags: "tag"))]);
        shelf.Temporary.Run("ANALYZE");
        var plan = await Plan(shelf.Temporary, sql);
        Assert.Contains("Index Scan Backward", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_search_reads_the_newest_posts_for_a_common_word_and_the_index_of_words_for_a_rare_one()
    {
        await using var temporary = new TemporaryDatabase();
        await temporary.Database.Read(_ => Task.FromResult(0), TestContext.Current.CancellationToken);
        temporary.Run("""
            INSERT INTO post_words SELECT i, i, array_to_tsvector(ARRAY['common', 'w' || i, 'v' || i % 5000]) FROM generate_series(1, 20000) i;
            ANALYZE post_words;
            """);
        var plan = await Plan(temporary, PostListings.FoundByVector, "common");
        Assert.True(plan.Contains("Index Scan Backward using post_words_pkey", StringComparison.Ordinal), plan);
        plan = await Plan(temporary, PostListings.FoundByVector, "w17");
        Assert.True(plan.Contains("Bitmap Index Scan on post_words_by_word", StringComparison.Ordinal), plan);
        plan = await Plan(temporary, PostListings.NewerFoundByVector.Replace("@before", "0", StringComparison.Ordinal), "v17");
        Assert.True(plan.Contains("Bitmap Index Scan on post_words_by_word", StringComparison.Ordinal), plan);
    }

    private static async Task<string> Plan(TemporaryDatabase temporary, string sql, string word = "word")
    {
        var explained = sql
            .Replace("@before", "9223372036854775807", StringComparison.Ordinal).Replace("@count", "5", StringComparison.Ordinal)
            .Replace("@slug", "'acme'", StringComparison.Ordinal).Replace("@match", $"'''{word}'''", StringComparison.Ordinal)
            .Replace("@phrases", "'[]'", StringComparison.Ordinal).Replace("@forbidden", "'[]'", StringComparison.Ordinal);
        await using var source = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={PostgresServer.Current.Port};Username=postgres;Database={new Uri(temporary.Address).AbsolutePath[1..]};Pooling=false");
        await using var command = source.CreateCommand($"SET enable_seqscan = off; EXPLAIN {explained}");
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var plan = new StringBuilder();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            plan.AppendLine(rows.GetString(0));
        return plan.ToString();
    }
}
