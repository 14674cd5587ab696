using System.Buffers;
using System.Globalization;
using System.Text;

namespace Kawaraban.Portal.Feeds;

/// <summary>Writes XML in UTF-8: what we need of it, without the checks of a general writer, and never a character that XML forbids.</summary>
/// <remarks>
/// Publishers' texts hold anything. XML 1.0 §2.2 has no control characters but tab and line ends, no lone surrogates, no U+FFFE and U+FFFF:
/// they are left out, because escaping them would be just as wrong.
/// </remarks>
internal sealed class XmlOutput
{
    // What cannot be copied as it is: to be escaped, or to be left out.
    private static readonly SearchValues<char> Special = SearchValues.Create([.. Specials()]);

    private readonly ArrayBufferWriter<byte> output = new(32 * 1024);

    /// <summary>Begins a document.</summary>
    public XmlOutput() => output.Write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"u8);

    /// <summary>What has been written.</summary>
    public ReadOnlyMemory<byte> Bytes => output.WrittenMemory;

    /// <summary>Writes markup as it is.</summary>
    public XmlOutput Raw(ReadOnlySpan<byte> markup)
    {
        output.Write(markup);
        return this;
    }

    /// <summary>Writes text, for an element or for an attribute in double quotes.</summary>
    public XmlOutput Text(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var special = text.IndexOfAny(Special);
            Encoding.UTF8.GetBytes(special < 0 ? text : text[..special], output);
            if (special < 0)
                return this;
            var length = 1;
            switch (text[special])
            {
                case '&': output.Write("&amp;"u8); break;
                case '<': output.Write("&lt;"u8); break;
                case '>': output.Write("&gt;"u8); break;
                case '"': output.Write("&quot;"u8); break;
                case var high when char.IsHighSurrogate(high) && special + 1 < text.Length && char.IsLowSurrogate(text[special + 1]):
                    length = 2;
                    Encoding.UTF8.GetBytes(text.Slice(special, 2), output);
                    break;
            }

            text = text[(special + length)..];
        }
    }

    /// <summary>Writes an element that holds text, and a line's end.</summary>
    public XmlOutput Element(ReadOnlySpan<byte> name, ReadOnlySpan<char> text) =>
        Raw("<"u8).Raw(name).Raw(">"u8).Text(text).Raw("</"u8).Raw(name).Raw(">\n"u8);

    /// <summary>Writes an element that holds a moment as RFC 3339 has it.</summary>
    public XmlOutput Moment(ReadOnlySpan<byte> name, DateTimeOffset moment) =>
        Element(name, moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    private static IEnumerable<char> Specials()
    {
        for (var control = '\0'; control < ' '; control++)
        {
            if (control is not ('\t' or '\n' or '\r'))
                yield return control;
        }

        foreach (var character in "&<>\"\uFFFE\uFFFF")
            yield return character;
        for (var surrogate = '\uD800'; surrogate <= '\uDFFF'; surrogate++)
            yield return surrogate;
    }
}
