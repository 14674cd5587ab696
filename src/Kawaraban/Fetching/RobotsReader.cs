using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Kawaraban.Fetching;

/// <summary>Reads the lines of a <c>/robots.txt</c> into groups (RFC 9309 §2.1, §2.2), once from the beginning to the end.</summary>
internal sealed class RobotsReader
{
    // The RFC knows no digits and no dot; names of real programs have them (360Spider, MJ12bot), and must not be taken for others.
    private static readonly SearchValues<byte> TokenOctets =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8);

    private readonly Dictionary<string, RobotsGroup> groups = [];
    private readonly List<string> sitemaps = [];
    private readonly List<RobotsGroup> undelayed = [];
    private List<RobotsRule> rules = [];
    private bool isNaming;

    /// <summary>Reads a file.</summary>
    public static RobotsTxt Read(ReadOnlySpan<byte> document)
    {
        var reader = new RobotsReader();
        if (document.StartsWith(Encoding.UTF8.Preamble))
            document = document[Encoding.UTF8.Preamble.Length..];
        while (document.Length > 0)
        {
            var end = document.IndexOfAny((byte)'\r', (byte)'\n');
            reader.Line(end < 0 ? document : document[..end]);
            document = end < 0 ? [] : document[(end + 1)..];
        }

        return new RobotsTxt(reader.groups, reader.sitemaps);
    }

    /// <summary>The product token that a value begins with, in lower case; a star for everybody; empty when there is none.</summary>
    public static string Token(ReadOnlySpan<byte> value)
    {
        if (value is [(byte)'*'] or [(byte)'*', (byte)' ' or (byte)'\t', ..])
            return RobotsTxt.Everybody;
        var end = value.IndexOfAnyExcept(TokenOctets);
        return Encoding.ASCII.GetString(end < 0 ? value : value[..end]).ToLowerInvariant();
    }

    private void Line(ReadOnlySpan<byte> line)
    {
        var comment = line.IndexOf((byte)'#');
        line = Trim(comment < 0 ? line : line[..comment]);
        var colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            // Two words without the colon are what many meant to be a rule; more words, or an unknown first one, are prose.
            colon = line.IndexOfAny((byte)' ', (byte)'\t');
            if (colon < 0 || Trim(line[colon..]).IndexOfAny((byte)' ', (byte)'\t') >= 0)
                return;
        }

        var name = Trim(line[..colon]);
        var value = Trim(line[(colon + 1)..]);
        if (Ascii.EqualsIgnoreCase(name, "user-agent"u8))
            Agent(value);
        else if (Ascii.EqualsIgnoreCase(name, "allow"u8))
            Rule(value, allows: true);
        else if (Ascii.EqualsIgnoreCase(name, "disallow"u8))
            Rule(value, allows: false);
        else if (Ascii.EqualsIgnoreCase(name, "crawl-delay"u8))
            Delay(value);
        else if (Ascii.EqualsIgnoreCase(name, "sitemap"u8) && value.Length > 0)
            sitemaps.Add(Encoding.UTF8.GetString(value));
    }

    private void Agent(ReadOnlySpan<byte> value)
    {
        if (!isNaming)
        {
            // Rules above end a group, and nothing else does: no empty line, no other record (§2.2.4).
            isNaming = true;
            rules = [];
            undelayed.Clear();
        }

        // A name that is none begins a group all the same, for nobody: what follows was not meant for those before.
        if (Token(value) is not { Length: > 0 } token)
            return;
        if (!groups.TryGetValue(token, out var group))
            groups.Add(token, group = new RobotsGroup());
        group.Add(rules);
        undelayed.Add(group);
    }

    private void Rule(ReadOnlySpan<byte> value, bool allows)
    {
        isNaming = false;
        // Without a value a rule is about nothing. Before the first group it is for nobody: such rules are kept where no one looks.
        if (value.Length > 0)
            rules.Add(new RobotsRule(RobotsPattern.Parse(value), allows));
    }

    // For those named so far, and once for each: not a rule of the RFC, so it must not end the naming (§2.2.4).
    private void Delay(ReadOnlySpan<byte> value)
    {
        if (!Utf8Parser.TryParse(value, out double seconds, out _) || !(seconds >= 0))
            return;
        var delay = TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.SecondsPerDay));
        foreach (var group in undelayed)
            group.Slow(delay);
        undelayed.Clear();
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\f\v\0"u8);
}
