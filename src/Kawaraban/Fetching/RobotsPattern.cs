using System.Text;

namespace Kawaraban.Fetching;

/// <summary>The value of a rule: how a path begins; <c>*</c> stands for anything, and a last <c>$</c> for its end (RFC 9309 §2.2.3).</summary>
/// <remarks>
/// Patterns and paths are compared in one spelling (§2.2.2): what is unreserved (RFC 3986 §2.3) stands for itself, what is reserved stays
/// as it was written, everything else is percent-encoded in upper case. A star or dollar of a path is written <c>%2A</c> or <c>%24</c>, as
/// it has to be in a pattern that means it.
/// </remarks>
internal readonly struct RobotsPattern
{
    private readonly byte[] text;
    private readonly bool isWhole;

    private RobotsPattern(byte[] text, bool isWhole) => (this.text, this.isWhole) = (text, isWhole);

    /// <summary>How specific it is: octets, stars and the dollar among them.</summary>
    public int Length => text.Length + (isWhole ? 1 : 0);

    /// <summary>Reads the value of a rule.</summary>
    public static RobotsPattern Parse(ReadOnlySpan<byte> value)
    {
        var isWhole = value is [.., (byte)'$'];
        return new RobotsPattern(Plain(isWhole ? value[..^1] : value, isPattern: true), isWhole);
    }

    /// <summary>Writes a path in the spelling in which it is compared.</summary>
    public static byte[] Plain(string path) => Plain(Encoding.UTF8.GetBytes(path), isPattern: false);

    /// <summary>Whether a path is meant.</summary>
    /// <remarks>
    /// Each piece between two stars is looked for where the last one ended, and never again further on: the first place is as good as
    /// any later one, because what may follow is anything. So the path is walked once, however many stars there are.
    /// </remarks>
    /// <param name="path">As <see cref="Plain(string)"/> writes it.</param>
    public bool Matches(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> rest = text;
        var star = rest.IndexOf((byte)'*');
        if (star < 0)
            return isWhole ? path.SequenceEqual(rest) : path.StartsWith(rest);
        if (!path.StartsWith(rest[..star]))
            return false;
        path = path[star..];
        rest = rest[(star + 1)..];
        while ((star = rest.IndexOf((byte)'*')) >= 0)
        {
            var at = path.IndexOf(rest[..star]);
            if (at < 0)
                return false;
            path = path[(at + star)..];
            rest = rest[(star + 1)..];
        }

        return isWhole ? path.EndsWith(rest) : path.IndexOf(rest) >= 0;
    }

    private static byte[] Plain(ReadOnlySpan<byte> written, bool isPattern)
    {
        var plain = new List<byte>(written.Length);
        for (var i = 0; i < written.Length; i++)
        {
            var octet = written[i];
            if (octet == '%' && i + 2 < written.Length && Digit(written[i + 1]) is < 16 and var high && Digit(written[i + 2]) is < 16 and var low)
            {
                var meant = (byte)((high << 4) | low);
                i += 2;
                if (IsUnreserved(meant))
                    plain.Add(meant);
                else
                    Encode(plain, meant);
            }
            else if (octet == '*' ? isPattern : IsUnreserved(octet) || "/?:@!&'()+,;=#[]".Contains((char)octet))
            {
                plain.Add(octet);
            }
            else
            {
                Encode(plain, octet);
            }
        }

        return [.. plain];
    }

    private static void Encode(List<byte> plain, byte octet)
    {
        plain.Add((byte)'%');
        plain.Add((byte)"0123456789ABCDEF"[octet >> 4]);
        plain.Add((byte)"0123456789ABCDEF"[octet & 0xF]);
    }

    // Beyond 15 it is none.
    private static int Digit(byte octet) => octet switch
    {
        >= (byte)'0' and <= (byte)'9' => octet - '0',
        >= (byte)'A' and <= (byte)'F' => octet - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => octet - 'a' + 10,
        _ => 16,
    };

    private static bool IsUnreserved(byte octet) => char.IsAsciiLetterOrDigit((char)octet) || "-._~".Contains((char)octet);
}
