using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats;

/// <summary>An entry while it is being read: every place a value may come from, before one is chosen. Used again for the next entry.</summary>
internal sealed class EntryDraft
{
    private readonly List<Author> _authors = [];
    private readonly List<string> _tags = [];
    private readonly List<Attachment> _attachments = [];

    public string? Id { get; set; }

    /// <summary>Whether <see cref="Id"/> is the address of the entry (RSS 2.0 <c>isPermaLink</c>).</summary>
    public bool IsIdPermaLink { get; set; }

    public string? Url { get; set; }

    /// <summary>An address to fall back on.</summary>
    public string? OtherUrl { get; set; }

    public string? ExternalUrl { get; set; }

    public Words Title { get; set; }

    /// <summary>A title by a module, to fall back on.</summary>
    public Words OtherTitle { get; set; }

    public Words Content { get; set; }

    public Words Summary { get; set; }

    /// <summary>Whether there is a summary or a content, so that <see cref="OtherSummary"/> will not be taken.</summary>
    public bool HasWords => !Summary.IsEmpty || !Content.IsEmpty;

    /// <summary>Whether a lone summary is the content (RSS, where <c>description</c> is both).</summary>
    public bool IsSummaryContent { get; set; }

    /// <summary>A summary by a module, to fall back on.</summary>
    public Words OtherSummary { get; set; }

    public string? ImageUrl { get; set; }

    /// <summary>A picture to fall back on.</summary>
    public string? OtherImageUrl { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>A date of publication by a module, to fall back on.</summary>
    public DateTimeOffset? OtherPublishedAt { get; set; }

    public DateTimeOffset? ModifiedAt { get; set; }

    public string? Language { get; set; }

    /// <summary>How long the sound or film of a podcast's episode plays.</summary>
    public double? DurationInSeconds { get; set; }

    /// <summary>An author by a module, to fall back on.</summary>
    public Author? OtherAuthor { get; set; }

    public string? CommentsUrl { get; set; }

    public string? CommentsFeedUrl { get; set; }

    public int? CommentCount { get; set; }

    public string? InReplyTo { get; set; }

    public string? Department { get; set; }

    public int? BookmarkCount { get; set; }

    public double? Latitude { get; set; }

    public double? Longitude { get; set; }

    public string? PlaceName { get; set; }

    public string? TranscriptUrl { get; set; }

    public string? ChaptersUrl { get; set; }

    public void AddAuthor(Author? author)
    {
        if (author is not null && _authors.Count < 64 && !_authors.Contains(author))
            _authors.Add(author);
    }

    public void AddTag(string? tag)
    {
        if (tag is { Length: > 0 } && _tags.Count < 256 && !_tags.Contains(tag))
            _tags.Add(tag);
    }

    public void AddAttachment(Attachment attachment)
    {
        if (_attachments.Count >= 256)
            return;
        foreach (var other in _attachments)
        {
            if (other.Url == attachment.Url)
                return;
        }

        _attachments.Add(attachment);
    }

    /// <summary>Chooses, and is empty again.</summary>
    /// <returns>Null when there was nothing in it.</returns>
    public Entry? Take(bool isEmptyKept)
    {
        var title = Title.Text is null && Title.Html is null ? OtherTitle : Title;
        var summary = Summary;
        var content = Content;
        if (summary.IsEmpty && content.IsEmpty)
            summary = OtherSummary;
        if (content.IsEmpty && IsSummaryContent)
            (content, summary) = (summary, default);
        if (_authors.Count == 0)
            AddAuthor(OtherAuthor);
        if (DurationInSeconds > 0 && _attachments is [{ DurationInSeconds: null }, ..])
            _attachments[0] = _attachments[0] with { DurationInSeconds = DurationInSeconds };
        var isEmpty = Id is null && Url is null && OtherUrl is null && title.IsEmpty && summary.IsEmpty && content.IsEmpty && PublishedAt is null
            && OtherPublishedAt is null && ModifiedAt is null && _attachments.Count == 0 && _tags.Count == 0 && _authors.Count == 0;
        var entry = isEmpty && !isEmptyKept ? null : new Entry
        {
            Id = Id,
            Url = Url ?? (IsIdPermaLink && Id is not null && ElementCursor.HasScheme(Id) ? Id : null) ?? OtherUrl,
            ExternalUrl = ExternalUrl,
            Title = title.Text,
            TitleHtml = title.Text is null ? title.Html : null,
            ContentHtml = content.Html,
            ContentText = content.Html is null ? content.Text : null,
            Summary = summary.Html ?? Words.Escape(summary.Text),
            ImageUrl = ImageUrl ?? OtherImageUrl,
            PublishedAt = PublishedAt ?? OtherPublishedAt,
            ModifiedAt = ModifiedAt,
            Authors = _authors.Count == 0 ? [] : _authors.ToArray(),
            Tags = _tags.Count == 0 ? [] : _tags.ToArray(),
            Language = Language,
            Attachments = _attachments.Count == 0 ? [] : _attachments.ToArray(),
            CommentsUrl = CommentsUrl,
            CommentsFeedUrl = CommentsFeedUrl,
            CommentCount = CommentCount,
            InReplyTo = InReplyTo,
            Department = Department,
            BookmarkCount = BookmarkCount,
            Location = Latitude is { } latitude && Longitude is { } longitude ? new Location(latitude, longitude, PlaceName) : null,
            TranscriptUrl = TranscriptUrl,
            ChaptersUrl = ChaptersUrl,
        };
        Clear();
        return entry;
    }

    private void Clear()
    {
        Id = Url = OtherUrl = ExternalUrl = ImageUrl = OtherImageUrl = Language = null;
        IsIdPermaLink = IsSummaryContent = false;
        Title = OtherTitle = Content = Summary = OtherSummary = default;
        PublishedAt = OtherPublishedAt = ModifiedAt = null;
        OtherAuthor = null;
        DurationInSeconds = Latitude = Longitude = null;
        CommentsUrl = CommentsFeedUrl = InReplyTo = Department = PlaceName = TranscriptUrl = ChaptersUrl = null;
        CommentCount = BookmarkCount = null;
        _authors.Clear();
        _tags.Clear();
        _attachments.Clear();
    }
}
