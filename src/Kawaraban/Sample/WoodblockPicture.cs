using System.Globalization;
using System.Text;

namespace Kawaraban.Sample;

/// <summary>Prints a picture for a post: a scene in the manner of a woodblock print, in few flat colours, as SVG.</summary>
/// <remarks>The word decides everything, so the same post has the same picture for ever.</remarks>
internal static class WoodblockPicture
{
    private const int Width = 640;
    private const int Height = 400;

    /// <summary>Inks: sky above, sky below, far, near, sun, lines, paper.</summary>
    private sealed record Inks(string High, string Low, string Far, string Near, string Sun, string Line, string Paper);

    private static readonly Inks[] Sets =
    [
        new("#1f3b5b", "#e9dcc0", "#5b86a3", "#24476b", "#d3492f", "#f4ead5", "#f4ead5"),
        new("#2f6f7a", "#f3e3c3", "#7fb0a5", "#1d4f5b", "#e8a33d", "#f6efdf", "#f6efdf"),
        new("#4a3259", "#f0d9c6", "#a1788f", "#3a2647", "#f2c14e", "#f5e9dd", "#f5e9dd"),
        new("#8a2f24", "#f4dfb8", "#cf7a4a", "#5b2a26", "#fbf3e0", "#f7e6c8", "#f7ecd8"),
        new("#2d4a3a", "#ece4c7", "#7d9b6f", "#233b30", "#d3492f", "#f1ead2", "#f1ead2"),
        new("#22262f", "#8fa3b5", "#4c5f73", "#1b2029", "#f3ead2", "#c9d3da", "#efe9dc"),
    ];

    /// <summary>The picture that belongs to a word.</summary>
    public static string Print(string word)
    {
        var dice = new Dice(word);
        var inks = dice.Pick<Inks>(Sets);
        var svg = new StringBuilder(8 * 1024);
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}">
            <defs><linearGradient id="b" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{inks.High}"/><stop offset=".45" stop-color="{inks.Low}"/></linearGradient>
            <clipPath id="f"><rect x="14" y="14" width="{Width - 28}" height="{Height - 28}"/></clipPath></defs>
            <rect width="{Width}" height="{Height}" fill="{inks.Paper}"/><g clip-path="url(#f)"><rect width="{Width}" height="{Height}" fill="url(#b)"/>

