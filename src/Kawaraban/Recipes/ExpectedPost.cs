namespace Kawaraban.Recipes;

/// <summary>A post as a sample expects it: all that a recipe decides.</summary>
public sealed record ExpectedPost(
    string Identity,
    string Url,
    string CanonicalUrl,
    string Title,
    string Excerpt,
    string? Author,
    DateTimeOffset? PublishedAt,
    DateTimeOffset? UpdatedAt,
    string? Picture,
    string? Language,
    IReadOnlyList<string> Tags,
    int TextLength)
{
    /// <summary>Of what was shaped.</summary>
    public static ExpectedPost Of(PostDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return new ExpectedPost(
            draft.Identity, draft.Url, draft.CanonicalUrl, draft.Title, draft.Excerpt, draft.Author, draft.PublishedAt, draft.UpdatedAt, draft.PictureUrl, draft.Language,
            draft.Tags, draft.Text.Length);
    }

    /// <summary>What differs, field by field; nothing when they are the same.</summary>
    public IReadOnlyList<FieldDifference> Differences(ExpectedPost other)
    {
        ArgumentNullException.ThrowIfNull(other);
        List<FieldDifference> differences = [];
        void Compare(string field, string? before, string? after)
        {
            if (before != after)
                differences.Add(new FieldDifference(field, before, after));
        }

        Compare("identity", Identity, other.Identity);
        Compare("url", Url, other.Url);
        Compare("canonicalUrl", CanonicalUrl, other.CanonicalUrl);
        Compare("title", Title, other.Title);
        Compare("excerpt", Excerpt, other.Excerpt);
        Compare("author", Author, other.Author);
        Compare("date", EntryFields.Date(PublishedAt?.ToUniversalTime()), EntryFields.Date(other.PublishedAt?.ToUniversalTime()));
        Compare("updated", EntryFields.Date(UpdatedAt?.ToUniversalTime()), EntryFields.Date(other.UpdatedAt?.ToUniversalTime()));
        Compare("picture", Picture, other.Picture);
        Compare("language", Language, other.Language);
        Compare("tags", string.Join(", ", Tags), string.Join(", ", other.Tags));
        Compare("text", $"{TextLength} characters", $"{other.TextLength} characters");
        return differences;
    }
}

/// <summary>A field that differs.</summary>
/// <param name="Field">Which.</param>
/// <param name="Before">What it was, or was to be.</param>
/// <param name="After">What it is.</param>
public sealed record FieldDifference(string Field, string? Before, string? After);

/// <summary>A post's own page in a sample.</summary>
/// <param name="Url">Its address.</param>
/// <param name="ContentType">The header it came with.</param>
/// <param name="Body">The bytes as they came, base64.</param>
public sealed record SamplePage(string Url, string? ContentType, string Body);
