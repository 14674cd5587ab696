using System.Collections.Frozen;
using System.Text;
using Kawaraban.Unicode;

namespace Kawaraban.Recipes;

/// <summary>The name of a tag as it stands in an address: one for all the ways of writing it.</summary>
public static class TagName
{
    /// <summary>The greatest length of a tag; what is longer is a sentence that strayed into a tag.</summary>
    public const int MaxLength = 50;

    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["golang"] = "go",
        ["js"] = "javascript",
        ["k8s"] = "kubernetes",
        ["node"] = "nodejs",
        ["node.js"] = "nodejs",
        ["postgres"] = "postgresql",
        ["react.js"] = "react",
        ["reactjs"] = "react",
        ["ts"] = "typescript",
        ["vue.js"] = "vue",
        ["vuejs"] = "vue",
    }.ToFrozenDictionary();

    /// <summary>Width and case folded (NFKC), a leading # dropped, white space and slashes to hyphens, other spellings of the best-known
    /// words to one of them.</summary>
    /// <param name="tag">As published.</param>
    /// <returns>Null when nothing is left, or too much.</returns>
    public static string? Slug(string tag)
    {
        var folded = Compatibility.Compose(tag);
        var slug = new StringBuilder(folded.Length);
        foreach (var character in folded.AsSpan().Trim().TrimStart('#'))
        {
            var isBreak = char.IsWhiteSpace(character) || char.IsControl(character) || character is '/' or '\\' or '?' or '-';
            if (!isBreak)
                slug.Append(char.ToLowerInvariant(character));
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var name = slug.ToString().TrimEnd('-');
        // "." and ".." would climb in an address.
        if (name.Length is 0 or > MaxLength || name.AsSpan().Trim('.').IsEmpty)
            return null;
        return Aliases.GetValueOrDefault(name, name);
    }
}
