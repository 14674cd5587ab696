using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kawaraban.Feeds.Html;

namespace Kawaraban.Feeds.Formats;

/// <summary>Writes a <see cref="Feed"/> as JSON Feed 1.1 (<see href="https://www.jsonfeed.org/version/1.1/"/>).</summary>
/// <remarks>
/// What the format has no room for stands in an extension, <c>_kawaraban</c>: <c>format</c>, <c>encoding</c>, <c>repairs</c> (each with
/// <c>code</c>, <c>position</c> in bytes and <c>sentence</c>), <c>update</c> (<c>ttl_minutes</c>, <c>skip_hours</c>, <c>skip_days</c>,
/// <c>period</c>, <c>frequency</c>, <c>base</c>), <c>hubs</c>, <c>generator</c>, <c>rights</c> and <c>updated</c>. An item has one where its modules
/// said something: <c>comments_url</c>, <c>comments_feed_url</c>, <c>comment_count</c>, <c>in_reply_to</c>, <c>department</c>, <c>bookmark_count</c>,
/// <c>location</c> (<c>latitude</c>, <c>longitude</c>, <c>name</c>), <c>transcript_url</c> and <c>chapters_url</c>.
/// </remarks>
public static class JsonFeedWriter
{
    // HTML up to this length is its own summary; of more, an excerpt is made.
    private const int LongestOwnSummary = 2000;

