using System.Globalization;
using System.Text;
using Kawaraban.Catalog;
using Kawaraban.Recipes;

namespace Kawaraban.Portal;

/// <summary>A moment as a page shows it.</summary>
/// <param name="Text">For people: "3 hours ago", "23 November 2026".</param>
/// <param name="Exact">For those who want to know exactly: day, time and zone.</param>
/// <param name="Iso">For machines: <c>datetime</c>.</param>
public readonly record struct Moment(string Text, string Exact, string Iso);

/// <summary>One reader's request: who asks for which page, in which language, and how addresses are written for them.</summary>
public sealed class Visit
{
    /// <summary>What is read of a query; <see cref="Search.SearchQuery"/> reads no more.</summary>
    public const int LongestQuery = 200;

    // Longer than any cursor: what follows is noise that pages need not repeat.
    private const int LongestCursor = 48;

    private readonly HttpRequest request;

    /// <summary>Of a request.</summary>
    public Visit(HttpRequest request, PortalOptions options, DateTimeOffset now)
    {
        this.request = request;
        Options = options;
        Now = now;
        var given = Language.Find(request.Query["lang"].ToString());
        IsLanguageGiven = given is not null;
        Words = given ?? Language.Preferred(request.Headers.AcceptLanguage);
        Query = request.Query["q"].ToString().Trim();
        IsQueryCut = Query.Length > LongestQuery;
        if (IsQueryCut)
            Query = Query[..(char.IsHighSurrogate(Query[LongestQuery - 1]) ? LongestQuery - 1 : LongestQuery)];
        Before = request.Query["before"].ToString();
        if (Before.Length > LongestCursor)
            Before = Before[..LongestCursor];
    }

    /// <summary>The installation.</summary>
    public PortalOptions Options { get; }

    /// <summary>When the visit began.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The reader's language.</summary>
    public Words Words { get; }

    /// <summary>Whether it was asked for by address, <c>?lang=</c>: links then keep it.</summary>
    public bool IsLanguageGiven { get; }

    /// <summary>What is searched for, <c>?q=</c>, without white space around; empty when nothing is.</summary>
    public string Query { get; }

    /// <summary>Whether more was typed than is searched for.</summary>
    public bool IsQueryCut { get; }

    /// <summary>Where the page begins, <c>?before=</c>, as sent; cut when it cannot be a cursor.</summary>
    public string Before { get; }

    /// <summary>The path of the page, decoded.</summary>
    public string Here => request.Path.Value ?? "/";

    /// <summary>The site's address, without a slash at the end.</summary>
    public string Site => field ??= Options.PublicUrl?.AbsoluteUri.TrimEnd('/')
        ?? $"{request.Scheme}://{(request.Host.HasValue ? request.Host.ToUriComponent() : "localhost")}{request.PathBase.ToUriComponent()}";

    /// <summary>The host the site is known by, without a port.</summary>
    public string Host => Options.PublicUrl?.IdnHost ?? (request.Host.HasValue ? request.Host.Host : "localhost");

    /// <summary>What two requests share that may be given the same answer.</summary>
    public string Key => $"{Site}\n{Words.Tag}{(IsLanguageGiven ? '!' : ' ')}{Here}\n{Before}\n{Query}{(IsQueryCut ? "\n" : "")}";

    /// <summary>A part of the path, by its name in the route.</summary>
    public string Part(string name) => (string?)request.RouteValues[name] ?? "";

    /// <summary>A place of ours without anything asked of it: where a form goes.</summary>
    public string Path(string path) => request.PathBase.ToUriComponent() + path;

    /// <summary>Where a file of the pages lies.</summary>
    internal string File(Asset asset) => Path(asset.Path);

    /// <summary>A page's feed: see <see cref="Page.FeedsUnder"/>.</summary>
    public string Feed(Page page, string name) => Link($"{page.FeedsUnder}/{name}", ("q", Query));

    /// <summary>The address of a page of ours, in the language that was asked for by address.</summary>
    /// <param name="path">The path, encoded, from the root.</param>
    /// <param name="query">What else is asked: <c>q</c>, <c>before</c>. Empty values are left out.</param>
    public string Link(string path, params ReadOnlySpan<(string Name, string? Value)> query) =>
        Address(Path(path), IsLanguageGiven ? Words.Tag : null, query);

    /// <summary>As <see cref="Link"/>, for feeds and other sites: with scheme and host.</summary>
    public string Absolute(string path, params ReadOnlySpan<(string Name, string? Value)> query) =>
        Address(Site + path, IsLanguageGiven ? Words.Tag : null, query);

    /// <summary>The address of this very page, absolute.</summary>
    public string Canonical => Absolute(EncodedPath, ("q", Query), ("before", Before));

    /// <summary>This page in a language; null is whichever the reader prefers.</summary>
    public string InLanguage(string? tag) => Address(Site + EncodedPath, tag, [("q", Query), ("before", Before)]);

    /// <summary>As <see cref="InLanguage"/>, for a link on the page.</summary>
    public string SwitchTo(Words words) => Address(Path(EncodedPath), words.Tag, [("q", Query), ("before", Before)]);

    /// <summary>The page of a company.</summary>
    public string CompanyLink(string slug) => Link($"/companies/{Uri.EscapeDataString(slug)}");

    /// <summary>The page of a tag as published; null when there can be none.</summary>
    public string? TagLink(string tag) => TagName.Slug(tag) is { } slug ? Link($"/tags/{Uri.EscapeDataString(slug)}") : null;

    /// <summary>The page about a post.</summary>
    public string PostLink(PostCard post) => Link(string.Create(CultureInfo.InvariantCulture, $"/posts/{post.PageId}"));

    /// <summary>A moment in the reader's words: an age within the last day, a date before that.</summary>
    public Moment At(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Options.TimeZone);
        var date = Words.Date(local.DateTime);
        var age = Now - moment;
        var text = age < TimeSpan.Zero || age >= TimeSpan.FromDays(1) ? date
            : age < TimeSpan.FromMinutes(1) ? Words.JustNow
            : age < TimeSpan.FromHours(1) ? Words.MinutesAgo((int)age.TotalMinutes)
            : Words.HoursAgo((int)age.TotalHours);
        var zone = local.Offset == TimeSpan.Zero
            ? "UTC"
            : string.Create(CultureInfo.InvariantCulture, $"UTC{(local.Offset < TimeSpan.Zero ? '-' : '+')}{local.Offset:hh\\:mm}");
        return new Moment(
            text,
            string.Create(CultureInfo.InvariantCulture, $"{date} {local:HH:mm} ({zone})"),
            moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    /// <summary>Today, where the installation is.</summary>
    public DateTime Today => TimeZoneInfo.ConvertTime(Now, Options.TimeZone).DateTime;

    private string EncodedPath => request.Path.ToUriComponent();

    private static string Address(string start, string? language, ReadOnlySpan<(string Name, string? Value)> query)
    {
        if (language is null && query.IsEmpty)
            return start;
        var address = new StringBuilder(start, start.Length + 64);
        var mark = '?';
        foreach (var (name, value) in query)
            Add(name, value);
        Add("lang", language);
        return address.ToString();

        void Add(string name, string? value)
        {
            if (string.IsNullOrEmpty(value))
                return;
            address.Append(mark).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            mark = '&';
        }
    }
}
