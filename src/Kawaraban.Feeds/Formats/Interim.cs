using System.Globalization;
using System.Net;
using System.Text;
using Kawaraban.Feeds.Dates;
using Kawaraban.Feeds.Html;

namespace Kawaraban.Feeds.Formats;

/// <summary>Stands in for dates and HTML as long as those folders only declare what they will do. To be deleted with them done.</summary>
internal static class Interim
{
    public static bool TryParseDate(ReadOnlySpan<char> text, TimeSpan? defaultOffset, out DateTimeOffset value)
    {
        try
        {
            return FeedDate.TryParse(text, defaultOffset, out value);
        }
        catch (NotImplementedException)
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
        }
    }

    public static string Extract(ReadOnlySpan<char> html)
    {
        try
        {
            return HtmlText.Extract(html);
        }
        catch (NotImplementedException)
        {
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
    }

    public static string Excerpt(ReadOnlySpan<char> html)
    {
        try
        {
            return HtmlText.Excerpt(html);
        }
        catch (NotImplementedException)
        {
            var text = Extract(html);
            return text.Length > 200 ? text[..200] + "…" : text;
        }
    }

    public static string Sanitize(string html)
    {
        try
        {
            return SafeHtml.Sanitize(html);
        }
        catch (NotImplementedException)
        {
            return html;
        }
    }
}
