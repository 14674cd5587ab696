using System.Text;

namespace Kawaraban.Fuzz;

/// <summary>Damages documents, always in the same way for the same dice.</summary>
internal static class Mutation
{
    /// <summary>No mutated document grows beyond this, in bytes, unless it was larger before.</summary>
    public const int LargestResult = 512 * 1024;

    // What feeds are made of, and what their readers stumble over.
    private static readonly byte[][] s_pieces =
    [
        .. new[]
        {
            "<", ">", "&", "\"", "'", "/", "=", "]]>", "<![CDATA[", "<!--", "-->", "<?xml", "?>", "<!DOCTYPE rss [", "<!ENTITY a \"&a;&a;\">", "&a;", "&#0;", "&#xD800;",
            "&#x1F600;", "&nbsp;", "&lt;p&gt;", "&amp;lt;", "<a ", "<b>", "</b>", "<p", "<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>", "<link>",
            "<link href='", "<description>", "</description>", "<content type='xhtml'>", "<div xmlns='http://www.w3.org/1999/xhtml'>", "<author>", "<name>", "<image>",
            "<channel>", "</channel>", "</rss>", "</feed>", "<rss version='2.0'>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "xmlns:x='y' ", "xml:base='../'", "xml:base='http://[::1'",
            "<media:group>", "<itunes:category text='a'>", "encoding='shift_jis'", "encoding=\"utf-16\"", "mode='base64'", "type='html'", "\\u", "\\ud800", "{\"items\":[", "[[[[", "]}", "null,",
            "1e999", "\uFEFF", "\u0000", "\u0085", "日本語", "é", "href=a ", "srcset=\"a 1x, b 2x\"", "<img src=", "@", "mailto:", "://", "1970-01-01T00:00:00Z",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0xFE, 0xFF], [0x1B, 0x24, 0x42], [0x1B, 0x28, 0x42], [0x80], [0xC2], [0xE3, 0x81], [0xF0, 0x9F], [0xC2, 0x93],
    ];

    /// <summary>A damaged copy of a document.</summary>
    /// <param name="document">The document; it is not changed.</param>
    /// <param name="other">Another one, from which pieces may come.</param>
    /// <param name="dice">Decides everything.</param>
    public static byte[] Of(byte[] document, byte[] other, Random dice)
    {
        var bytes = document;
        for (var times = dice.Next(1, 7); times > 0; times--)
            bytes = Once(bytes, other, dice);
        return bytes;
    }

    private static byte[] Once(byte[] bytes, byte[] other, Random dice)
    {
        var (from, to) = Range(bytes, dice);
        var piece = s_pieces[dice.Next(s_pieces.Length)];
        return dice.Next(12) switch
        {
            0 => Replace(bytes, from, to, []),
            1 => bytes[..from],
            2 or 3 => Replace(bytes, from, from, piece),
            4 => Replace(bytes, from, Math.Min(bytes.Length, from + piece.Length), piece),
            5 => Replace(bytes, from, from, bytes.AsSpan(from, to - from)),
            6 => Replace(bytes, from, from, Cut(other, dice)),
            7 => Replace(bytes, from, from, Repeat(bytes.AsSpan(from, Math.Min(to - from, 200)), dice)),
            8 => Replace(bytes, from, from, Repeat(piece, dice)),
            9 => Substitute(bytes, dice),
            10 => Flip(bytes, dice),
            _ => dice.Next(20) == 0 ? Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes)) : Flip(bytes, dice),
        };
    }

    private static (int From, int To) Range(byte[] bytes, Random dice)
    {
        var from = dice.Next(bytes.Length + 1);
        // Mostly short, sometimes anything.
        var longest = Math.Min(bytes.Length - from, dice.Next(4) == 0 ? bytes.Length : 40);
        return (from, from + dice.Next(longest + 1));
    }

    private static ReadOnlySpan<byte> Cut(byte[] bytes, Random dice)
    {
        var (from, to) = Range(bytes, dice);
        return bytes.AsSpan(from, to - from);
    }

    private static byte[] Replace(byte[] bytes, int from, int to, ReadOnlySpan<byte> by)
    {
        if (bytes.Length - (to - from) + by.Length > Math.Max(bytes.Length, LargestResult))
            return bytes;
        return [.. bytes.AsSpan(0, from), .. by, .. bytes.AsSpan(to)];
    }

    private static byte[] Repeat(ReadOnlySpan<byte> piece, Random dice)
    {
        if (piece.IsEmpty)
            return [];
        var most = LargestResult / 4 / piece.Length;
        var times = dice.Next(10) == 0 ? most : dice.Next(1, 50);
        var repeated = new byte[piece.Length * times];
        for (var i = 0; i < times; i++)
            piece.CopyTo(repeated.AsSpan(i * piece.Length));
        return repeated;
    }

    private static byte[] Substitute(byte[] bytes, Random dice)
    {
        if (bytes.Length == 0)
            return bytes;
        var copy = (byte[])bytes.Clone();
        copy.AsSpan().Replace(bytes[dice.Next(bytes.Length)], bytes[dice.Next(bytes.Length)]);
        return copy;
    }

    private static byte[] Flip(byte[] bytes, Random dice)
    {
        if (bytes.Length == 0)
            return bytes;
        var copy = (byte[])bytes.Clone();
        for (var times = dice.Next(1, 8); times > 0; times--)
            copy[dice.Next(copy.Length)] = (byte)dice.Next(256);
        return copy;
    }
}
