namespace Kawaraban.Feeds.Tests;

/// <summary>The README's example is the one that is compiled, and prints what the README says.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_example_in_the_README_is_the_one_that_runs()
    {
        var lines = Copy("ReadmeExample.cs").Split('\n').SkipWhile(line => !line.Contains("<example>", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.Contains("</example>", StringComparison.Ordinal)).Select(line => line.Length > 8 ? line[8..] : "");
        Assert.Equal(string.Join('\n', lines), Block("csharp"));
    }

    [Fact]
    public void The_example_prints_what_the_README_says()
    {
        var output = new StringWriter { NewLine = "\n" };
        ReadmeExample.Run(System.Text.Encoding.UTF8.GetBytes(Block("xml")), "application/rss+xml", output);
        Assert.Equal(Block("text"), output.ToString().TrimEnd());
    }

    private static string Copy(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", name)).ReplaceLineEndings("\n");

    private static string Block(string language)
    {
        var readme = Copy("README.md");
        var begin = readme.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return readme[begin..readme.IndexOf("\n```", begin, StringComparison.Ordinal)];
    }
}
