using System.Reflection;
using System.Text.Json.Nodes;

namespace Kawaraban.Recipes;

/// <summary>The recipes that come with the program, as data: for the platforms and programs that many blogs are written with.</summary>
public static class PlatformRecipes
{
    private const string Folder = "Kawaraban.Recipes.Platforms.";

    private static readonly Lazy<IReadOnlyList<Platform>> All = new(Read);

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => [.. All.Value.Select(platform => platform.Name)];

    /// <summary>The recipe of that name; null when there is none.</summary>
    internal static JsonObject? Find(string? name) => name is null ? null : All.Value.FirstOrDefault(platform => platform.Name == name)?.Recipe;

    /// <summary>Which one fits a source: by its address, else by what its feed says it was written with; null when none does.</summary>
    /// <param name="url">The source's address.</param>
    /// <param name="generator">What wrote its feed, by its own account.</param>
    public static string? Of(Uri url, string? generator)
    {
        ArgumentNullException.ThrowIfNull(url);
        var (host, path) = (url.IdnHost, url.AbsolutePath);
        foreach (var platform in All.Value)
        {
            if (platform.IsAt(host, path))
                return platform.Name;
        }

        if (string.IsNullOrWhiteSpace(generator))
            return null;
        foreach (var platform in All.Value)
        {
            foreach (var pattern in platform.Generators)
            {
                if (Glob.IsMatch(pattern, generator.AsSpan().Trim()))
                    return platform.Name;
            }
        }

        return null;
    }

    private static List<Platform> Read()
    {
        List<Platform> platforms = [];
        var assembly = typeof(PlatformRecipes).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            platforms.Add(Platform.Read(assembly, name));
        return platforms;
    }

    private sealed record Platform(string Name, IReadOnlyList<(string Host, string Path)> Addresses, IReadOnlyList<string> Generators, JsonObject Recipe)
    {
        public bool IsAt(string host, string path)
        {
            foreach (var (wanted, paths) in Addresses)
            {
                var isHost = wanted[0] == '*' ? host.AsSpan().EndsWith(wanted.AsSpan(1), StringComparison.OrdinalIgnoreCase) : host.Equals(wanted, StringComparison.OrdinalIgnoreCase);
                if (isHost && Glob.IsMatch(paths, path))
                    return true;
            }

            return false;
        }

        public static Platform Read(Assembly assembly, string resource)
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var file = JsonNode.Parse(stream)!.AsObject();
            var match = file["match"]!.AsObject();
            var addresses = Texts(match["addresses"]).Select(address => address.Split('/', 2)).Select(parts => (parts[0], "/" + parts[1]));
            return new Platform((string)file["name"]!, [.. addresses], [.. Texts(match["generators"])], file["recipe"]!.AsObject());
        }

        private static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(text => (string)text!) ?? [];
    }
}
