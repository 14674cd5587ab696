using System.Collections.Frozen;

namespace Kawaraban.Recipes;

/// <summary>An address without what does not matter, to know a page again.</summary>
public static class CanonicalUrl
{
    // Parameters that tell the site where the reader came from, never which page it is. All that begin with "utm_" too.
    private static readonly FrozenSet<string> Tracking = FrozenSet.ToFrozenSet(
        [
            "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "mc_cid", "mc_eid", "mkt_tok",
            "_hsenc", "_hsmi", "hsctatracking", "spm", "ref_src", "ref_url", "s_cid", "vero_id", "oly_anon_id", "oly_enc_id",
            "source_rss", "at_medium", "at_campaign",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The address as it stands, when it is http or https; null otherwise.</summary>
    public static Uri? Web(string? text, Uri? baseUrl = null)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var isUrl = Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && url.Scheme != Uri.UriSchemeFile;
        if (!isUrl && (baseUrl is null || !Uri.TryCreate(baseUrl, text.Trim(), out url)))
            return null;
        return url is { Scheme: "http" or "https", Host.Length: > 0 } ? url : null;
    }

    /// <summary>The same page's plainest address: tracking parameters, fragment, default port, user name and the closing slash gone; host
    /// in lower case; https for http, because no two pages differ in that alone.</summary>
    public static string Of(Uri url)
    {
        var port = url.IsDefaultPort ? "" : ":" + url.Port;
        var path = url.AbsolutePath.Length > 1 ? url.AbsolutePath.TrimEnd('/') : "/";
        return $"https://{url.IdnHost}{port}{(path.Length == 0 ? "/" : path)}{Query(url.Query)}";
    }

    /// <summary>Whether a parameter only tells the site where a reader comes from.</summary>
    internal static bool IsTracking(string name) => name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase) || Tracking.Contains(name);

    // The order is kept: some sites read it.
    private static string Query(string query)
    {
        if (query.Length < 2)
            return "";
        List<string> kept = [];
        foreach (var part in query[1..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            if (!IsTracking(name))
                kept.Add(part);
        }

        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }
}