    /// <summary>Writes a feed.</summary>
    /// <param name="output">Where the bytes go, in UTF-8 without a byte order mark.</param>
    /// <param name="feed">The feed.</param>
    /// <param name="options">How to write; <see cref="JsonFeedWriterOptions.Default"/> when null.</param>
    public static void Write(IBufferWriter<byte> output, Feed feed, JsonFeedWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(feed);
        options ??= JsonFeedWriterOptions.Default;
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions
        {
            // The output is JSON, not a part of an HTML page: Japanese stays legible.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Indented = options.IsIndented,
        });
        json.WriteStartObject();
        json.WriteString("version"u8, "https://jsonfeed.org/version/1.1");
        json.WriteString("title"u8, feed.Title ?? "");
        WriteText(json, "home_page_url"u8, feed.HomePageUrl);
        WriteText(json, "feed_url"u8, feed.FeedUrl);
        WriteText(json, "description"u8, feed.Description);
        WriteText(json, "icon"u8, feed.IconUrl);
        WriteText(json, "favicon"u8, feed.FaviconUrl);
        WriteAuthors(json, feed.Authors);
        WriteText(json, "language"u8, feed.Language);
        WriteHubs(json, feed);
        json.WriteStartArray("items"u8);
        foreach (var entry in feed.Entries)
            WriteEntry(json, entry, options);
        json.WriteEndArray();
        if (options.HasExtension)
            WriteExtension(json, feed);
        json.WriteEndObject();
    }

    private static void WriteHubs(Utf8JsonWriter json, Feed feed)
    {
        if (feed.Hubs.Count == 0)
            return;
        json.WriteStartArray("hubs"u8);
        foreach (var hub in feed.Hubs)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "WebSub");
            json.WriteString("url"u8, hub);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, Entry entry, JsonFeedWriterOptions options)
    {
        json.WriteStartObject();
        WriteText(json, "id"u8, entry.Id ?? entry.Url);
        WriteText(json, "url"u8, entry.Url);
        WriteText(json, "external_url"u8, entry.ExternalUrl);
        WriteText(json, "title"u8, entry.Title ?? Clean(entry.TitleHtml, options));
        var html = Clean(entry.ContentHtml, options);
        WriteText(json, "content_html"u8, html);
        WriteText(json, "content_text"u8, entry.ContentText);
        WriteText(json, "summary"u8, Summary(entry, html, options));
        WriteText(json, "image"u8, entry.ImageUrl);
        WriteDate(json, "date_published"u8, entry.PublishedAt);
        WriteDate(json, "date_modified"u8, entry.ModifiedAt);
        WriteAuthors(json, entry.Authors);
        if (entry.Tags.Count > 0)
        {
            json.WriteStartArray("tags"u8);
            foreach (var tag in entry.Tags)
                json.WriteStringValue(tag);
            json.WriteEndArray();
        }

        WriteText(json, "language"u8, entry.Language);
        WriteAttachments(json, entry.Attachments);
        if (options.HasExtension)
            WriteExtension(json, entry);
        json.WriteEndObject();
    }

    private static void WriteExtension(Utf8JsonWriter json, Entry entry)
    {
        if (entry is
            {
                CommentsUrl: null, CommentsFeedUrl: null, CommentCount: null, InReplyTo: null, Department: null, BookmarkCount: null, Location: null,
                TranscriptUrl: null, ChaptersUrl: null,
            })
            return;
        json.WriteStartObject("_kawaraban"u8);
        WriteText(json, "comments_url"u8, entry.CommentsUrl);
        WriteText(json, "comments_feed_url"u8, entry.CommentsFeedUrl);
        if (entry.CommentCount is { } comments)
            json.WriteNumber("comment_count"u8, comments);
        WriteText(json, "in_reply_to"u8, entry.InReplyTo);
        WriteText(json, "department"u8, entry.Department);
        if (entry.BookmarkCount is { } bookmarks)
            json.WriteNumber("bookmark_count"u8, bookmarks);
        if (entry.Location is { } location)
        {
            json.WriteStartObject("location"u8);
            json.WriteNumber("latitude"u8, location.Latitude);
            json.WriteNumber("longitude"u8, location.Longitude);
            WriteText(json, "name"u8, location.Name);
            json.WriteEndObject();
        }

        WriteText(json, "transcript_url"u8, entry.TranscriptUrl);
        WriteText(json, "chapters_url"u8, entry.ChaptersUrl);
        json.WriteEndObject();
    }

    /// <summary>The publisher's summary; else a short content is its own, and of a long one an excerpt is made.</summary>
    private static string? Summary(Entry entry, string? cleanHtml, JsonFeedWriterOptions options)
    {
        if (entry.Summary is { } summary)
        {
            // What has no markup left is written as the plain text that the format asks for.
            var clean = Clean(summary, options) ?? "";
            return clean.Contains('<', StringComparison.Ordinal) || !clean.Contains('&', StringComparison.Ordinal) ? clean : System.Net.WebUtility.HtmlDecode(clean);
        }

        if (cleanHtml is null)
            return entry.ContentText is null || entry.ContentText.Length <= LongestOwnSummary ? entry.ContentText : HtmlText.Excerpt(System.Net.WebUtility.HtmlEncode(entry.ContentText));
        return cleanHtml.Length <= LongestOwnSummary ? cleanHtml : HtmlText.Excerpt(cleanHtml);
    }

    private static string? Clean(string? html, JsonFeedWriterOptions options) =>
        html is null || !options.IsSanitised || html.AsSpan().IndexOfAny('<', '&') < 0 ? html : SafeHtml.Sanitize(html);

    private static void WriteAttachments(Utf8JsonWriter json, IReadOnlyList<Attachment> attachments)
    {
        if (attachments.Count == 0)
            return;
        json.WriteStartArray("attachments"u8);
        foreach (var attachment in attachments)
        {
            json.WriteStartObject();
            json.WriteString("url"u8, attachment.Url);
            // JSON Feed requires a type: what has none is a row of bytes.
            json.WriteString("mime_type"u8, attachment.MimeType ?? "application/octet-stream");
            WriteText(json, "title"u8, attachment.Title);
            if (attachment.SizeInBytes is { } size)
                json.WriteNumber("size_in_bytes"u8, size);
            if (attachment.DurationInSeconds is { } duration)
                json.WriteNumber("duration_in_seconds"u8, duration);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAuthors(Utf8JsonWriter json, IReadOnlyList<Author> authors)
    {
        if (authors.Count == 0)
            return;
        json.WriteStartArray("authors"u8);
        foreach (var author in authors)
        {
            json.WriteStartObject();
            WriteText(json, "name"u8, author.Name ?? (author.Url is null ? author.Email : null));
            WriteText(json, "url"u8, author.Url);
            WriteText(json, "avatar"u8, author.AvatarUrl);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteExtension(Utf8JsonWriter json, Feed feed)
    {
        json.WriteStartObject("_kawaraban"u8);
        json.WriteString("format"u8, feed.Format.Name());
        json.WriteString("encoding"u8, feed.Encoding);
        WriteDate(json, "updated"u8, feed.UpdatedAt);
        WriteText(json, "generator"u8, feed.Generator);
        WriteText(json, "rights"u8, feed.Rights);
        json.WriteStartArray("repairs"u8);
        foreach (var repair in feed.Repairs)
        {
            json.WriteStartObject();
            json.WriteString("code"u8, repair.Code);
            json.WriteNumber("position"u8, repair.Position);
            json.WriteString("sentence"u8, repair.Sentence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteUpdate(json, feed.Update);
        json.WriteStartArray("hubs"u8);
        foreach (var hub in feed.Hubs)
            json.WriteStringValue(hub);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteUpdate(Utf8JsonWriter json, UpdateHints update)
    {
        json.WriteStartObject("update"u8);
        if (update.TimeToLive is { } ttl)
            json.WriteNumber("ttl_minutes"u8, (long)ttl.TotalMinutes);
        if (update.SkipHours.Count > 0)
        {
            json.WriteStartArray("skip_hours"u8);
            foreach (var hour in update.SkipHours)
                json.WriteNumberValue(hour);
            json.WriteEndArray();
        }

        if (update.SkipDays.Count > 0)
        {
            json.WriteStartArray("skip_days"u8);
            foreach (var day in update.SkipDays)
                json.WriteStringValue(day.ToString());
            json.WriteEndArray();
        }

        WriteText(json, "period"u8, update.Period);
        if (update.Frequency is { } frequency)
            json.WriteNumber("frequency"u8, frequency);
        WriteDate(json, "base"u8, update.Base);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(name, value);
    }

    private static void WriteDate(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (value is { } date)
            json.WriteString(name, date.ToString(date.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
    }
}
