namespace Kawaraban.Fuzz;

/// <summary>The documents that are damaged: the fixtures of our tests and, when it stands beside the repository, the corpus.</summary>
internal static class Seeds
{
    private const int LargestSeed = 128 * 1024;

    /// <summary>All of them, in an order that does not change.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Load()
    {
        var seeds = new List<(string, byte[])>();
        foreach (var folder in Folders())
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                if (new FileInfo(path).Length is > 0 and <= LargestSeed && !path.EndsWith("reference.json", StringComparison.Ordinal))
                    seeds.Add((Path.GetFileName(path), File.ReadAllBytes(path)));
            }
        }

        return seeds;
    }

    private static IEnumerable<string> Folders()
    {
        var corpus = Environment.GetEnvironmentVariable("KAWARABAN_CORPUS");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var fixtures = Path.Combine(folder.FullName, "tests", "Kawaraban.Feeds.Tests", "Fixtures");
            if (Directory.Exists(fixtures))
                yield return fixtures;
            var beside = Path.Combine(folder.FullName, "shared", "corpus");
            if (corpus is null && Directory.Exists(beside))
                corpus = beside;
        }

        foreach (var set in new[] { "feedparser", "feedvalidator", "gofeed", "feedsmith", "real" })
        {
            if (corpus is not null && Directory.Exists(Path.Combine(corpus, set)))
                yield return Path.Combine(corpus, set);
        }
    }
}
