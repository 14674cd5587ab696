using System.Text;
using Kawaraban.Unicode;

namespace Kawaraban.Tests.Unicode;

/// <summary>The platform's normalisation, ICU's, is the measure; the tests run with it, the program without.</summary>
public sealed class CompatibilityTests
{
    // Code points that Unicode 15 to 17 added: the platform may know them, the table (Unicode 14) does not.
    private static readonly (int From, int To)[] Younger =
    [
        (0x0C00, 0x0FFF), (0x1ACF, 0x1AFF), (0x10D4E, 0x10D6F), (0x10EC0, 0x10EFF), (0x11240, 0x112FF), (0x11380, 0x113FF), (0x11F00, 0x11F5F), (0x16120, 0x1613F), (0x16D40, 0x16D7F), (0x1CCD6, 0x1CCF9), (0x1E030, 0x1E08F), (0x1E4EC, 0x1E4EF), (0x1E5EE, 0x1E5EF), (0xA7F1, 0xA7F1), (0xA7DC, 0xA7DC),
    ];

    public static IEnumerable<int> CodePoints =>
        Enumerable.Range(0, 0x110000).Where(code => Rune.IsValid(code) && (code & 0xFFFE) != 0xFFFE && (code is < 0xFDD0 or > 0xFDEF) && !Younger.Any(range => code >= range.From && code <= range.To));

    [Fact]
    public void Every_code_point_composes_as_the_platform_says() =>
        Assert.Empty(Differences(Compatibility.Compose, NormalizationForm.FormKC, CodePoints.Select(code => new Rune(code).ToString())));

    [Fact]
    public void Every_code_point_decomposes_as_the_platform_says() =>
        Assert.Empty(Differences(Compatibility.Decompose, NormalizationForm.FormKD, CodePoints.Select(code => new Rune(code).ToString())));

    [Fact]
    public void Any_mixture_of_letters_and_marks_composes_as_the_platform_says()
    {
        int[] lively = [.. CodePoints.Where(code => !new Rune(code).ToString().IsNormalized(NormalizationForm.FormKD)
            || Rune.GetUnicodeCategory(new Rune(code)) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark)];
        int[] plain = ['a', 'e', ' ', 'か', 'ハ', '設', 0x1100, 0x1161, 0x11A8, 0xAC00, 0x1F600];
        var random = new Random(20261124);
        var texts = Enumerable.Range(0, 20_000).Select(_ => string.Concat(
            Enumerable.Range(0, random.Next(1, 9)).Select(_ => new Rune(random.Next(2) == 0 ? plain[random.Next(plain.Length)] : lively[random.Next(lively.Length)]))));
        Assert.Empty(Differences(Compatibility.Compose, NormalizationForm.FormKC, texts));
    }

    [Fact]
    public void A_text_that_is_composed_already_is_returned_itself()
    {
        var text = "「設計方針」を話します。 The café";
        Assert.Same(text, Compatibility.Compose(text));
    }

    [Theory]
    [InlineData("ＡＢＣ　ﾃｽﾄ①", "ABC テスト1")]
    [InlineData("か\u3099", "が")]
    [InlineData("\u1100\u1161\u11a8", "각")]
    public void Width_and_marks_are_folded(string text, string composed) => Assert.Equal(composed, Compatibility.Compose(text));

    [Fact]
    public void Half_of_a_pair_becomes_a_replacement_character() => Assert.Equal("\ufffdx\ufffd", Compatibility.Compose("\ud800x\udc00"));

    [Fact]
    public void A_text_of_nothing_but_marks_takes_no_longer_than_it_is()
    {
        var marks = string.Concat(Enumerable.Repeat("\u0316\u0301", 50_000));
        Assert.Equal(new string('\u0316', 50_000) + new string('\u0301', 50_000), Compatibility.Compose(marks));
    }

    private static IEnumerable<string> Differences(Func<string, string> ours, NormalizationForm form, IEnumerable<string> texts) =>
        texts.Where(text => ours(text) != text.Normalize(form)).Select(text => string.Join(' ', text.EnumerateRunes().Select(rune => $"{rune.Value:X4}"))).Take(20);
}
