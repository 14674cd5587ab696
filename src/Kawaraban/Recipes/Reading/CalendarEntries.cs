using System.Globalization;
using System.Net;
using System.Text;
using Kawaraban.Feeds;
using Kawaraban.Feeds.Encodings;

namespace Kawaraban.Recipes;

/// <summary>Finds entries in an iCalendar (RFC 5545): its events, each once, whether it recurs or not.</summary>
internal static class CalendarEntries
{
    public static ReadingOutcome Read(CompiledRecipe recipe, ReadOnlyMemory<byte> body, string? contentType, Uri url)
    {
        var text = DocumentText.Decode(body, contentType);
        if (!text.AsSpan().TrimStart().StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
            return ReadingOutcome.None("the document is no iCalendar; it does not begin with BEGIN:VCALENDAR");
        var notes = new RuleNotes();
        List<Entry> entries = [];
        string? name = recipe.Document.Source?.Title;
        Dictionary<string, Line>? ofEvent = null;
        var inner = 0;
        foreach (var line in Lines(text))
        {
            switch (line.Name)
            {
                case "BEGIN" when line.Value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase):
                    (ofEvent, inner) = ([], 0);
                    break;
                case "END" when line.Value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase):
                    if (ofEvent is not null && Event(ofEvent, url, notes) is { } entry && (entry.Url is null || recipe.Entries.Fits(new Uri(entry.Url))))
                        entries.Add(entry);
                    ofEvent = null;
                    break;
                // Alarms have descriptions too.
                case "BEGIN" when ofEvent is not null:
                    inner++;
                    break;
                case "END" when ofEvent is not null:
                    inner--;
                    break;
                case "X-WR-CALNAME":
                    name ??= Unescape(line.Value);
                    break;
                default:
                    if (inner == 0)
                        ofEvent?.TryAdd(line.Name, line);
                    break;
            }

            if (entries.Count == Reading.MostEntries)
                break;
        }

        return ReadingOutcome.Of(new Reading(Reading.AsFeed(entries, name, url, recipe.Document.Source?.Language), [], notes));
    }

    private static Entry? Event(Dictionary<string, Line> lines, Uri url, RuleNotes notes)
    {
        string? Text(string name) => lines.TryGetValue(name, out var line) && Unescape(line.Value) is { Length: > 0 } text ? text : null;
        var title = Text("SUMMARY");
        var at = CanonicalUrl.Web(Text("URL"), url)?.AbsoluteUri;
        if (title is null && at is null)
            return null;
        DateTimeOffset? Instant(string name)
        {
            if (!lines.TryGetValue(name, out var line))
                return null;
            var read = Date(line);
            if (read is null)
                notes.Add("entries", title ?? at, $"{name} \"{line.Value}\" is no date that is known");
            return read;
        }

        var place = Text("LOCATION");
        var description = Text("DESCRIPTION");
        var body = string.Join("\n", new[] { place, description }.OfType<string>());
        return new Entry
        {
            Id = Text("UID"),
            Url = at,
            Title = title,
            // When it takes place is what a reader of events looks for.
            PublishedAt = Instant("DTSTART"),
            ModifiedAt = Instant("LAST-MODIFIED"),
            ContentHtml = body.Length == 0 ? null : WebUtility.HtmlEncode(body).Replace("\n", "<br>", StringComparison.Ordinal),
            Tags = [.. EntryFields.Split(Text("CATEGORIES")).Distinct()],
            Authors = lines.TryGetValue("ORGANIZER", out var organizer) && organizer.Parameter("CN") is { } who ? [new Author(who)] : [],
        };
    }

    // §3.3.4, §3.3.5: a day, a local time (of a zone that TZID names), or UTC.
    private static DateTimeOffset? Date(Line line)
    {
        var value = line.Value.Trim();
        if (DateTime.TryParseExact(value, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out var utc))
            return new DateTimeOffset(utc, TimeSpan.Zero);
        if (!DateTime.TryParseExact(value, ["yyyyMMdd'T'HHmmss", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        var zone = line.Parameter("TZID") is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : TimeZoneInfo.Utc;
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    // §3.3.11.
    private static string Unescape(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
                text.Append(value[i]);
            else
                text.Append(value[++i] is 'n' or 'N' ? '\n' : value[i]);
        }

        return text.ToString().Trim();
    }

    // §3.1: a line that begins with white space goes on with the one before.
    private static IEnumerable<Line> Lines(string text)
    {
        StringBuilder? unfolded = null;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd('\r');
            if (line.Length > 0 && line[0] is ' ' or '\t')
            {
                unfolded?.Append(line, 1, line.Length - 1);
                continue;
            }

            if (unfolded is not null && Line.Parse(unfolded.ToString()) is { } parsed)
                yield return parsed;
            unfolded = new StringBuilder(line);
        }

        if (unfolded is not null && Line.Parse(unfolded.ToString()) is { } last)
            yield return last;
    }

    private sealed record Line(string Name, string Parameters, string Value)
    {
        public static Line? Parse(string text)
        {
            // The colon that ends name and parameters stands outside of quotation marks.
            var isQuoted = false;
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '"')
                    isQuoted = !isQuoted;
                if (text[i] != ':' || isQuoted)
                    continue;
                var semicolon = text.IndexOf(';', StringComparison.Ordinal) is >= 0 and var at && at < i ? at : i;
                return new Line(text[..semicolon].ToUpperInvariant(), text[semicolon..i], text[(i + 1)..]);
            }

            return null;
        }

        public string? Parameter(string name)
        {
            foreach (var one in Parameters.Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                if (one.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))
                    return one[(name.Length + 1)..].Trim('"');
            }

            return null;
        }
    }
}
