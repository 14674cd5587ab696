using System.Collections;
using System.Text.Json;

namespace Kawaraban.Hosting;

/// <summary>Reads the settings: <c>kawaraban.json</c>, over it the environment, over it the command line.</summary>
/// <remarks>An unknown key is an error, not a shrug: a misspelt setting that silently does nothing is found in production.</remarks>
public static class SettingsReader
{
    /// <summary>The file that is looked for in the working folder.</summary>
    public const string FileName = "kawaraban.json";

    /// <summary>Reads all three places.</summary>
    /// <param name="folder">Where <see cref="FileName"/> may lie.</param>
    /// <param name="environment">The environment's variables.</param>
    /// <param name="commandLine">Keys and values of the command line, in their order.</param>
    /// <exception cref="SettingsException">A key is unknown or a value wrong.</exception>
    public static Settings Read(string folder, IDictionary environment, IEnumerable<KeyValuePair<string, string>> commandLine)
    {
        var settings = new Settings();
        foreach (var (key, value) in FromFile(Path.Combine(folder, FileName)))
            settings = Apply(settings, SettingsTable.Find(key) ?? throw Unknown(key, FileName), value, $"{FileName}: {key}");
        foreach (var (variable, value) in FromEnvironment(environment))
        {
            var setting = SettingsTable.All.FirstOrDefault(setting => setting.Variable == variable) ?? throw Unknown(variable, "the environment");
            settings = Apply(settings, setting, value, variable);
        }

        foreach (var (key, value) in commandLine)
            settings = Apply(settings, SettingsTable.Find(key) ?? throw Unknown(key, "the command line"), value, key);
        // Which of the two is wrong is seen when all is read.
        return settings is { Push.Hub: not null, Web.PublicUrl: null }
            ? throw new SettingsException("push.hub: our feeds name a hub by an address of their own, so web.public-url has to be set too")
            : ProviderSettings.Problem(settings) is { } problem ? throw new SettingsException(problem)
            : settings;
    }

    private static Settings Apply(Settings settings, Setting setting, string value, string place) =>
        setting.Apply(settings, value) switch
        {
            { Settings: { } applied } => applied,
            var refused => throw new SettingsException($"{place}: \"{setting.Shown(value)}\" {refused.Problem}. It means: {setting.Meaning}"),
        };

    private static IEnumerable<KeyValuePair<string, string>> FromEnvironment(IDictionary environment) =>
        environment.Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""))
            .Where(entry => entry.Key.StartsWith(Setting.VariablePrefix, StringComparison.Ordinal))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal);

    private static List<KeyValuePair<string, string>> FromFile(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new SettingsException($"{path}: the file holds no JSON object");
            List<KeyValuePair<string, string>> pairs = [];
            Flatten(document.RootElement, "", pairs);
            return pairs;
        }
        catch (JsonException e)
        {
            throw new SettingsException($"{path}, line {e.LineNumber + 1}: this is not JSON ({e.Message})");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path}: cannot be read ({e.Message})");
        }
    }

    private static void Flatten(JsonElement element, string prefix, List<KeyValuePair<string, string>> pairs)
    {
        foreach (var member in element.EnumerateObject())
        {
            var key = prefix + member.Name;
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    Flatten(member.Value, key + ".", pairs);
                    break;
                case JsonValueKind.Array:
                    pairs.Add(new(key, string.Join(',', member.Value.EnumerateArray().Select(item => item.ToString()))));
                    break;
                default:
                    pairs.Add(new(key, member.Value.ValueKind is JsonValueKind.True ? "true" : member.Value.ValueKind is JsonValueKind.False ? "false" : member.Value.ToString()));
                    break;
            }
        }
    }

    private static SettingsException Unknown(string key, string place)
    {
        var names = place == "the environment" ? SettingsTable.All.Select(setting => setting.Variable) : SettingsTable.All.Select(setting => setting.Key);
        var nearest = names.MinBy(name => Distance(name, key)) ?? "";
        var hint = Distance(nearest, key) <= Math.Max(2, key.Length / 3) ? $"; did you mean {nearest}?" : "; docs/configuration.md lists all";
        return new SettingsException($"{place}: there is no setting \"{key}\"{hint}");
    }

    // Levenshtein's distance: how many letters must change.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
