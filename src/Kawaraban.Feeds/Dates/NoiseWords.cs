using System.Collections.Frozen;

namespace Kawaraban.Feeds.Dates;

/// <summary>Words that stand in dates and add nothing to them: "23 de noviembre de 2026 a las 10:00", "um 10 Uhr", "2026 г.".</summary>
internal static class NoiseWords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_words = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [.. ("at on of the date posted published updated hrs hours de del dell dia feira a as las los el al il alle ore le en um uhr am den der im vom dne "
            + "o godz r roku v ve om uur te op kl klo klokken saat ev kell h hs г года год в στισ του").Split(' ').Distinct()])
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> word) => s_words.Contains(word);
}
