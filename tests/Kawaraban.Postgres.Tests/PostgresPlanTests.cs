using System.Text;
using Kawaraban.Catalog;
using Kawaraban.Tests.Catalog;
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
        var plan = await Plan(sql);
        Assert.Contains("Index Scan Backward", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    // The search may be read either way, and which is better hangs on the word.
    [Fact]
    public async Task The_search_reads_the_posts_from_the_newest_on_or_the_index_of_words()
    {
        var plan = await Plan(PostListings.FoundByVector, "SET enable_bitmapscan = off;");
        Assert.True(plan.Contains("Index Scan Backward using post_words_pkey", StringComparison.Ordinal) && !plan.Contains("Sort", StringComparison.Ordinal), plan);
        plan = await Plan(PostListings.FoundByVector, "SET enable_indexscan = off;");
        Assert.True(plan.Contains("Bitmap Index Scan on post_words_by_word", StringComparison.Ordinal), plan);
    }

    private static async Task<string> Plan(string sql, string settings = "")
    {
        await using var shelf = new Shelf();
        await shelf.Keep(await shelf.Source(), [.. Enumerable.Range(0, 50).Select(i => Shelf.Draft($"p{i}", i, text: "word", tags: "tag"))]);
        await shelf.Temporary.Reopen();
        var explained = sql
            .Replace("@before", "9223372036854775807", StringComparison.Ordinal).Replace("@count", "5", StringComparison.Ordinal)
            .Replace("@slug", "'acme'", StringComparison.Ordinal).Replace("@match", "'''word'''", StringComparison.Ordinal)
            .Replace("@phrases", "'[]'", StringComparison.Ordinal).Replace("@forbidden", "'[]'", StringComparison.Ordinal);
        await using var source = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={Storage.PostgresServer.Current.Port};Username=postgres;Database={new Uri(shelf.Temporary.Address).AbsolutePath[1..]};Pooling=false");
        await using var command = source.CreateCommand($"ANALYZE; SET enable_seqscan = off; {settings} EXPLAIN {explained}");
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var plan = new StringBuilder();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            plan.AppendLine(rows.GetString(0));
        return plan.ToString();
    }
}
