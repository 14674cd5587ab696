using System.Reflection;
using NetArchTest.Rules;

namespace Kawaraban.Tests;

/// <summary>The folders stand in the order of the way; each may use those before it and none after.</summary>
public sealed class ArchitectureTests
{
    /// <summary>The order. Commands, Hosting and Sample compose and may use all; nobody may use them.</summary>
    private static readonly string[] Way =
    [
        "Unicode", "Storage", "Fetching", "Sources", "Scheduling", "Recipes", "Search", "Catalog", "Push", "Crawling", "Portal", "Api", "Office",
        "Readers", "Aws",
    ];

    private static readonly string[] Composers = ["Hosting", "Commands", "Sample"];

    private static readonly Assembly Product = typeof(Kawaraban.Storage.Database).Assembly;

    public static TheoryData<string> Folders => [.. Way];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_those_before_it_on_the_way(string folder)
    {
        var forbidden = Way[(Array.IndexOf(Way, folder) + 1)..].Concat(Composers).Select(name => $"Kawaraban.{name}").ToArray();
        var result = Types.InAssembly(Product).That().ResideInNamespace($"Kawaraban.{folder}").ShouldNot().HaveDependencyOnAny(forbidden).GetResult();
        Assert.True(
            result.IsSuccessful,
            $"{folder} may use {string.Join(", ", Way[..Array.IndexOf(Way, folder)])}; these use what comes after: "
            + string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Fact]
    public void Every_folder_has_its_place_on_the_way()
    {
        var known = Way.Concat(Composers).ToHashSet();
        var strangers = Product.GetTypes()
            .Select(type => type.Namespace ?? "")
            .Where(name => name.StartsWith("Kawaraban.", StringComparison.Ordinal) && !name.StartsWith("Kawaraban.Feeds", StringComparison.Ordinal))
            .Select(name => name.Split('.')[1])
            .Distinct()
            .Where(name => !known.Contains(name));
        Assert.Empty(strangers);
    }

    [Fact]
    public void The_rule_sees_what_methods_do_inside()
    {
        // Crawling calls Catalog only inside its methods: a rule that read signatures alone would not notice.
        var result = Types.InAssembly(Product).That().ResideInNamespace("Kawaraban.Crawling").ShouldNot().HaveDependencyOnAny("Kawaraban.Catalog").GetResult();
        Assert.False(result.IsSuccessful);
    }

    [Fact]
    public void The_parser_uses_nobody() =>
        Assert.DoesNotContain(
            typeof(Kawaraban.Feeds.FeedParser).Assembly.GetReferencedAssemblies(),
            name => name.Name is "kawaraban" or "Microsoft.Data.Sqlite" or "System.Net.Http" || name.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
}
