using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Kawaraban.Recipes;

/// <summary>A regular expression that takes time linear in the text, whatever both are.</summary>
internal sealed class Pattern
{
    private const int MaxLength = 500;

    // (a{1000}){1000} would be a million states.
    private const long MostRepetitions = 20_000;

    // Far beyond what a title takes; the guard behind the guard.
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(250);

    private readonly Regex regex;

    private Pattern(Regex regex) => this.regex = regex;

    /// <summary>Reads one.</summary>
    /// <param name="text">As a person writes it.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="problem">Why it is none, to follow the path of the rule.</param>
    public static bool TryCreate(string text, [NotNullWhen(true)] out Pattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        pattern = null;
        if (text.Length > MaxLength)
        {
            problem = $"has {text.Length} characters; {MaxLength} are allowed";
            return false;
        }

        if (Repetitions(text) > MostRepetitions)
        {
            problem = $"repeats too much: the counts in braces, multiplied, are more than {MostRepetitions}";
            return false;
        }

        try
        {
            pattern = new Pattern(new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, LongestMatch));
            problem = null;
            return true;
        }
        catch (ArgumentException error)
        {
            problem = $"is no regular expression: {error.Message}";
        }
        catch (NotSupportedException)
        {
            problem = "uses what could take for ever (look-ahead, look-behind, backreferences, atomic groups, conditions); write it without";
        }

        return false;
    }

    /// <summary>Whether it matches; null when that took too long.</summary>
    public bool? IsMatch(string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>The text with every match replaced; null when that took too long.</summary>
    public string? Replace(string text, string replacement)
    {
        try
        {
            return regex.Replace(text, replacement);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static long Repetitions(string text)
    {
        var product = 1L;
        for (var open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.IndexOf('{', open + 1))
        {
            var close = text.IndexOf('}', open);
            if (close < 0)
                break;
            var counts = text[(open + 1)..close].Split(',');
            var last = counts[^1].Length == 0 ? counts[0] : counts[^1];
            if (long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                product = Math.Min(product * Math.Max(count, 1), MostRepetitions + 1);
            else if (last.Length > 18 && last.All(char.IsAsciiDigit))
                return MostRepetitions + 1;
        }

        return product;
    }
}
