using System.Text;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Html;

/// <summary>Looks for the picture that stands for a text.</summary>
internal static class PictureSearch
{
    /// <summary>Where scripts find the address of a picture that is loaded late.</summary>
    private static readonly string[] s_lateAddresses = ["data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-url"];

    /// <summary>Parts of addresses that are no pictures of anything: counters of readers, advertisements, emoji, faces, badges, blanks.</summary>
    private static readonly System.Buffers.SearchValues<string> s_unwanted = System.Buffers.SearchValues.Create(
        [
            "feedburner.com/~", "feeds.wordpress.com/1.0/", "pixel.wp.com/", "stats.wordpress.com/", "/b.gif", "medium.com/_/stat", "doubleclick.net/",
            "google-analytics.com/", "scorecardresearch.com/", "quantserve.com/", "facebook.com/tr?", "feedsportal.com/", "/tracking", "/pixel.", "/pixel?",
            "a8.net/", "moshimo.com/af/", "valuecommerce.com/", "accesstrade.net/", "amazon-adsystem.com/", "blogmura.com/", "with2.net/", "/counter.",
            "s.w.org/images/core/emoji", "/emoji/", "/emojis/", "twemoji", "/smilies/", "/smiley", "icon_smile", "gravatar.com/avatar", "/avatar/", "/avatars/",
            "profile-icon", "cdn-ak.st-hatena.com/users/", "cdn.profile-image.st-hatena.com/", "b.hatena.ne.jp/entry/image/", "b.st-hatena.com/",
            "entry-button", "button-only", "shields.io/", "badge.svg", "badge.fury.io", "badgen.net/", "/badges/", "travis-ci.org/", "travis-ci.com/",
            "codecov.io/", "licensebuttons.net/", "creativecommons.org/l/", "spacer.", "blank.gif", "blank.png", "transparent.gif", "transparent.png",
            "1x1.", "placeholder", "loading.gif", "loading.svg", "lazy.gif", "lazyload", "dot.gif", "clear.gif", "trans.gif",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly System.Buffers.SearchValues<string> s_unwantedClasses = System.Buffers.SearchValues.Create(
        ["emoji", "wp-smiley", "avatar", "gravatar", "tracking", "badge", "hatena-id-icon"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The address of the first picture that is one; absolute when something says what it refers to.</summary>
    public static string? First(ReadOnlySpan<char> html, Uri? baseUrl)
    {
        var scanner = new TagScanner(html);
        string? offered = null;
        while (scanner.Read())
        {
            if (scanner.Piece == HtmlPiece.Text)
                continue;
            if (scanner.Piece == HtmlPiece.EndTag)
            {
                if (!scanner.Is("picture"))
                    continue;
                if (offered is not null)
                    return offered;
            }
            else if (scanner.Is("picture"))
            {
                offered = null;
            }
            else if (scanner.Is("source"))
            {
                offered ??= OfSet(scanner.Attributes["srcset"] ?? scanner.Attributes["data-srcset"], baseUrl);
            }
            else if (scanner.Is("img") || scanner.Is("amp-img"))
            {
                if (!IsUnwanted(scanner.Attributes) && (Of(scanner.Attributes, baseUrl) ?? offered) is { } found)
                    return found;
                offered = null;
            }
        }

        return null;
    }

    private static string? Of(HtmlAttributes picture, Uri? baseUrl)
    {
        // Where there is a late address, the other is a place holder, whatever it is called.
        foreach (var name in s_lateAddresses)
        {
            if (picture[name] is { } late && Address(late, baseUrl) is { } found)
                return found;
        }

        return Address(picture["src"], baseUrl) ?? OfSet(picture["srcset"] ?? picture["data-srcset"] ?? picture["data-lazy-srcset"], baseUrl);
    }

    private static bool IsUnwanted(HtmlAttributes picture)
    {
        if (IsDot(picture, "width") || IsDot(picture, "height"))
            return true;
        return picture.TryGet("class", out var names) && names.ContainsAny(s_unwantedClasses);
    }

    private static bool IsDot(HtmlAttributes picture, ReadOnlySpan<char> side)
    {
        if (!picture.TryGet(side, out var value))
            return false;
        value = value.Trim();
        return value is "0" or "1" or "0px" or "1px";
    }

    private static string? Address(string? value, Uri? baseUrl)
    {
        if (value is null)
            return null;
        value = HtmlAddress.Clean(value);
        if (value.Length == 0 || value[0] == '#' || value.AsSpan().ContainsAny(s_unwanted))
            return null;
        if (baseUrl is null && value.StartsWith("//", StringComparison.Ordinal))
            value = "https:" + value;
        if (baseUrl is null && !ElementCursor.HasScheme(value))
            return value.Contains(':', StringComparison.Ordinal) && !value.Contains('/', StringComparison.Ordinal) ? null : value;
        return ElementCursor.Join(baseUrl, value) is { Scheme: "http" or "https" } url ? url.AbsoluteUri : null;
    }

    /// <summary>The one of several sizes that suits a page: the smallest of 640 pixels or more, else the largest.</summary>
    private static string? OfSet(ReadOnlySpan<char> set, Uri? baseUrl)
    {
        const int Wanted = 640;
        string? best = null;
        var bestWidth = 0;
        foreach (var (address, size) in new SourceSet(set))
        {
            var width = size is [.., 'w'] && int.TryParse(size[..^1], out var pixels) ? pixels : 1;
            var isBetter = best is null || (bestWidth < Wanted ? width > bestWidth : width >= Wanted && width < bestWidth);
            if (isBetter && Address(address.ToString(), baseUrl) is { } found)
                (best, bestWidth) = (found, width);
        }

        return best;
    }
}
