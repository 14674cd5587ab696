namespace Kawaraban.Bench;

/// <summary>What the command line asks for: a verb, plain words, and options of the form <c>--name</c> or <c>--name=value</c>.</summary>
internal sealed record Call(string Verb, IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>Fewer rounds and smaller inputs: minutes become seconds, figures become rough.</summary>
    public bool IsQuick => Options.ContainsKey("quick");

    /// <summary>The result as JSON on stdout in place of the table.</summary>
    public bool IsJson => Options.ContainsKey("json");

    /// <summary>The call as it was written.</summary>
    public IReadOnlyList<string> Arguments { get; private init; } = [];

    /// <summary>Reads the arguments.</summary>
    public static Call From(string[] arguments)
    {
        var words = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            if (!argument.StartsWith("--", StringComparison.Ordinal))
                words.Add(argument);
            else if (argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                options[argument[2..equals]] = argument[(equals + 1)..];
            else
                options[argument[2..]] = "";
        }

        return new Call(words.Count > 0 ? words[0] : "", [.. words.Skip(1)], options) { Arguments = arguments };
    }

    /// <summary>A whole number among the options.</summary>
    public int Number(string name, int otherwise) =>
        Options.TryGetValue(name, out var text) ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Says how to call the program; exit code 2.</summary>
    public static int Explain()
    {
        Console.Error.WriteLine("""
            dotnet run -c Release --project bench/Kawaraban.Bench -- VERB

              parse [--quick] [--json] [--bdn]       feeds through our parser, XmlReader and two libraries; ratios to XmlReader
              crawl [--quick] [--json] [--feeds=N] [--latency=MS] [--executable=PATH] [--gap=SECONDS]
                                                     whole crawls, cold and warm, against a loopback origin
              recipes [--quick] [--json]             what recipes cost an entry, beside parsing and shaping without one
              grow [--quick] [--json] [--executable=PATH]
                                                     what a visit costs with 1,000, 10,000 and 100,000 sources
              endure [--quick] [--json] [--sources=N] [--hot=N] [--gap=MS] [--limit=SECONDS] [--executable=PATH]
                                                     three processes crawl a rough field on a PostgreSQL of their own and are killed
                                                     at random; fails when anything is lost, doubled or against manners
              search [--quick] [--json] [--posts=N] [--database=URL]
                                                     newest twenty for frequent, middling and rare words over 200,000 posts;
                                                     in a temporary SQLite file or in an empty PostgreSQL database
              twins [--quick] [--json] [--posts=N] [--database=URL]
                                                     what it costs that an article may stand at two places: keys, the question after a
                                                     visit, listings with the mark and without
              origin DIR [--port=N] [--opml=FILE]    serves each feed file in DIR from a loopback address of its own; prints OPML

            Real feeds are taken from the folder in KAWARABAN_CORPUS, or from shared/corpus beside the repository, when there is one.
            """);
        return 2;
    }
}
