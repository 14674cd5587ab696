using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kawaraban.Feeds.Dates;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats;

/// <summary>JSON Feed 1.0 and 1.1 (<see href="https://www.jsonfeed.org/version/1.1/"/>), read as it comes.</summary>
internal static class JsonFeed
{
    private static readonly JsonReaderOptions s_options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 512 };

    /// <summary>Reads a feed.</summary>
    /// <returns>False when the document is not a feed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, Uri? baseUrl, FeedDraft feed, RepairLog repairs, out NotAFeedException? problem)
    {
        problem = null;
        feed.Format = FeedFormat.JsonFeed11;
        var isFeed = false;
        var json = new Reader(bytes, baseUrl, feed, repairs);
        try
        {
            isFeed = json.ReadFeed();
        }
        catch (JsonException damage)
        {
            // The reader of the platform has no other way to say that the JSON ends or breaks here. What was complete is kept.
            isFeed = json.HasItems || json.HasVersion;
            repairs.Note(RepairKind.BadJson, (int)json.Position, FirstSentence(damage.Message));
        }

        if (!isFeed)
            problem = NotAFeed.OtherJson();
        return isFeed;
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private ref struct Reader(ReadOnlySpan<byte> bytes, Uri? baseUrl, FeedDraft feed, RepairLog repairs)
    {
        private readonly Uri? _base = baseUrl;
        private readonly FeedDraft _feed = feed;
        private readonly RepairLog _repairs = repairs;
        private Utf8JsonReader _json = new(bytes, s_options);
        private Utf8JsonReader _contentText;
        private bool _hasContentText;

        public bool HasItems { get; private set; }

        public bool HasVersion { get; private set; }

        public readonly long Position => _json.TokenStartIndex;

        public bool ReadFeed()
        {
            if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
                return false;
            while (NextProperty())
            {
                if (Is("version"u8))
                    ReadVersion();
                else if (Is("title"u8))
                    _feed.Title = Words.Line(Text());
                else if (Is("home_page_url"u8))
                    _feed.HomePageUrl = Url();
                else if (Is("feed_url"u8))
                    _feed.FeedUrl = Url();
                else if (Is("description"u8))
                    _feed.Description = Words.LineOfEither(Text());
                else if (Is("icon"u8))
                    _feed.IconUrl = Url();
                else if (Is("favicon"u8))
                    _feed.FaviconUrl = Url();
                else if (Is("language"u8))
                    _feed.Language = Values.Language(Text());
                else if (Is("authors"u8) || Is("author"u8))
                    ReadAuthors(_feed.AddAuthor);
                else if (Is("hubs"u8))
                    ReadHubs();
                else if (Is("items"u8))
                    ReadItems();
                else
                    SkipValue();
            }

            return HasItems || HasVersion;
        }

        /// <summary>Whether the current property has this name. One that is written with escapes is unescaped by ourselves: the platform's reader throws on
        /// half of a surrogate pair.</summary>
        private readonly bool Is(ReadOnlySpan<byte> name)
        {
            if (!_json.ValueIsEscaped)
                return _json.ValueSpan.SequenceEqual(name);
            const int LongestEscape = 6;
            return _json.ValueSpan.Length <= name.Length * LongestEscape
                && Encoding.UTF8.GetString(name) == JsonEscapes.Unescape(Encoding.UTF8.GetString(_json.ValueSpan));
        }

        /// <summary>Goes to the next name in the current object.</summary>
        private bool NextProperty() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName;

        private void SkipValue()
        {
            if (_json.TokenType == JsonTokenType.PropertyName)
                _json.Read();
            if (_json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                return;
            var depth = _json.CurrentDepth;
            while (_json.Read() && _json.CurrentDepth > depth)
            {
            }
        }

        /// <summary>The value of the current property as text; numbers and truth values as they are written.</summary>
        private string? Text()
        {
            _json.Read();
            return ValueText();
        }

        private string? ValueText()
        {
            switch (_json.TokenType)
            {
                case JsonTokenType.String:
                    return String();
                case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    return Encoding.UTF8.GetString(_json.ValueSpan);
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    _repairs.Note(RepairKind.WrongJsonType, (int)_json.TokenStartIndex);
                    SkipValue();
                    return null;
                default:
                    return null;
            }
        }

        /// <summary>A string without white space around it; null when nothing is left.</summary>
        private readonly string? String()
        {
            var room = ArrayPool<char>.Shared.Rent(_json.ValueSpan.Length);
            try
            {
                var text = room.AsSpan(0, _json.CopyString(room)).Trim();
                return text.IsEmpty ? null : new string(text);
            }
            catch (InvalidOperationException)
            {
                // A lone half of a surrogate pair in an escape: there is no other way to ask.
                _repairs.Note(RepairKind.ControlCharacter, (int)_json.TokenStartIndex);
                return JsonEscapes.Unescape(Encoding.UTF8.GetString(_json.ValueSpan)).Trim() is { Length: > 0 } text ? text : null;
            }
            finally
            {
                ArrayPool<char>.Shared.Return(room);
            }
        }

        private string? Url() => ElementCursor.Url(Text(), _base);

        private DateTimeOffset? Date()
        {
            if (Text() is not { } text)
                return null;
            if (FeedDate.TryParse(text, _feed.DefaultOffset, out var value))
                return value;
            _repairs.Note(RepairKind.UnreadableDate, (int)_json.TokenStartIndex, text.Length > 64 ? text[..64] : text);
            return null;
        }

        private void ReadVersion()
        {
            if (Text() is not { } version)
                return;
            // Some write the number alone; that says which version, but not that this is a feed.
            HasVersion = version.Contains("jsonfeed.org/version/", StringComparison.OrdinalIgnoreCase);
            _feed.Format = version.TrimEnd('/').Split('/')[^1] is "1" or "1.0" ? FeedFormat.JsonFeed10 : FeedFormat.JsonFeed11;
        }

        private void ReadAuthors(Action<Author?> add)
        {
            _json.Read();
            if (_json.TokenType == JsonTokenType.StartArray)
            {
                while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
                    add(ReadAuthor());
            }
            else
            {
                add(ReadAuthor());
            }
        }

        private Author? ReadAuthor()
        {
            if (_json.TokenType != JsonTokenType.StartObject)
                return ValueText() is { } text ? Values.Person(text) : null;
            string? name = null, url = null, avatar = null, mail = null;
            while (NextProperty())
            {
                if (Is("name"u8))
                    name = Text();
                else if (Is("url"u8))
                    url = Url();
                else if (Is("avatar"u8))
                    avatar = Url();
                else if (Is("email"u8))
                    mail = Text();
                else
                    SkipValue();
            }

            return name is null && url is null && avatar is null && mail is null ? null : new Author(name, url, avatar, mail);
        }

        private void ReadHubs()
        {
            _json.Read();
            if (_json.TokenType != JsonTokenType.StartArray)
            {
                SkipValue();
                return;
            }

            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            {
                if (_json.TokenType != JsonTokenType.StartObject)
                {
                    _feed.AddHub(ElementCursor.Url(ValueText(), _base));
                    continue;
                }

                while (NextProperty())
                {
                    if (Is("url"u8))
                        _feed.AddHub(Url());
                    else
                        SkipValue();
                }
            }
        }

        private void ReadItems()
        {
            _json.Read();
            if (_json.TokenType != JsonTokenType.StartArray)
            {
                _repairs.Note(RepairKind.WrongJsonType, (int)_json.TokenStartIndex, "items");
                SkipValue();
                return;
            }

            HasItems = true;
            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            {
                if (_json.TokenType == JsonTokenType.StartObject && !_feed.IsFull)
                    ReadItem();
                else
                    SkipValue();
            }
        }

        private void ReadItem()
        {
            var entry = _feed.Entry;
            while (NextProperty())
            {
                if (Is("id"u8))
                    entry.Id = Text();
                else if (Is("url"u8))
                    entry.Url = Url();
                else if (Is("external_url"u8))
                    entry.ExternalUrl = Url();
                else if (Is("title"u8))
                    entry.Title = Words.Line(Text());
                else if (Is("content_html"u8))
                    ReadContentHtml(entry);
                else if (Is("content_text"u8))
                    KeepContentText();
                else if (Is("summary"u8))
                    entry.Summary = Words.Plain(Text());
                else if (Is("image"u8))
                    entry.ImageUrl = Url();
                else if (Is("banner_image"u8))
                    entry.OtherImageUrl = Url();
                else if (Is("date_published"u8))
                    entry.PublishedAt = Date();
                else if (Is("date_modified"u8))
                    entry.ModifiedAt = Date();
                else if (Is("language"u8))
                    entry.Language = Values.Language(Text());
                else if (Is("authors"u8) || Is("author"u8))
                    ReadAuthors(entry.AddAuthor);
                else if (Is("tags"u8))
                    ReadTags(entry);
                else if (Is("attachments"u8))
                    ReadAttachments(entry);
                else
                    SkipValue();
            }

            if (_hasContentText && entry.Content.Html is null)
                entry.Content = Words.Plain(ContentText());
            _hasContentText = false;
            _feed.Keep(entry.Take(isEmptyKept: true));
        }

        /// <summary>Remembers where the text of the content stands: many feeds have the content twice, and the text is wanted only where there is no
        /// HTML, which may yet come.</summary>
        private void KeepContentText()
        {
            _contentText = _json;
            _hasContentText = true;
            SkipValue();
        }

        private string? ContentText()
        {
            var here = _json;
            _json = _contentText;
            var text = Text();
            _json = here;
            return text;
        }

        private void ReadContentHtml(EntryDraft entry)
        {
            if (Text() is { } html)
                entry.Content = Words.Markup(_base is null ? html : RelativeLinks.Resolve(html, _base));
        }

        private void ReadTags(EntryDraft entry)
        {
            _json.Read();
            if (_json.TokenType != JsonTokenType.StartArray)
            {
                if (ValueText() is { } list)
                    Modules.Podcasts.Keywords(entry, list);
                return;
            }

            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
                entry.AddTag(ValueText());
        }

        private void ReadAttachments(EntryDraft entry)
        {
            _json.Read();
            if (_json.TokenType != JsonTokenType.StartArray)
            {
                SkipValue();
                return;
            }

            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            {
                if (_json.TokenType == JsonTokenType.StartObject)
                    ReadAttachment(entry);
                else
                    SkipValue();
            }
        }

        private void ReadAttachment(EntryDraft entry)
        {
            string? url = null, type = null, title = null;
            double? size = null, duration = null;
            while (NextProperty())
            {
                if (Is("url"u8))
                    url = Url();
                else if (Is("mime_type"u8))
                    type = Text();
                else if (Is("title"u8))
                    title = Text();
                else if (Is("size_in_bytes"u8))
                    size = Number();
                else if (Is("duration_in_seconds"u8))
                    duration = Number();
                else
                    SkipValue();
            }

            if (url is not null)
                entry.AddAttachment(new Attachment(url, type, title, size is >= 0 and <= long.MaxValue ? (long)size : null, duration > 0 ? duration : null));
        }

        private double? Number() => double.TryParse(Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
