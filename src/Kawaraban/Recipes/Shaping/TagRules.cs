namespace Kawaraban.Recipes;

/// <summary>A tag that an entry has when it is about something, compiled.</summary>
internal sealed record Topic(string Path, string Tag, IReadOnlyList<string> In, IReadOnlyList<string>? Contains, Pattern? Pattern);

/// <summary>What becomes of tags: mapped, sorted out, added, found by topic.</summary>
internal sealed class TagRules
{
    private static readonly string[] Anywhere = [FieldName.Title, FieldName.Excerpt, FieldName.Content];

    private readonly Dictionary<string, string> map = [];
    private readonly HashSet<string>? only;
    private readonly IReadOnlyList<string> added;
    private readonly IReadOnlyList<Topic> topics;

    public TagRules(TagsSection section, IReadOnlyList<Topic> topics)
    {
        foreach (var (from, to) in section.Map ?? new Dictionary<string, string>())
            map[Key(from)] = to;
        only = section.Only?.Select(Key).ToHashSet();
        added = section.Add ?? [];
        this.topics = topics;
    }

    /// <summary>Where a topic is looked for that does not say.</summary>
    public static IReadOnlyList<string> Everywhere => Anywhere;

    /// <summary>Does it.</summary>
    public void Run(EntryFields fields, RuleNotes notes, List<StepTrace>? trace)
    {
        var before = fields.Tags;
        List<string> tags = [];
        foreach (var tag in before)
        {
            var mapped = map.GetValueOrDefault(Key(tag), tag);
            if (mapped.Length > 0 && (only is null || only.Contains(Key(mapped))))
                tags.Add(mapped);
        }

        tags.AddRange(added);
        foreach (var topic in topics)
        {
            if (IsAbout(fields, topic, notes))
                tags.Add(topic.Tag);
        }

        if (tags.SequenceEqual(before))
            return;
        fields.Tags = tags;
        trace?.Add(new StepTrace("tags", FieldName.Tags, string.Join(", ", before), string.Join(", ", tags)));
    }

    private static bool IsAbout(EntryFields fields, Topic topic, RuleNotes notes)
    {
        foreach (var name in topic.In)
        {
            if (fields.Get(name) is not { Length: > 0 } text)
                continue;
            if (topic.Contains?.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) == true)
                return true;
            if (topic.Pattern is null)
                continue;
            if (topic.Pattern.IsMatch(text) is not { } matches)
                notes.Add(topic.Path, fields.Name, "took too long and was stopped");
            else if (matches)
                return true;
        }

        return false;
    }

    private static string Key(string tag) => TagName.Slug(tag) ?? tag;
}
