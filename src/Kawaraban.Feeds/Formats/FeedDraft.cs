namespace Kawaraban.Feeds.Formats;

/// <summary>A feed while it is being read.</summary>
internal sealed class FeedDraft
{
    private readonly List<Author> _authors = [];
    private readonly List<string> _hubs = [];
    private readonly HashSet<int> _skipHours = [];
    private readonly HashSet<DayOfWeek> _skipDays = [];

    public FeedFormat Format { get; set; }

    /// <summary>The offset from UTC of dates that name no zone.</summary>
    public TimeSpan? DefaultOffset { get; init; }

    public Words Title { get; set; }

    public Words OtherTitle { get; set; }

    public Words Description { get; set; }

    public Words OtherDescription { get; set; }

    public string? HomePageUrl { get; set; }

    public string? OtherHomePageUrl { get; set; }

    public string? FeedUrl { get; set; }

    public string? Language { get; set; }

    public string? OtherLanguage { get; set; }

    public string? IconUrl { get; set; }

    public string? OtherIconUrl { get; set; }

    public string? FaviconUrl { get; set; }

    public string? Rights { get; set; }

    public string? Generator { get; set; }

    public DateTimeOffset? UpdatedAt { get; set; }

    public DateTimeOffset? OtherUpdatedAt { get; set; }

    public Author? OtherAuthor { get; set; }

    public TimeSpan? TimeToLive { get; set; }

    public string? Period { get; set; }

    public int? Frequency { get; set; }

    public DateTimeOffset? Base { get; set; }

    /// <summary>The entry that is being read.</summary>
    public EntryDraft Entry { get; } = new();

    public List<Entry> Entries { get; } = [];

    /// <summary>How many entries are wanted.</summary>
    public int EntryLimit { get; init; } = int.MaxValue;

    /// <summary>Whether there are as many entries as are wanted: further ones need not be read.</summary>
    public bool IsFull => Entries.Count >= EntryLimit;

    public void Keep(Entry? entry)
    {
        if (entry is not null && Entries.Count < EntryLimit)
            Entries.Add(entry);
    }

    public void AddAuthor(Author? author)
    {
        if (author is not null && _authors.Count < 64 && !_authors.Contains(author))
            _authors.Add(author);
    }

    public void AddHub(string? url)
    {
        if (url is not null && _hubs.Count < 16 && !_hubs.Contains(url))
            _hubs.Add(url);
    }

    public void SkipHour(int hour) => _skipHours.Add(hour == 24 ? 0 : hour);

    public void SkipDay(DayOfWeek day) => _skipDays.Add(day);

    public Feed ToFeed(string encoding, IReadOnlyList<Repair> repairs)
    {
        if (_authors.Count == 0)
            AddAuthor(OtherAuthor);
        var title = Title.IsEmpty ? OtherTitle : Title;
        var description = Description.IsEmpty ? OtherDescription : Description;
        return new Feed
        {
            Format = Format,
            Encoding = encoding,
            Title = title.Text,
            Description = description.Text,
            HomePageUrl = HomePageUrl ?? OtherHomePageUrl,
            FeedUrl = FeedUrl,
            Language = Language ?? OtherLanguage,
            IconUrl = IconUrl ?? OtherIconUrl,
            FaviconUrl = FaviconUrl,
            Rights = Rights,
            Generator = Generator,
            UpdatedAt = UpdatedAt ?? OtherUpdatedAt,
            Authors = [.. _authors],
            Entries = [.. Entries],
            Hubs = [.. _hubs],
            Update = Hints(),
            Repairs = repairs,
        };
    }

    private UpdateHints Hints()
    {
        if (TimeToLive is null && Period is null && Frequency is null && Base is null && _skipHours.Count == 0 && _skipDays.Count == 0)
            return UpdateHints.None;
        return new UpdateHints
        {
            TimeToLive = TimeToLive,
            SkipHours = [.. _skipHours.Order()],
            SkipDays = [.. _skipDays.Order()],
            Period = Period,
            Frequency = Frequency,
            Base = Base,
        };
    }
}