            """);
        var sunX = dice.Between(120, 520);
        svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{sunX}\" cy=\"{dice.Between(110, 180)}\" r=\"{dice.Between(38, 70)}\" fill=\"{inks.Sun}\"/>\n");
        switch (dice.Throw(6))
        {
            case 0: Mountains(svg, ref dice, inks); Waves(svg, inks, top: 300, radius: 34); break;
            case 1: Waves(svg, inks, top: 190, radius: 46); break;
            case 2: Mountains(svg, ref dice, inks); Mist(svg, ref dice, inks); break;
            case 3: Bamboo(svg, ref dice, inks); break;
            case 4: Mountains(svg, ref dice, inks); Rain(svg, ref dice, inks); break;
            default: Water(svg, ref dice, inks, sunX); break;
        }

        svg.Append("</g>\n");
        Seal(svg, ref dice);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Mountains(StringBuilder svg, ref Dice dice, Inks inks)
    {
        for (var layer = 0; layer < 3; layer++)
        {
            var ground = 230 + (layer * 50);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M-40 {Height} L-40 {ground + 30}");
            for (var x = -40; x < Width + 80;)
            {
                var half = dice.Between(70, 150);
                var peak = ground - dice.Between(20, 110 - (layer * 25));
                svg.Append(CultureInfo.InvariantCulture, $" Q{x + (half / 2)} {ground + 6} {x + half} {peak} Q{x + half + (half / 2)} {ground + 6} {x + half + half} {ground + 26}");
                x += half + half;
            }

            svg.Append(CultureInfo.InvariantCulture, $" V{Height} Z\" fill=\"{(layer == 2 ? inks.Near : inks.Far)}\" opacity=\"{(layer == 0 ? ".55" : "1")}\"/>\n");
        }
    }

    /// <summary>Seigaiha, the blue ocean waves: rows of nested arcs, each row half a wave aside.</summary>
    private static void Waves(StringBuilder svg, Inks inks, int top, int radius)
    {
        var isOdd = false;
        for (var y = top; y < Height + (radius * 2); y += radius / 2, isOdd = !isOdd)
        {
            for (var x = isOdd ? 0 : -radius; x <= Width + radius; x += radius * 2)
            {
                for (var ring = 0; ring < 4; ring++)
                {
                    var fill = ring % 2 == 0 ? inks.Near : inks.Line;
                    svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x}\" cy=\"{y + radius}\" r=\"{radius - (ring * radius / 4)}\" fill=\"{fill}\"/>");
                }
            }

            svg.Append('\n');
        }
    }

    private static void Mist(StringBuilder svg, ref Dice dice, Inks inks)
    {
        for (var band = 0; band < 5; band++)
        {
            var y = dice.Between(215, 365);
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{dice.Between(-120, 360)}\" y=\"{y}\" width=\"{dice.Between(180, 420)}\" height=\"14\" rx=\"7\" fill=\"{inks.Line}\" opacity=\".82\"/>\n");
        }
    }

    private static void Bamboo(StringBuilder svg, ref Dice dice, Inks inks)
    {
        for (var x = dice.Between(20, 50); x < Width; x += dice.Between(44, 92))
        {
            var thickness = dice.Between(9, 20);
            var ink = dice.Throw(3) == 0 ? inks.Far : inks.Near;
            for (var y = dice.Between(-60, -10); y < Height;)
            {
                var length = dice.Between(62, 96);
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y}\" width=\"{thickness}\" height=\"{length - 4}\" rx=\"3\" fill=\"{ink}\"/>");
                if (dice.Throw(3) == 0)
                {
                    var reach = dice.Between(40, 80) * (dice.Throw(2) == 0 ? 1 : -1);
                    svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x + (thickness / 2)} {y} q{reach / 2} -6 {reach} 22 q{-reach / 2} -6 {-reach} -22\" fill=\"{inks.Near}\"/>");
                }

                y += length;
            }

            svg.Append('\n');
        }
    }

    private static void Rain(StringBuilder svg, ref Dice dice, Inks inks)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<g stroke=\"{inks.Line}\" stroke-width=\"1.4\" opacity=\".75\">");
        for (var drop = 0; drop < 90; drop++)
        {
            var x = dice.Between(-40, Width);
            var y = dice.Between(-60, Height);
            var length = dice.Between(40, 130);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x} {y} l{length / 4} {length}\"/>");
        }

        svg.Append("</g>\n");
    }

    private static void Water(StringBuilder svg, ref Dice dice, Inks inks, int sunX)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<rect y=\"240\" width=\"{Width}\" height=\"160\" fill=\"{inks.Near}\"/>\n");
        for (var y = 246; y < Height; y += 12)
        {
            for (var x = dice.Between(-60, 20); x < Width; x += dice.Between(70, 170))
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y}\" width=\"{dice.Between(20, 90)}\" height=\"3\" rx=\"1.5\" fill=\"{inks.Far}\"/>");
            var glint = dice.Between(16, 60) + ((y - 246) / 3);
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{sunX - (glint / 2) + dice.Between(-9, 9)}\" y=\"{y + 5}\" width=\"{glint}\" height=\"4\" rx=\"2\" fill=\"{inks.Sun}\"/>\n");
        }
    }

    /// <summary>The printer's seal in the corner.</summary>
    private static void Seal(StringBuilder svg, ref Dice dice)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({Width - 66} {Height - 70})\"><rect width=\"34\" height=\"38\" rx=\"3\" fill=\"#c23b22\"/><g fill=\"#f7ecd8\">");
        for (var stroke = 0; stroke < 4; stroke++)
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"6\" y=\"{6 + (stroke * 7)}\" width=\"{dice.Between(8, 22)}\" height=\"3\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{dice.Between(9, 22)}\" y=\"5\" width=\"3\" height=\"28\"/></g></g>\n");
    }
}
