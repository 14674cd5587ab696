using System.Globalization;
using System.Text;

namespace Kawaraban.Hosting;

/// <summary>Writes the reference of all settings, which stands in <c>docs/configuration.md</c>.</summary>
public static class SettingsReference
{
    /// <summary>The reference, in Markdown.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder("""
            # Configuration

            A setting may stand in `kawaraban.json` in the working folder, in the environment, or on the command line as
            `--set KEY=VALUE`; the later of these wins. In the file, the part before the dot is an object:
            `{ "fetching": { "contact": "https://example.com/about-our-crawler" } }`. A key that does not exist, or a value that cannot
            be, stops the start with a message that names it.

            | key | environment | default | meaning |
            | --- | --- | --- | --- |

            """);
        foreach (var setting in SettingsTable.All)
            text.Append(CultureInfo.InvariantCulture, $"| `{setting.Key}` | `{setting.Variable}` | {setting.Default} | {setting.Meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        return text.ToString();
    }
}
