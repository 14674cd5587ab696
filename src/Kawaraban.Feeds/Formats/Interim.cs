using System.Globalization;
using System.Net;
using System.Text;
using Kawaraban.Feeds.Dates;
using Kawaraban.Feeds.Html;

namespace Kawaraban.Feeds.Formats;

/// <summary>Stands in for dates and HTML as long as those folders only declare what they will do. To be deleted with them done.</summary>
internal static class Interim
{
    // Asked once: an exception for every date would be all that a profile shows.
    private static readonly bool s_hasDates = IsThere(() => FeedDate.TryParse("2026-11-23", null, out _));
    private static readonly bool s_hasText = IsThere(() => HtmlText.Extract("<b>a</b>"));
    private static readonly bool s_hasSanitiser = IsThere(() => SafeHtml.Sanitize("<b>a</b>"));

    public static bool TryParseDate(ReadOnlySpan<char> text, TimeSpan? defaultOffset, out DateTimeOffset value)
    {
        if (s_hasDates)
            return FeedDate.TryParse(text, defaultOffset, out value);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }

    public static string Extract(ReadOnlySpan<char> html)
    {
        if (s_hasText)
            return HtmlText.Extract(html);
        var text = new StringBuilder();
        var isInTag = false;
        foreach (var unit in html)
        {
            if (unit is '<' or '>')
                isInTag = unit == '<';
            else if (!isInTag)
                text.Append(unit);
        }

        return WebUtility.HtmlDecode(text.ToString()).Trim();
    }

    public static string Excerpt(ReadOnlySpan<char> html)
    {
        if (s_hasText)
            return HtmlText.Excerpt(html);
        var text = Extract(html);
        return text.Length > 200 ? text[..200] + "…" : text;
    }

    public static string Sanitize(string html) => s_hasSanitiser ? SafeHtml.Sanitize(html) : html;

    private static bool IsThere(Action call)
    {
        try
        {
            call();
            return true;
        }
        catch (NotImplementedException)
        {
            return false;
        }
    }
}
