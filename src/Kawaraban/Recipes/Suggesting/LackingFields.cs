using System.Globalization;

namespace Kawaraban.Recipes;

/// <summary>Finds what a feed lacks and the posts' own pages have: pictures, authors, dates, the text.</summary>
internal static class LackingFields
{
    private const int Teaser = 600;

    /// <summary>What is to be taken from the pages.</summary>
    /// <param name="drafts">The posts as they are made now.</param>
    /// <param name="pages">What their pages say, one for each; null where nobody has looked.</param>
    /// <param name="names">What the company is called.</param>
    public static IEnumerable<FeedFinding> Find(IReadOnlyList<PostDraft> drafts, IReadOnlyList<PageFacts?> pages, SourceNames names)
    {
        var looked = drafts.Zip(pages).Where(pair => pair.Second is not null).Select(pair => (Draft: pair.First, Page: pair.Second!)).ToList();
        string Seen(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} of {looked.Count} pages that were looked at {what}");
        const string NotSeen = "whether their pages have it was not looked at";

        if (drafts.All(draft => draft.PictureUrl is null))
        {
            var pictures = looked.Where(pair => pair.Page.Picture is not null).ToList();
            // The same for all is the company's logo.
            if (looked.Count == 0)
                yield return Fill(FieldName.Picture, "takes pictures from posts' pages", 0.35, $"no entry has a picture; {NotSeen}");
            else if (pictures.Count * 2 > looked.Count && (looked.Count == 1 || pictures.Select(pair => pair.Page.Picture).Distinct().Count() > 1))
                yield return Fill(FieldName.Picture, "takes pictures from posts' pages", looked.Count == 1 ? 0.6 : 0.9, $"no entry has a picture, and {Seen(pictures.Count, "name one (og:image)")}");
        }

        var authors = drafts.Select(draft => draft.Author).Distinct().ToList();
        if (authors is [{ } author] && names.In(author) is not null)
        {
            var others = looked.Count(pair => pair.Page.Author is { } other && names.In(other) is null);
            if (looked.Count == 0)
                yield return Author("replace", 0.35, $"every entry is by \"{author}\", which is the company; {NotSeen}");
            else if (others * 2 > looked.Count)
                yield return Author("replace", 0.85, $"every entry is by \"{author}\", which is the company, and {Seen(others, "name a person")}");
        }
        else if (authors is [null] && looked.Count(pair => pair.Page.Author is { } other && names.In(other) is null) is > 0 and var named && named * 2 > looked.Count)
        {
            yield return Author("fill", 0.7, $"no entry says who wrote it, and {Seen(named, "do")}");
        }

        var short_ = drafts.Count(draft => draft.Text.Length < Teaser);
        if (short_ * 10 >= drafts.Count * 8)
        {
            var long_ = looked.Count(pair => pair.Page.Text?.Length > Math.Max(Teaser, pair.Draft.Text.Length * 2));
            if (looked.Count == 0)
                yield return Fill(FieldName.Text, "takes the text, for the search, from posts' pages", 0.35, $"{short_} of {drafts.Count} entries have but a teaser; {NotSeen}");
            else if (long_ * 2 > looked.Count)
                yield return Fill(FieldName.Text, "takes the text, for the search, from posts' pages", 0.75, $"{short_} of {drafts.Count} entries have but a teaser, and {Seen(long_, "have more")}");
        }

        if (drafts.All(draft => draft.PublishedAt is null && draft.UpdatedAt is null))
        {
            var dated = looked.Count(pair => pair.Page.PublishedAt is not null);
            if (looked.Count == 0)
                yield return Fill(FieldName.Date, "takes dates from posts' pages", 0.5, $"no entry has a date; {NotSeen}");
            else if (dated * 2 > looked.Count)
                yield return Fill(FieldName.Date, "takes dates from posts' pages", 0.9, $"no entry has a date, and {Seen(dated, "say one")}");
        }

        static FeedFinding Fill(string field, string what, double confidence, string why) => new(what, FeedFinding.Page("fill", field), confidence, why);

        static FeedFinding Author(string how, double confidence, string why) => new("takes the author from posts' pages", FeedFinding.Page(how, FieldName.Author), confidence, why);
    }

    /// <summary>Whether looking at some pages would tell more.</summary>
    public static bool AreLikely(IReadOnlyList<PostDraft> drafts, SourceNames names) =>
        Find(drafts, [.. drafts.Select(_ => (PageFacts?)null)], names).Any() || drafts.All(draft => draft.Author is null);
}
