using System.Globalization;
using Kawaraban.Feeds.Dates;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats;

/// <summary>Values that all formats write alike: dates, numbers, people, attributes.</summary>
internal static class Values
{
    /// <summary>Reads a child that holds a date; null, and a repair, when it is none.</summary>
    public static DateTimeOffset? ReadDate(ref ElementCursor cursor, scoped in Element element, TimeSpan? defaultOffset)
    {
        var text = cursor.Characters(cursor.ReadContent(element));
        if (text.IsEmpty)
            return null;
        if (FeedDate.TryParse(text, defaultOffset, out var value))
            return value;
        cursor.Repairs.Note(RepairKind.UnreadableDate, element.Start, text.Length > 64 ? text[..64].ToString() : text.ToString());
        return null;
    }

    /// <summary>Reads a child that holds a whole number that is not negative.</summary>
    public static int? ReadNumber(ref ElementCursor cursor, scoped in Element element) =>
        int.TryParse(cursor.Characters(cursor.ReadContent(element)), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The value of an attribute by its local name, whatever its prefix; null when there is none or nothing in it.</summary>
    public static string? Attribute(ref ElementCursor cursor, scoped in Element element, Name name)
    {
        var value = cursor.Attribute(element, name);
        return value.IsEmpty ? null : new string(value);
    }

    /// <summary>The value of an attribute as an address.</summary>
    public static string? UrlAttribute(ref ElementCursor cursor, scoped in Element element, Name name) =>
        cursor.Url(cursor.RawAttribute(element, name), element.Base);

    /// <summary>The language of an element by its <c>xml:lang</c>, with a hyphen where some write an underscore.</summary>
    public static string? Language(ref ElementCursor cursor, scoped in Element element)
    {
        if (element.AttributesEnd - element.NameStart - element.NameLength < 8)
            return null;
        return Language(Attribute(ref cursor, element, Name.Lang));
    }

    /// <summary>A language tag (RFC 5646), with a hyphen where some write an underscore.</summary>
    public static string? Language(string? tag) => tag?.Replace('_', '-');

    /// <summary>A person as RSS writes one: <c>mail@host (Name)</c>, <c>Name &lt;mail@host&gt;</c>, a name or a mail address.</summary>
    public static Author? Person(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
            return null;
        var at = text.IndexOf('@');
        if (at < 0)
            return new Author(Words.LineOfEither(Unwrap(text)).Text);
        var begin = at;
        while (begin > 0 && IsMailCharacter(text[begin - 1]))
            begin--;
        var end = at + 1;
        while (end < text.Length && IsMailCharacter(text[end]))
            end++;
        if (begin == at || end == at + 1)
            return new Author(Words.LineOfEither(text).Text);
        var mail = new string(text[begin..end].Trim("."));
        var before = text[..begin].TrimEnd(" <([\t").Trim();
        if (before.EndsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            before = before[..^7].TrimEnd(" <([\t");
        var after = text[end..].Trim(" >)]\t\n");
        var name = after.IsEmpty ? before : Unwrap(after.TrimStart("(<[ -,"));
        name = name.Trim(" \t\n\"',");
        return new Author(name.IsEmpty ? null : Words.LineOfEither(name).Text, null, null, mail);
    }

    private static ReadOnlySpan<char> Unwrap(ReadOnlySpan<char> text) =>
        text.Length > 2 && text[0] == '(' && text[^1] == ')' ? text[1..^1].Trim() : text;

    private static bool IsMailCharacter(char unit) => char.IsLetterOrDigit(unit) || unit is '.' or '_' or '-' or '+' or '@' or '%' or '!' or '#';

    /// <summary>A duration as podcasts write one: seconds, or hours, minutes and seconds with colons; in seconds.</summary>
    public static double? Duration(ReadOnlySpan<char> text)
    {
        double total = 0;
        var count = 0;
        foreach (var part in text.Split(':'))
        {
            if (++count > 3 || !double.TryParse(text[part], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
                return null;
            total = total * 60 + value;
        }

        return total;
    }
}
