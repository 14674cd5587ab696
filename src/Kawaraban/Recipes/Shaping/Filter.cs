using Kawaraban.Unicode;

namespace Kawaraban.Recipes;

/// <summary>One thing asked of an entry, compiled.</summary>
internal sealed record Filter(string Path, FilterRule Rule, Pattern? Pattern, TimeSpan? OlderThan)
{
    // Width folded, once for all entries.
    private readonly IReadOnlyList<string>? words = (Rule.Is ?? Rule.Contains)?.Select(Compatibility.Compose).ToList();

    /// <summary>Whether the entry is as the rule says; null when that cannot be told.</summary>
    public bool? Matches(EntryFields fields, DateTimeOffset now)
    {
        if (OlderThan is { } age)
            return EntryFields.Instant(fields.Get(FieldName.Date)) is { } date && now - date > age;
        if (Rule.Field == FieldName.Tags && Rule.Empty is null)
        {
            bool? any = false;
            foreach (var tag in fields.Tags)
            {
                var matches = Matches(tag);
                if (matches == true)
                    return true;
                any = matches ?? any;
            }

            return any;
        }

        var value = fields.Get(Rule.Field ?? "") ?? "";
        return Rule.Empty is { } empty ? string.IsNullOrWhiteSpace(value) == empty : Matches(value);
    }

    private bool? Matches(string value)
    {
        if (words is null)
            return Pattern?.IsMatch(value);
        var folded = Compatibility.Compose(value);
        return Rule.Is is not null
            ? words.Any(word => word.Equals(folded, StringComparison.OrdinalIgnoreCase) || (Rule.Field == FieldName.Language && IsOfLanguage(folded, word)))
            : words.Any(word => folded.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    // ja-JP is ja (RFC 4647 §3.3.1).
    private static bool IsOfLanguage(string tag, string range) =>
        tag.Length > range.Length && tag[range.Length] == '-' && tag.StartsWith(range, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Which entries become posts.</summary>
/// <param name="Keep">One of these has to match, where there are any.</param>
/// <param name="Drop">None of these may.</param>
/// <param name="KeepPath">Where the former stand.</param>
internal sealed record Filters(IReadOnlyList<Filter> Keep, IReadOnlyList<Filter> Drop, string KeepPath)
{
    /// <summary>Whether everything becomes a post.</summary>
    public bool IsEmpty => Keep.Count == 0 && Drop.Count == 0;

    /// <summary>The rule that keeps an entry from becoming a post; null when none does. A rule that fails drops nothing.</summary>
    public string? DroppedBy(EntryFields fields, DateTimeOffset now, RuleNotes notes)
    {
        var isKept = Keep.Count == 0;
        foreach (var filter in Keep)
        {
            if (isKept)
                break;
            isKept = filter.Matches(fields, now) ?? Failed(filter);
        }

        if (!isKept)
            return Keep.Count == 1 ? Keep[0].Path : KeepPath;
        foreach (var filter in Drop)
        {
            if (filter.Matches(fields, now) ?? !Failed(filter))
                return filter.Path;
        }

        return null;

        bool Failed(Filter filter)
        {
            notes.Add(filter.Path, fields.Name, "took too long and was stopped; the entry is kept");
            return true;
        }
    }
}
