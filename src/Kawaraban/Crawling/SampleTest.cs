using Kawaraban.Fetching;
using Kawaraban.Recipes;

namespace Kawaraban.Crawling;

/// <summary>What a recipe makes of a sample.</summary>
/// <param name="Sample">Its name.</param>
/// <param name="Failures">What is not as it was pinned; nothing when all is.</param>
/// <param name="Posts">What the recipe makes of it.</param>
public sealed record SampleOutcome(string Sample, IReadOnlyList<SampleFailure> Failures, IReadOnlyList<ExpectedPost> Posts);

/// <summary>One thing that is not as it was pinned.</summary>
/// <param name="Post">The post's title; null when it is about the whole.</param>
/// <param name="Sentence">What.</param>
public sealed record SampleFailure(string? Post, string Sentence)
{
    /// <summary>Both, as messages say it.</summary>
    public override string ToString() => Post is null ? Sentence : $"\"{Post}\": {Sentence}";
}

/// <summary>Runs samples: a document, a recipe and the posts that are expected. No network, and no clock but for the deadline.</summary>
public static class SampleTest
{
    /// <summary>Runs one.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="recipe">The source's own recipe; null for none.</param>
    /// <param name="source">The source's address.</param>
    /// <param name="platform">The built-in recipe that was found last; null for none.</param>
    /// <param name="politenessKey">Which addresses share a site.</param>
    public static SampleOutcome Run(RecipeSample sample, string? recipe, Uri source, string? platform, Func<Uri, string> politenessKey)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var deadline = new Deadline(TimeProvider.System, Deadline.Usual);
        var (effective, reading, problem) = SourceReader.Read(recipe, source, platform, Document(sample), deadline);
        if (effective.Problem is not null)
            return new SampleOutcome(sample.Name, [new SampleFailure(null, $"the recipe cannot be read: {effective.Problem}")], []);
        if (reading is null)
            return new SampleOutcome(sample.Name, [new SampleFailure(null, problem!.Sentence)], []);
        var shaped = Shaper.Shape(effective.Compiled, reading, Context(sample, effective.Compiled, source, politenessKey, deadline));
        var posts = shaped.Drafts.Select(ExpectedPost.Of).ToList();
        return new SampleOutcome(sample.Name, [.. Compare(sample.Expected, posts), .. shaped.Notes.Select(note => new SampleFailure(note.Entry, $"{note.Path} {note.Sentence}"))], posts);
    }

    /// <summary>The document of a sample as if it had been fetched.</summary>
    internal static Fetched Document(RecipeSample sample) => new(sample.Url, 200, null, sample.Body, sample.ContentType, null, null);

    /// <summary>What a recipe needs to run over a sample.</summary>
    internal static ShapeContext Context(RecipeSample sample, CompiledRecipe recipe, Uri source, Func<Uri, string> politenessKey, Deadline deadline, bool isTraced = false)
    {
        Dictionary<string, PageFacts?> pages = [];
        foreach (var page in recipe.Page is null ? [] : sample.Pages)
        {
            var url = new Uri(page.Url);
            pages[CanonicalUrl.Of(url)] = HtmlPage.TryRead(Convert.FromBase64String(page.Body), page.ContentType, url, deadline, out var html, out _)
                ? PageFactsReader.Read(html, recipe.Page!, other => politenessKey(other) == politenessKey(source))
                : null;
        }

        return new ShapeContext(sample.Url, sample.At, deadline) { Pages = pages, IsTraced = isTraced };
    }

    private static List<SampleFailure> Compare(IReadOnlyList<ExpectedPost> expected, List<ExpectedPost> posts)
    {
        List<SampleFailure> failures = [];
        var found = posts.ToDictionary(post => post.Identity);
        var isIdentityKept = expected.Count == 0 || posts.Count == 0 || expected.Any(post => found.ContainsKey(post.Identity));
        if (!isIdentityKept)
            failures.Add(new SampleFailure(null, "none of the posts is known by what it was known by; they would all be new"));
        foreach (var post in expected)
        {
            if ((found.GetValueOrDefault(post.Identity) ?? posts.Find(other => !isIdentityKept && other.CanonicalUrl == post.CanonicalUrl)) is not { } now)
            {
                failures.Add(new SampleFailure(post.Title, "is not among the posts any more"));
                continue;
            }

            failures.AddRange(post.Differences(now).Select(difference =>
                new SampleFailure(post.Title, $"{difference.Field} is {Quoted(difference.After)}, and was pinned as {Quoted(difference.Before)}")));
            found.Remove(now.Identity);
        }

        failures.AddRange(found.Values.Select(post => new SampleFailure(post.Title, "is a post now, and was not one when the sample was pinned")));
        return failures;
    }

    private static string Quoted(string? text) => text is null ? "nothing" : $"\"{(text.Length <= 100 ? text : text[..100] + "…")}\"";
}
