using System.Globalization;
using System.Text.Json;

namespace Kawaraban.Recipes;

/// <summary>Compares a document with a JSON Schema (draft 2020-12), as far as the schema of recipes goes.</summary>
/// <remarks>
/// A test holds that the schema uses no keyword that is not known here. What a library would not give is the point: the path as a person
/// writes it, what would be allowed there, and the word that was probably meant.
/// </remarks>
/// <param name="schema">The schema.</param>
internal sealed class JsonSchema(JsonElement schema)
{
    // More would only bury the first.
    private const int MostProblems = 20;

    /// <summary>The keywords that are understood; the last line is for people.</summary>
    public static IReadOnlySet<string> Keywords { get; } = new HashSet<string>
    {
        "$defs", "$ref", "anyOf", "type", "enum", "properties", "required", "additionalProperties", "minProperties", "maxProperties",
        "items", "minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum",
        "$schema", "$id", "title", "description",
    };

    /// <summary>What is wrong with a document; nothing when it fits.</summary>
    public IReadOnlyList<RecipeProblem> Check(JsonElement document)
    {
        List<RecipeProblem> problems = [];
        Check(document, schema, "", problems);
        return problems;
    }

    private void Check(JsonElement value, JsonElement rules, string path, List<RecipeProblem> problems)
    {
        if (problems.Count >= MostProblems)
            return;
        rules = Resolved(rules);
        if (rules.TryGetProperty("anyOf", out var choices))
        {
            // The one for a value of that kind; where none is, the first says what is expected.
            var fitting = choices.EnumerateArray().Select(Resolved).FirstOrDefault(choice => IsOfType(value, choice.GetProperty("type")));
            Check(value, fitting.ValueKind == JsonValueKind.Undefined ? choices[0] : fitting, path, problems);
            return;
        }

        if (rules.TryGetProperty("type", out var type) && !IsOfType(value, type))
        {
            problems.Add(new RecipeProblem(path, $"is {Name(value)}; it has to be {Expected(type)}{OneOf(rules)}"));
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(value, rules, path, problems);
                break;
            case JsonValueKind.Array:
                CheckArray(value, rules, path, problems);
                break;
            case JsonValueKind.String:
                var length = value.GetString()!.Length;
                if (rules.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => word.GetString() == value.GetString()))
                    problems.Add(new RecipeProblem(path, $"is \"{Short(value.GetString()!)}\"{Meant(value.GetString()!, words.EnumerateArray().Select(word => word.GetString()!))}; it has to be {OneOf(rules)[2..]}"));
                else if (Number(rules, "maxLength") is { } most && length > most)
                    problems.Add(new RecipeProblem(path, $"has {length} characters; {most} are allowed"));
                else if (Number(rules, "minLength") is { } least && length < least)
                    problems.Add(new RecipeProblem(path, "is empty"));
                break;
            case JsonValueKind.Number:
                var number = value.GetDouble();
                if (rules.TryGetProperty("enum", out var numbers) && !numbers.EnumerateArray().Any(one => one.GetDouble() == number))
                    problems.Add(new RecipeProblem(path, $"is {value.GetRawText()}; it has to be {string.Join(" or ", numbers.EnumerateArray().Select(one => one.GetRawText()))}"));
                else if (Number(rules, "minimum") is { } low && number < low || Number(rules, "maximum") is { } high && number > high)
                    problems.Add(new RecipeProblem(path, $"is {value.GetRawText()}; it has to be from {rules.GetProperty("minimum").GetRawText()} to {rules.GetProperty("maximum").GetRawText()}"));
                break;
        }
    }

    private JsonElement Resolved(JsonElement rules) =>
        rules.TryGetProperty("$ref", out var reference) ? schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]) : rules;

    private void CheckObject(JsonElement value, JsonElement rules, string path, List<RecipeProblem> problems)
    {
        var known = rules.TryGetProperty("properties", out var properties) ? properties : default;
        var others = rules.TryGetProperty("additionalProperties", out var more) ? more : default;
        var count = 0;
        HashSet<string> seen = [];
        foreach (var member in value.EnumerateObject())
        {
            count++;
            var place = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (!seen.Add(member.Name))
                problems.Add(new RecipeProblem(place, "is there twice"));
            else if (known.ValueKind == JsonValueKind.Object && known.TryGetProperty(member.Name, out var rule))
                Check(member.Value, rule, place, problems);
            else if (others.ValueKind == JsonValueKind.Object)
                Check(member.Value, others, place, problems);
            else if (others.ValueKind == JsonValueKind.False)
                problems.Add(Unknown(member.Name, place, known));
            if (problems.Count >= MostProblems)
                return;
        }

        if (Number(rules, "maxProperties") is { } most && count > most)
            problems.Add(new RecipeProblem(path, $"has {count} members; {most} are allowed"));
        if (Number(rules, "minProperties") is { } least && count < least)
            problems.Add(new RecipeProblem(path, $"is empty; it can have {Names(known)}"));
        foreach (var name in rules.TryGetProperty("required", out var required) ? required.EnumerateArray() : default)
        {
            if (!seen.Contains(name.GetString()!))
                problems.Add(new RecipeProblem(path, $"lacks {name.GetString()}"));
        }
    }

    private void CheckArray(JsonElement value, JsonElement rules, string path, List<RecipeProblem> problems)
    {
        var count = value.GetArrayLength();
        if (Number(rules, "maxItems") is { } most && count > most)
        {
            problems.Add(new RecipeProblem(path, $"has {count} items; {most} are allowed"));
            return;
        }

        if (Number(rules, "minItems") is { } least && count < least)
            problems.Add(new RecipeProblem(path, "is empty; leave it out"));
        var at = 0;
        foreach (var item in value.EnumerateArray())
            Check(item, rules.GetProperty("items"), string.Create(CultureInfo.InvariantCulture, $"{path}[{at++}]"), problems);
    }

    private static RecipeProblem Unknown(string name, string path, JsonElement known)
    {
        var names = known.ValueKind == JsonValueKind.Object ? known.EnumerateObject().Select(member => member.Name) : [];
        return new RecipeProblem(Short(path), $"is not known here{Meant(name, names)}; known are {Names(known)}");
    }

    private static string Names(JsonElement known) =>
        known.ValueKind == JsonValueKind.Object ? string.Join(", ", known.EnumerateObject().Select(member => member.Name).Where(name => name[0] != '$')) : "none";

    private static string OneOf(JsonElement rules) =>
        rules.TryGetProperty("enum", out var words) && words[0].ValueKind == JsonValueKind.String
            ? $", one of {string.Join(", ", words.EnumerateArray().Select(word => word.GetString()))}"
            : "";

    private static string Meant(string name, IEnumerable<string> known)
    {
        var nearest = known.MinBy(word => Distance(name, word));
        return nearest is not null && name.Length < 40 && Distance(name, nearest) <= 2 ? $" (did you mean {nearest}?)" : "";
    }

    // Levenshtein's, without regard to case.
    private static int Distance(string one, string other)
    {
        if (one.Length > 40 || other.Length > 40)
            return int.MaxValue;
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var isSame = char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (isSame ? 0 : 1)));
            }
        }

        return row[^1];
    }

    private static bool IsOfType(JsonElement value, JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(one => IsOfType(value, one)) : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
            _ => false,
        };

    private static string Expected(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray().Select(Expected)) : type.GetString() switch
        {
            "object" => "an object",
            "array" => "an array",
            "string" => "a text",
            "boolean" => "true or false",
            _ => "a whole number",
        };

    private static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => $"the number {Short(value.GetRawText())}",
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };

    private static double? Number(JsonElement rules, string name) => rules.TryGetProperty(name, out var number) ? number.GetDouble() : null;

    private static string Short(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
