using System.Text;

namespace Kawaraban.Fetching;

/// <summary>Which part of a host name somebody has registered.</summary>
/// <remarks>
/// The algorithm is that of <see href="https://github.com/publicsuffix/list/wiki/Format">the Public Suffix List</see>.
/// The rules are embedded as sorted lines and are searched as they stand: nothing is parsed, at the start or later. Only the list's ICANN
/// section is used. The private section parts the customers of one platform from each other (<c>github.io</c>, <c>blogspot.com</c>), which
/// is right for cookies and wrong for manners: all of them are the same servers, and one lease must cover them.
/// </remarks>
internal static class PublicSuffixes
{
    private const string Resource = "Kawaraban.Fetching.public-suffixes.txt";

    private static readonly Lazy<ReadOnlyMemory<byte>> Rules = new(Read);

    /// <summary>The registrable domain: the public suffix and one label more.</summary>
    /// <param name="host">A host name in lower case and punycode, without a dot at its end.</param>
    /// <returns>A part of the host; the whole of it when it is a public suffix itself.</returns>
    public static ReadOnlySpan<char> RegistrableDomain(ReadOnlySpan<char> host)
    {
        // From the longest candidate to the shortest, so the first rule that matches is the one that prevails.
        var before = host;
        for (var candidate = host; ;)
        {
            if (Contains("!", candidate))
                return candidate;
            if (Contains("", candidate))
                return before;
            var dot = candidate.IndexOf('.');
            // A single label: the rule "*" prevails.
            if (dot < 0 || Contains("*.", candidate[(dot + 1)..]))
                return before;
            before = candidate;
            candidate = candidate[(dot + 1)..];
        }
    }

    private static bool Contains(ReadOnlySpan<char> mark, ReadOnlySpan<char> name)
    {
        // Longer than any name of the DNS (RFC 1035 §2.3.4): no rule either.
        Span<byte> rule = stackalloc byte[256];
        if (name.Length > 253 || !Ascii.IsValid(name))
            return false;
        var length = Encoding.ASCII.GetBytes(mark, rule);
        length += Encoding.ASCII.GetBytes(name, rule[length..]);
        return Search(Rules.Value.Span, rule[..length]);
    }

    private static bool Search(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> rule)
    {
        while (!lines.IsEmpty)
        {
            var middle = lines.Length / 2;
            var start = lines[..middle].LastIndexOf((byte)'\n') + 1;
            var end = start + lines[start..].IndexOf((byte)'\n');
            var order = rule.SequenceCompareTo(lines[start..end]);
            if (order == 0)
                return true;
            lines = order < 0 ? lines[..start] : lines[(end + 1)..];
        }

        return false;
    }

    private static ReadOnlyMemory<byte> Read()
    {
        using var stream = typeof(PublicSuffixes).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the program was built without {Resource}");
        var text = new byte[stream.Length];
        stream.ReadExactly(text);

        // The licence stands first, in comments.
        var rules = text.AsMemory();
        while (rules.Span.StartsWith("//"u8))
            rules = rules[(rules.Span.IndexOf((byte)'\n') + 1)..];
        return rules;
    }
}
