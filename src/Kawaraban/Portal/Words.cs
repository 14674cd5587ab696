namespace Kawaraban.Portal;

/// <summary>Everything the portal says in one language. What is the same in both stands in the pages.</summary>
/// <remarks>Two instances, so that the compiler sees that no sentence is missing in either.</remarks>
public sealed partial record Words
{
    /// <summary>The language tag, as in <c>lang</c> and <c>?lang=</c>.</summary>
    public required string Tag { get; init; }

    /// <summary>The language's own name, for the link that switches to it.</summary>
    public required string LanguageName { get; init; }

    /// <summary>The locale as Open Graph writes it.</summary>
    public required string Locale { get; init; }

    // Masthead and footer
    public required string Tagline { get; init; }
    public required string SkipToContent { get; init; }
    public required string MainNavigation { get; init; }
    public required string Latest { get; init; }
    public required string Companies { get; init; }
    public required string Tags { get; init; }
    public required string Search { get; init; }
    public required string SearchLabel { get; init; }
    public required string SearchPlaceholder { get; init; }
    public required string About { get; init; }
    public required string AboutText { get; init; }
    public required string AllSources { get; init; }
    public required string Feeds { get; init; }

    // Listings
    public required string LatestPosts { get; init; }
    public required string Older { get; init; }
    public required string Newer { get; init; }
    public required string Pages { get; init; }
    public required string Details { get; init; }
    public required string PopularTags { get; init; }
    public required string ActiveCompanies { get; init; }
    public required string AllCompanies { get; init; }
    public required string AllTags { get; init; }
    public required string VisitSite { get; init; }
    public required Func<int, string> ReadingTime { get; init; }
    public required Func<int, string> PostCount { get; init; }
    public required Func<int, string> CompanyCount { get; init; }
    public required Func<string, string> PostsOf { get; init; }
    public required Func<string, string> PostsTagged { get; init; }
    public required Func<string, string> ResultsFor { get; init; }
    public required Func<string, string> DetailsOf { get; init; }

    // The page about a post
    public required Func<string, string> ReadAt { get; init; }
    public required Func<string, string> WrittenBy { get; init; }
    public required string Related { get; init; }
    public required string UpdatedOn { get; init; }
    public required string AlsoPostedAt { get; init; }

    // When there is nothing
    public required string NoPostsYet { get; init; }
    public required string NoPostsHint { get; init; }
    public required string NoPostsOfCompany { get; init; }
    public required Func<string, string> NothingFound { get; init; }
    public required IReadOnlyList<string> SearchHints { get; init; }
    public required string SearchIntroduction { get; init; }
    public required Func<int, string> QueryWasCut { get; init; }

    // When something is wrong
    public required string NotFound { get; init; }
    public required string NotFoundText { get; init; }
    public required string BadRequest { get; init; }
    public required string BadRequestText { get; init; }
    public required string Unavailable { get; init; }
    public required string UnavailableText { get; init; }
    public required string Failure { get; init; }
    public required string FailureText { get; init; }
    public required string ToTheFront { get; init; }

    // Time
    public required string JustNow { get; init; }
    public required Func<int, string> MinutesAgo { get; init; }
    public required Func<int, string> HoursAgo { get; init; }
    public required Func<DateTime, string> Date { get; init; }
    public required Func<DateTime, string> Weekday { get; init; }

    /// <summary>The languages there are; the first is spoken to those who ask for none of them.</summary>
    /// <remarks>Made when asked for: the languages stand in files of their own, whose order the compiler does not promise.</remarks>
    public static IReadOnlyList<Words> All => field ??= [English, Japanese];
}
