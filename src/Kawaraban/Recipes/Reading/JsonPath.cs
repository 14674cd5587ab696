using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Kawaraban.Recipes;

/// <summary>A path in a JSON document: <c>data.posts[*].node</c>, <c>items[0].title</c>. The least of RFC 9535 that APIs need.</summary>
internal sealed class JsonPath
{
    private const int MostSteps = 20;

    // A name, or a place in an array; all places when both are null.
    private readonly List<(string? Name, int? Index)> steps;

    private JsonPath(List<(string?, int?)> steps) => this.steps = steps;

    /// <summary>Reads one.</summary>
    public static bool TryCreate(string text, [NotNullWhen(true)] out JsonPath? path, [NotNullWhen(false)] out string? problem)
    {
        path = null;
        problem = null;
        List<(string?, int?)> steps = [];
        var rest = text.AsSpan();
        if (rest.StartsWith("$"))
            rest = rest[1..].TrimStart('.');
        while (rest.Length > 0)
        {
            if (rest[0] == '[')
            {
                var close = rest.IndexOf(']');
                var inside = close < 0 ? default : rest[1..close].Trim();
                if (inside is "*")
                    steps.Add((null, null));
                else if (int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                    steps.Add((null, index));
                else
                    problem = $"is no path: \"{text}\" has brackets that hold neither a number nor *; write data.posts[*].title";
                rest = close < 0 ? default : rest[(close + 1)..];
            }
            else
            {
                if (rest[0] == '.')
                    rest = rest[1..];
                var end = rest.IndexOfAny('.', '[');
                var name = end < 0 ? rest : rest[..end];
                if (name.Length == 0)
                    problem = $"is no path: \"{text}\" has a dot with no name behind it; write data.posts[*].title";
                steps.Add((name.ToString(), null));
                rest = end < 0 ? default : rest[end..];
            }

            if (problem is null && steps.Count > MostSteps)
                problem = $"has more than {MostSteps} steps";
            if (problem is not null)
                return false;
        }

        path = new JsonPath(steps);
        return true;
    }

    /// <summary>All that it leads to, in order.</summary>
    public IEnumerable<JsonElement> Find(JsonElement from)
    {
        IEnumerable<JsonElement> found = [from];
        foreach (var step in steps)
            found = found.SelectMany(element => Take(element, step.Name, step.Index));
        return found;
    }

    /// <summary>A value as text; null when it is none.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private static IEnumerable<JsonElement> Take(JsonElement element, string? name, int? index)
    {
        if (name is not null)
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? [member] : [];
        if (element.ValueKind != JsonValueKind.Array)
            return element.ValueKind == JsonValueKind.Object && index is null ? element.EnumerateObject().Select(one => one.Value) : [];
        if (index is not { } at)
            return element.EnumerateArray();
        return at < element.GetArrayLength() ? [element[at]] : [];
    }
}
