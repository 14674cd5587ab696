namespace Kawaraban.Tests;

/// <summary>The collection of published feeds and lists that stands beside the repository; without it the tests that need it say so.</summary>
public static class Corpus
{
    public static string Folder(string name)
    {
        var folder = Environment.GetEnvironmentVariable("KAWARABAN_CORPUS") ?? Beside();
        Assert.SkipUnless(folder is not null, "shared/corpus does not stand beside the repository (KAWARABAN_CORPUS names another place)");
        return Path.Combine(folder!, name);
    }

    private static string? Beside()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var corpus = Path.Combine(folder.FullName, "shared", "corpus");
            if (Directory.Exists(corpus))
                return corpus;
        }

        return null;
    }
}
