using System.Text;
using Kawaraban.Catalog;
using Microsoft.Data.Sqlite;

namespace Kawaraban.Tests.Catalog;

/// <summary>Every listing is read from an index in its order: none sorts, none reads a whole table.</summary>
public sealed class QueryPlanTests
{
    [Theory]
    [InlineData(nameof(PostListings.Latest))]
    [InlineData(nameof(PostListings.OfCompany))]
    [InlineData(nameof(PostListings.OfTag))]
    [InlineData(nameof(PostListings.FoundByFts5))]
    [InlineData(nameof(PostListings.NewerThanAny))]
    [InlineData(nameof(PostListings.NewerOfCompany))]
    [InlineData(nameof(PostListings.NewerOfTag))]
    [InlineData(nameof(PostListings.NewerFoundByFts5))]
    public async Task A_listing_is_read_in_its_order(string listing)
    {
        var sql = listing switch
        {
            nameof(PostListings.Latest) => PostListings.Latest,
            nameof(PostListings.OfCompany) => PostListings.OfCompany,
            nameof(PostListings.OfTag) => PostListings.OfTag,
            nameof(PostListings.NewerThanAny) => PostListings.NewerThanAny,
            nameof(PostListings.NewerOfCompany) => PostListings.NewerOfCompany,
            nameof(PostListings.NewerOfTag) => PostListings.NewerOfTag,
            nameof(PostListings.NewerFoundByFts5) => PostListings.NewerFoundByFts5,
            _ => PostListings.FoundByFts5,
        };
        var plan = await Plan(sql);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        foreach (var line in plan.Split('\n').Where(line => line.StartsWith("SCAN ", StringComparison.Ordinal)))
            Assert.True(line.Contains("VIRTUAL TABLE", StringComparison.Ordinal), plan);
    }

    [Fact]
    public async Task What_is_due_is_read_from_an_index()
    {
        var plan = await Plan("SELECT politeness_key FROM leases WHERE ready_at <= 1 AND due_at <= 1 ORDER BY ready_at LIMIT 5");
        Assert.Contains("USING INDEX leases_by_ready", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        plan = await Plan("SELECT s.id FROM sources s WHERE s.politeness_key = 'k' AND s.status = 'active' ORDER BY s.next_crawl_at, s.id LIMIT 1");
        Assert.Contains("sources_by_key", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    private static async Task<string> Plan(string sql)
    {
        await using var shelf = new Shelf();
        await shelf.Source();
        using var connection = new SqliteConnection($"Data Source={shelf.Temporary.Address};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in (string[])["before", "count", "slug", "match", "phrases", "forbidden"])
            command.Parameters.AddWithValue(name, name is "match" ? "\"x\"" : name is "phrases" or "forbidden" ? "[]" : 1);
        using var reader = command.ExecuteReader();
        var plan = new StringBuilder();
        while (reader.Read())
            plan.Append(reader.GetString(3)).Append('\n');
        return plan.ToString();
    }
}
