using System.Globalization;

namespace Kawaraban.Portal;

public sealed partial record Words
{
    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    /// <summary>English.</summary>
    public static Words English { get; } = new()
    {
        Tag = "en",
        LanguageName = "English",
        Locale = "en_GB",
        Tagline = "Company engineering blogs on one sheet",
        SkipToContent = "Skip to content",
        MainNavigation = "Main",
        Latest = "Latest",
        Companies = "Companies",
        Tags = "Tags",
        Search = "Search",
        SearchLabel = "Search posts",
        SearchPlaceholder = "Search posts",
        About = "About this sheet",
        AboutText = "We gather the engineering blogs of companies and print headlines and first lines only. Read on at the blogs themselves; the posts belong to those who wrote them.",
        AllSources = "All sources (OPML)",
        Feeds = "Feeds",
        LatestPosts = "Latest posts",
        Older = "Next page",
        Newer = "Previous page",
        Pages = "Pages",
        Details = "Details",
        PopularTags = "Popular tags",
        ActiveCompanies = "Recently writing",
        AllCompanies = "All companies",
        AllTags = "All tags",
        VisitSite = "Website",
        ReadingTime = minutes => $"{minutes} min read",
        PostCount = count => count == 1 ? "1 post" : $"{Number(count)} posts",
        CompanyCount = count => count == 1 ? "1 company" : $"{Number(count)} companies",
        PostsOf = company => $"Posts by {company}",
        PostsTagged = tag => $"Posts tagged “{tag}”",
        ResultsFor = query => $"Results for “{query}”",
        DetailsOf = title => $"Details of “{title}”",
        ReadAt = company => $"Read on at {company}",
        WrittenBy = author => $"By {author}",
        Related = "Read next",
        UpdatedOn = "Updated",
        AlsoPostedAt = "Also posted at",
        NoPostsYet = "No posts yet",
        NoPostsHint = "Add a blog and its posts appear here. The address of the site is enough: its feed is found by itself.",
        NoPostsOfCompany = "Nothing has arrived from this company yet. Please wait for the next round.",
        NothingFound = query => $"Nothing found for “{query}”",
        SearchHints = ["Try fewer or shorter words.", "Words side by side go in \"quotes\".", "Leave a word out with a -minus in front of it."],
        SearchIntroduction = "Looks through titles, texts, authors and tags. Several words must all be there.",
        QueryWasCut = length => $"The query was too long: the first {length} characters were searched for.",
        NotFound = "Page not found",
        NotFoundText = "The post was removed, or the address is wrong.",
        BadRequest = "This address cannot be read",
        BadRequestText = "The part that says where the page begins is broken. Please start again from the newest posts.",
        Unavailable = "Back in a moment",
        UnavailableText = "The database does not answer. Please try again in a little while.",
        Failure = "We are sorry",
        FailureText = "The page could not be made; the fault is ours and has been written down. Please try again in a little while.",
        ToTheFront = "See the latest posts",
        JustNow = "just now",
        MinutesAgo = minutes => minutes == 1 ? "1 minute ago" : $"{minutes} minutes ago",
        HoursAgo = hours => hours == 1 ? "1 hour ago" : $"{hours} hours ago",
        Date = day => string.Create(CultureInfo.InvariantCulture, $"{day.Day} {Months[day.Month - 1]} {day.Year}"),
        Weekday = day => day.DayOfWeek.ToString(),
    };

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
