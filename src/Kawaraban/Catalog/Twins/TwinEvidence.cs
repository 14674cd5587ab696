using System.Globalization;

namespace Kawaraban.Catalog;

/// <summary>What two posts look like beside each other.</summary>
internal enum Likeness
{
    /// <summary>Two articles.</summary>
    Other,

    /// <summary>Perhaps one: a person may say so.</summary>
    Unsure,

    /// <summary>One article.</summary>
    Same,
}

/// <summary>What speaks for two posts being one article.</summary>
/// <param name="Likeness">What it comes to.</param>
/// <param name="Sentence">What was seen.</param>
/// <param name="Strength">Of two that look the same, the better seen one first: 2 for one address, else how much of the text is the same.</param>
internal sealed record TwinEvidence(Likeness Likeness, string Sentence, double Strength = 0)
{
    /// <summary>How far apart the dates of one article may lie.</summary>
    public const int Days = 14;

    /// <summary>How much of the shorter text has to stand in the longer one.</summary>
    public const double Contained = 0.7;

    /// <summary>How much of the shorter title's pairs of characters has to stand in the longer one, where two posts have one address.</summary>
    public const double AlikeTitle = 0.5;

    /// <summary>Less text than this proves nothing: pieces of five characters, each once.</summary>
    public const int LeastShingles = 40;

    /// <summary>Compares two posts of different sources. A wrong merge is worse than a missed one: in doubt they are two.</summary>
    public static TwinEvidence Weigh(TwinPost one, TwinPost other)
    {
        if (one.SourceId == other.SourceId)
            return new TwinEvidence(Likeness.Other, "they are of one source");
        var isOtherLanguage = Language(one) is { } first && Language(other) is { } second && first != second;
        if (one.PageKey is not null && one.PageKey == other.PageKey)
        {
            if (!one.IsDeclaredCopy && !other.IsDeclaredCopy)
            {
                // A feed made from a template keeps the template's links; and who shares another's article says something of their own.
                return AreAlike(one, other)
                    ? new TwinEvidence(Likeness.Same, "one address", 2)
                    : new TwinEvidence(Likeness.Unsure, "one address, but neither the titles nor the texts are alike");
            }

            return isOtherLanguage
                // Many sites call the original of a translation its canonical address.
                ? new TwinEvidence(Likeness.Unsure, "one page names the other, or both a third, as the original, but the languages differ")
                : new TwinEvidence(Likeness.Same, "one page names the other, or both a third, as the original", 2);
        }

        if (one.TitleKey is null || one.TitleKey != other.TitleKey)
            return new TwinEvidence(Likeness.Other, "neither address nor title is the same");
        if (isOtherLanguage)
            return new TwinEvidence(Likeness.Other, "the title is the same, the languages differ");
        if (one.PublishedAt is not { } at || other.PublishedAt is not { } otherAt)
            return new TwinEvidence(Likeness.Unsure, "the title is the same, but not both have a date");
        var days = Math.Abs(at - otherAt) / (double)TimeSpan.MillisecondsPerDay;
        if (days > Days)
            return new TwinEvidence(Likeness.Other, Say($"the title is the same, but {days:0} days lie between"));
        var (shingles, others) = (new Shingles(one.Body), new Shingles(other.Body));
        if (Math.Min(shingles.Count, others.Count) < LeastShingles)
            return new TwinEvidence(Likeness.Unsure, "the title is the same, but there is too little text to compare");
        var contained = Shingles.Containment(shingles, others);
        return contained >= Contained
            ? new TwinEvidence(Likeness.Same, Say($"the same title, {days:0.0} days between, {contained:P0} of the text the same"), contained)
            : contained >= Contained / 2
                ? new TwinEvidence(Likeness.Unsure, Say($"the title is the same, but only {contained:P0} of the text"))
                : new TwinEvidence(Likeness.Other, Say($"the title is the same, the text is another ({contained:P0} the same)"));
    }

    private static bool AreAlike(TwinPost one, TwinPost other)
    {
        var (title, otherTitle) = (TitleKey.Normal(one.Title) ?? "", TitleKey.Normal(other.Title) ?? "");
        if (title == otherTitle || Shingles.Containment(new Shingles(title, Shingles.OfTitle), new Shingles(otherTitle, Shingles.OfTitle)) >= AlikeTitle)
            return true;
        var (text, otherText) = (new Shingles(one.Body), new Shingles(other.Body));
        return Math.Min(text.Count, otherText.Count) >= LeastShingles && Shingles.Containment(text, otherText) >= Contained;
    }

    private static string? Language(TwinPost post) =>
        post.Language is { Length: >= 2 } tag ? tag.Split('-', '_')[0].ToLowerInvariant() : null;

    private static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
