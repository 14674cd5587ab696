using CsCheck;

namespace Kawaraban.Feeds.Tests.Html;

/// <summary>Makes HTML that nobody would write by hand.</summary>
internal static class Hostile
{
    private static readonly string[] s_pieces =
    [
        "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?", "\"", "'", "=", " ", "\n", "&", "&amp;", "&#x3c;", "&lt;script&gt;", "&#0;", ";",
        "<p>", "</p>", "<div ", "<a href=", "<a href=\"javascript:alert(1)\">", "<img src=x onerror=alert(1)>", "<img srcset='a 1x, b 700w'>", "<script>",
        "</script>", "<scr<script>ipt>", "<style>", "</style>", "<svg>", "<math>", "<title>", "<noscript>", "</noscript>", "<textarea>", "<template>",
        "<ruby>漢<rt>", "</ruby>", "<table><td>", "<select>", "<form action=x>", "<iframe srcdoc='<script>'>", "<link rel=alternate type=application/rss+xml href=x>",
        "<base href='//b/'>", "\0", "\u001B", "\uD83D", "\uDE00", "文。", "Words. ", "a", "\u0301",
    ];

    public static Gen<string> Html { get; } =
        Gen.OneOf(Gen.Int[0, s_pieces.Length - 1].Select(i => s_pieces[i]), Gen.String[0, 8]).Array[0, 60].Select(string.Concat);
}
