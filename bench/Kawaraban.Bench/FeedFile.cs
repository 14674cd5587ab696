using System.Text.Json;

namespace Kawaraban.Bench;

/// <summary>A feed in a folder, with the Content-Type it was published under, or one guessed from its name.</summary>
internal sealed record FeedFile(string Name, byte[] Bytes, string ContentType)
{
    /// <summary>The folder of real feeds: <c>real</c> under KAWARABAN_CORPUS, or under <c>shared/corpus</c> beside the repository; null when there is none.</summary>
    public static string? RealFolder()
    {
        if (Environment.GetEnvironmentVariable("KAWARABAN_CORPUS") is { Length: > 0 } corpus)
            return Existing(Path.Combine(corpus, "real"));
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared", "corpus", "real")) is { } real)
                return real;
        }

        return null;
    }

    /// <summary>The feeds in a folder, ordered by name. <c>reference.json</c> is no feed: it says under which type each was published.</summary>
    public static IReadOnlyList<FeedFile> In(string folder)
    {
        var published = PublishedTypes(Path.Combine(folder, "reference.json"));
        var files = new List<FeedFile>();
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (name != "reference.json")
                files.Add(new FeedFile(name, File.ReadAllBytes(path), published.GetValueOrDefault(name) ?? Guess(name)));
        }

        return files;
    }

    private static string Guess(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".rss" => "application/rss+xml",
        ".atom" => "application/atom+xml",
        ".rdf" => "application/rdf+xml",
        ".json" => "application/feed+json",
        ".html" or ".htm" => "text/html",
        _ => "application/xml",
    };

    private static Dictionary<string, string?> PublishedTypes(string path)
    {
        var types = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (!File.Exists(path))
            return types;
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var entry in document.RootElement.EnumerateArray())
            types[Path.GetFileName(entry.GetProperty("file").GetString() ?? "")] = entry.GetProperty("content_type").GetString();
        return types;
    }

    private static string? Existing(string folder) => Directory.Exists(folder) ? folder : null;
}
