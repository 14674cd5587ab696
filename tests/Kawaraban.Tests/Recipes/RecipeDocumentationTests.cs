using System.Text.RegularExpressions;
using Kawaraban.Recipes;

namespace Kawaraban.Tests.Recipes;

public sealed partial class RecipeDocumentationTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "recipes.md"));

    public static TheoryData<string> Examples => [.. Example().Matches(Text).Select(match => match.Groups[1].Value)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_a_recipe(string recipe) =>
        Assert.True(RecipeReader.TryRead(recipe, out _, out var problems), string.Join("; ", problems));

    [Fact]
    public void Every_section_has_an_example()
    {
        using var schema = System.Text.Json.JsonDocument.Parse(RecipeSchema.Text);
        foreach (var section in schema.RootElement.GetProperty("properties").EnumerateObject().Select(member => member.Name).Except(["$schema", "version", "note"]))
            Assert.Contains(Example().Matches(Text), match => match.Groups[1].Value.Contains($"\"{section}\":", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_step_in_code_is_named() =>
        Assert.All(CodeSteps.All, step => Assert.Contains($"`{step.Name}`", Text, StringComparison.Ordinal));

    [GeneratedRegex("```json\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
