using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Kawaraban.Unicode;

namespace Kawaraban.Sources;

/// <summary>A company's place under <c>/companies/</c>: lower-case words, parted by hyphens.</summary>
/// <remarks>
/// Latin names become themselves. Names in other scripts take the company's own word for itself, its domain (<c>メルカリ</c> at
/// engineering.mercari.com is <c>mercari</c>): an address that can be read out and typed anywhere. Only when there is no domain is the
/// name kept in its script.
/// </remarks>
public readonly record struct Slug
{
    /// <summary>The greatest length, UTF-16 units.</summary>
    public const int MaxLength = 60;

    // Sites on which many publish: the publisher's name is the label before it, or the first telling part of the path.
    private static readonly FrozenSet<string> SubdomainPlatforms = FrozenSet.Create(
        "hatenablog", "hatenadiary", "hateblo", "github", "gitlab", "blogspot", "wordpress", "netlify", "vercel", "substack", "tumblr", "ghost",
        "pages", "web", "firebaseapp", "medium", "cloudfront", "livedoor", "fc2", "studio", "notion", "wixsite", "herokuapp", "hashnode");

    private static readonly FrozenSet<string> PathPlatforms = FrozenSet.Create(
        "zenn.dev", "note.com", "medium.com", "qiita.com", "dev.to", "speakerdeck.com", "www.wantedly.com", "connpass.com", "feeds.feedburner.com");

    private static readonly FrozenSet<string> TellingNothing = FrozenSet.Create(
        "feed", "feeds", "rss", "atom", "p", "organizations", "activities.atom", "companies", "tag", "topics", "blog", "m", "n");

    private static readonly FrozenSet<string> SecondLevels = FrozenSet.Create("co", "ne", "or", "com", "ac", "go", "gr", "net", "org", "ad", "ed", "gov", "edu");

    private Slug(string text) => Text = text;

    /// <summary>As it stands in an address, not percent-encoded.</summary>
    public string Text { get; }

    /// <summary>The slug of a company.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="url">Its site or feed.</param>
    public static Slug Of(string name, Uri url)
    {
        var folded = Fold(name);
        if (Words(folded, isAsciiOnly: true) is { } latin)
            return new Slug(latin);
        if (Publisher(url) is { } publisher && Words(publisher, isAsciiOnly: true) is { } domain)
            return new Slug(domain);
        return new Slug(Words(folded, isAsciiOnly: false) ?? "company");
    }

    /// <summary>Reads a slug as a person types it: what <see cref="Of"/> would make of the words.</summary>
    /// <returns>False when nothing is left.</returns>
    public static bool TryParse(string text, out Slug slug)
    {
        var words = Words(Fold(text), isAsciiOnly: false);
        slug = new Slug(words ?? "");
        return words is not null;
    }

    /// <summary>The same with a number, for the second company of that name.</summary>
    public Slug Numbered(int number) => new($"{Text}-{number}");

    /// <inheritdoc/>
    public override string ToString() => Text;

    // Null when there is nothing, or, where only ASCII counts, when another script is in it.
    private static string? Words(string text, bool isAsciiOnly)
    {
        var slug = new StringBuilder();
        foreach (var character in text)
        {
            if (slug.Length == MaxLength)
                break;
            if (char.IsAsciiLetterOrDigit(character) || (!isAsciiOnly && char.IsLetterOrDigit(character)))
                slug.Append(char.ToLowerInvariant(character));
            else if (char.IsLetterOrDigit(character))
                return null;
            else if (slug.Length > 0 && slug[^1] != '-' && character != '\'')
                slug.Append('-');
        }

        var words = slug.ToString().Trim('-');
        return words.Length == 0 ? null : words;
    }

    // "é" becomes "e"; a dakuten stays with its kana, because only marks above Latin, Greek and Cyrillic letters are taken off.
    private static string Fold(string name)
    {
        var letters = new StringBuilder();
        foreach (var character in Compatibility.Decompose(name))
        {
            if (char.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark || character >= '\u3000')
                letters.Append(character);
        }

        return Compatibility.Compose(letters.ToString());
    }

    private static string? Publisher(Uri url)
    {
        if (url.HostNameType != UriHostNameType.Dns)
            return null;
        if (PathPlatforms.Contains(url.Host))
            return url.Segments.Select(segment => segment.Trim('/')).FirstOrDefault(part => part.Length > 0 && !TellingNothing.Contains(part));

        var labels = url.IdnHost.Split('.');
        var suffix = labels.Length > 2 && labels[^1].Length == 2 && SecondLevels.Contains(labels[^2]) ? 2 : 1;
        if (labels.Length <= suffix)
            return labels[0];
        var isPlatform = labels.Length > suffix + 1 && SubdomainPlatforms.Contains(labels[^(suffix + 1)]);
        return labels[^(suffix + (isPlatform ? 2 : 1))];
    }
}
