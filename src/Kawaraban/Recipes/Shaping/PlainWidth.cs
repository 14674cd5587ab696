using System.Text;
using Kawaraban.Feeds;
using Kawaraban.Unicode;

namespace Kawaraban.Recipes;

/// <summary>Writes Latin letters, digits and kana in titles at their usual width: ＡＷＳ　Ｌａｍｂｄａ is AWS Lambda, ﾃｽﾄ is テスト.</summary>
/// <remarks>
/// Not NFKC over the whole: that would also make (株) of ㈱ and take the rings off ①. The example of what needs code: a table of sixty
/// characters, and marks that follow their letters.
/// </remarks>
internal sealed class PlainWidth : ICodeStep
{
    public string Name => "plain-width";

    public string Description => "letters, digits and kana of titles at their usual width";

    public Entry Shape(Entry entry) => entry.Title is { } title ? entry with { Title = Plain(title) } : entry;

    private static string Plain(string title)
    {
        var plain = new StringBuilder(title.Length);
        for (var at = 0; at < title.Length; at++)
        {
            var character = title[at];
            if (character == '\u3000')
                plain.Append(' ');
            else if (character is >= '\uFF01' and <= '\uFF5E')
                plain.Append((char)(character - 0xFEE0));
            else if (character is >= '\uFF66' and <= '\uFF9D')
                // With the mark behind it, where there is one: ｶﾞ is ガ.
                plain.Append(Compatibility.Compose(title.Substring(at, at + 1 < title.Length && title[at + 1] is '\uFF9E' or '\uFF9F' ? 2 : 1)));
            else if (character is not ('\uFF9E' or '\uFF9F'))
                plain.Append(character);
        }

        return plain.ToString();
    }
}
