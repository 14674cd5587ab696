namespace Kawaraban.Recipes;

/// <summary>What becomes of the addresses of posts.</summary>
internal sealed class UrlRules
{
    private readonly UrlSection section;
    private readonly IReadOnlyList<(string Path, Pattern Pattern, string Replacement)> replacements;

    public UrlRules(UrlSection section, IReadOnlyList<(string Path, Pattern Pattern, string Replacement)> replacements)
    {
        (this.section, this.replacements) = (section, replacements);
    }

    /// <summary>The link for readers.</summary>
    public Uri Shown(Uri url, string name, RuleNotes notes)
    {
        foreach (var (path, pattern, replacement) in replacements)
        {
            if (pattern.Replace(url.AbsoluteUri, replacement) is not { } text)
                notes.Add(path, name, "took too long and was stopped");
            else if (text.Length > 2000 || CanonicalUrl.Web(text, url) is not { } replaced)
                notes.Add(path, name, "makes what is no address of a page, so the address stays as it was");
            else
                url = replaced;
        }

        var builder = new UriBuilder(url);
        if (section.Https && url.Scheme == "http")
            (builder.Scheme, builder.Port) = ("https", url.IsDefaultPort ? -1 : url.Port);
        if (section.Tracking == "remove" || section.Remove is not null || section.Keep is not null)
            builder.Query = Query(url.Query, section.Tracking == "remove");
        if (section.Fragment == "remove")
            builder.Fragment = "";
        return builder.Uri;
    }

    /// <summary>What the post is known by.</summary>
    public string Canonical(Uri shown)
    {
        var builder = new UriBuilder(shown) { Query = Query(shown.Query, dropsTracking: false) };
        var canonical = CanonicalUrl.Of(builder.Uri);
        return section.Fragment == "keep" ? canonical + shown.Fragment : canonical;
    }

    // The order is kept: some sites read it.
    private string Query(string query, bool dropsTracking)
    {
        if (query.Length < 2)
            return "";
        List<string> kept = [];
        foreach (var part in query[1..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            var isKept = section.Keep is not null
                ? Has(section.Keep, name)
                : !Has(section.Remove, name) && !(dropsTracking && CanonicalUrl.IsTracking(name));
            if (isKept)
                kept.Add(part);
        }

        return string.Join('&', kept);
    }

    private static bool Has(IReadOnlyList<string>? names, string name)
    {
        foreach (var one in names ?? [])
        {
            if (one.EndsWith('*') ? name.StartsWith(one[..^1], StringComparison.OrdinalIgnoreCase) : name.Equals(one, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
