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
        foreach (var platform in All.Value)
        {
            if (platform.IsAt(url))
                return platform.Name;
        }

        if (string.IsNullOrWhiteSpace(generator))
            return null;
        foreach (var platform in All.Value)
        {
            if (platform.Generators.Any(pattern => pattern.IsMatch(generator.Trim()) == true))
                return platform.Name;
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

    private sealed record Platform(string Name, IReadOnlyList<(string Host, Pattern Path)> Addresses, IReadOnlyList<Pattern> Generators, JsonObject Recipe)
    {
        public bool IsAt(Uri url)
        {
            foreach (var (host, path) in Addresses)
            {
                var isHost = host[0] == '*' ? url.IdnHost.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase) : url.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase);
                if (isHost && path.IsMatch(url.AbsolutePath) == true)
                    return true;
            }

            return false;
        }

        public static Platform Read(Assembly assembly, string resource)
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var file = JsonNode.Parse(stream)!.AsObject();
            var match = file["match"]!.AsObject();
            var addresses = Texts(match["addresses"]).Select(address => address.Split('/', 2)).Select(parts => (parts[0], Glob("/" + parts[1])));
            return new Platform((string)file["name"]!, [.. addresses], [.. Texts(match["generators"]).Select(Glob)], file["recipe"]!.AsObject());
        }

        private static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(text => (string)text!) ?? [];

        private static Pattern Glob(string text) =>
            Pattern.TryCreate(EntryRules.Glob(text), out var pattern, out var problem) ? pattern : throw new InvalidOperationException($"{text} {problem}");
    }
}
