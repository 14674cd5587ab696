using System.CommandLine;
using Kawaraban.Hosting;

namespace Kawaraban.Commands;

/// <summary>The options that every verb understands: the settings of the installation.</summary>
public static class CommonOptions
{
    private static readonly Option<string> Database = new("--database")
    {
        Description = "The database: a file's path, or postgres://… (then KAWARABAN_DATABASE hides the password better). [default data/kawaraban.db]",
        HelpName = "PATH|URL",
        Recursive = true,
    };

    private static readonly Option<bool> AllowPrivateNetworks = new("--allow-private-networks")
    {
        Description = "Let the fetcher reach loopback and private addresses: for tests and intranets only.",
        Recursive = true,
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "Any setting, such as --set crawling.gap=5; docs/configuration.md lists them.",
        HelpName = "KEY=VALUE",
        Recursive = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Adds them to the root.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Add(Database);
        root.Add(AllowPrivateNetworks);
        root.Add(Set);
    }

    /// <summary>The settings of this call: file, environment, command line.</summary>
    /// <param name="call">The call.</param>
    /// <param name="more">What options of the verb's own decide.</param>
    /// <exception cref="SettingsException">A key is unknown or a value wrong.</exception>
    public static Settings Settings(ParseResult call, params IEnumerable<KeyValuePair<string, string>> more)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach (var pair in call.GetValue(Set) ?? [])
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new SettingsException($"--set {pair}: write it as KEY=VALUE");
            pairs.Add(new(pair[..equals], pair[(equals + 1)..]));
        }

        if (call.GetValue(Database) is { } database)
            pairs.Add(new("database", database));
        if (call.GetValue(AllowPrivateNetworks))
            pairs.Add(new("fetching.allow-private-networks", "true"));
        pairs.AddRange(more);
        return SettingsReader.Read(Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariables(), pairs);
    }
}
