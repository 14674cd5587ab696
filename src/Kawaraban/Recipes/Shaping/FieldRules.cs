namespace Kawaraban.Recipes;

/// <summary>What was done to a field by one step.</summary>
/// <param name="Path">The step: <c>fields.title[0]</c>.</param>
/// <param name="Field">The field.</param>
/// <param name="Before">What it was.</param>
/// <param name="After">What it is.</param>
public sealed record StepTrace(string Path, string Field, string? Before, string? After);

/// <summary>One thing done to a field, compiled.</summary>
internal sealed record CompiledStep(
    string Path, FieldStep Step, Pattern? Pattern = null, TextTemplate? Template = null, DateText? Date = null, TimeSpan? Shift = null);

/// <summary>All that is done to one field.</summary>
/// <param name="Field">The field.</param>
/// <param name="Path">Its place in the recipe.</param>
/// <param name="Steps">One after the other.</param>
internal sealed record FieldRules(string Field, string Path, IReadOnlyList<CompiledStep> Steps)
{
    /// <summary>Does it. A step that cannot do its work leaves the value as it was, and is noted.</summary>
    /// <param name="fields">The entry.</param>
    /// <param name="notes">Hears of steps that failed.</param>
    /// <param name="trace">Hears of steps that changed something; null when nobody wants to know.</param>
    public void Run(EntryFields fields, RuleNotes notes, List<StepTrace>? trace)
    {
        var published = fields.Get(Field);
        foreach (var step in Steps)
        {
            if (Field == FieldName.Tags)
                RunTags(step, fields, notes, trace);
            else
                RunText(step, fields, notes, trace);
        }

        // What cannot be without a value keeps the one it had; of a date that is none any more, nothing can be shown either.
        var value = fields.Get(Field);
        if (string.IsNullOrWhiteSpace(value) && !string.IsNullOrWhiteSpace(published) && Field is FieldName.Title or FieldName.Url)
            Degrade("leaves nothing of it, so it stays as it was");
        else if (FieldName.IsDate(Field) && !string.IsNullOrWhiteSpace(value) && EntryFields.Instant(value) is null)
            Degrade($"leaves \"{Short(value)}\", which is no date, so it stays as it was; say how to read it with format or zone");

        void Degrade(string sentence)
        {
            notes.Add(Path, fields.Name, sentence);
            trace?.Add(new StepTrace(Path, Field, value, published));
            fields.Set(Field, published);
        }
    }

    private void RunText(CompiledStep step, EntryFields fields, RuleNotes notes, List<StepTrace>? trace)
    {
        var before = fields.Get(Field);
        if (Apply(step, before, fields, out var after) is { } problem)
        {
            notes.Add(step.Path, fields.Name, problem);
            return;
        }

        if (after == before)
            return;
        fields.Set(Field, after);
        trace?.Add(new StepTrace(step.Path, Field, before, after));
    }

    // Texts are changed tag by tag; what comes from elsewhere comes in place of all.
    private static void RunTags(CompiledStep step, EntryFields fields, RuleNotes notes, List<StepTrace>? trace)
    {
        var before = fields.Tags;
        List<string> after = [];
        if (step.Step is { Take: not null } or { Template: not null } or { Default: not null })
        {
            if (step.Step.Default is not null && before.Count > 0)
                return;
            if (Apply(step, string.Join(", ", before), fields, out var text) is not null || string.IsNullOrWhiteSpace(text))
                return;
            after.AddRange(EntryFields.Split(text));
        }
        else
        {
            foreach (var tag in before)
            {
                if (Apply(step, tag, fields, out var changed) is { } problem)
                {
                    notes.Add(step.Path, fields.Name, problem);
                    changed = tag;
                }

                if (!string.IsNullOrWhiteSpace(changed))
                    after.Add(changed.Trim());
            }
        }

        if (after.SequenceEqual(before))
            return;
        fields.Tags = after;
        trace?.Add(new StepTrace(step.Path, FieldName.Tags, string.Join(", ", before), string.Join(", ", after)));
    }

    // The problem, when there is one.
    private static string? Apply(CompiledStep compiled, string? value, EntryFields fields, out string? result)
    {
        var step = compiled.Step;
        result = value;
        if (step.Take is not null)
        {
            result = step.Take.Select(fields.Get).FirstOrDefault(taken => !string.IsNullOrWhiteSpace(taken)) ?? value;
        }
        else if (compiled.Template is not null)
        {
            result = compiled.Template.Fill(fields.Get);
        }
        else if (step.Default is not null)
        {
            result = string.IsNullOrWhiteSpace(value) ? step.Default : value;
        }
        else if (string.IsNullOrEmpty(value))
        {
            return null;
        }
        else if (compiled.Pattern is not null)
        {
            var text = value.Length <= EntryFields.MaxText ? value : value[..EntryFields.MaxText];
            if (compiled.Pattern.Replace(text, step.Replace ?? "") is not { } replaced)
                return "took too long and was stopped; make the pattern simpler";
            result = replaced.Trim();
        }
        else if (step.TrimPrefix is not null)
        {
            var start = value.TrimStart();
            result = step.TrimPrefix.FirstOrDefault(prefix => start.StartsWith(prefix, StringComparison.Ordinal)) is { } first ? start[first.Length..].TrimStart() : value;
        }
        else if (step.TrimSuffix is not null)
        {
            var end = value.TrimEnd();
            result = step.TrimSuffix.FirstOrDefault(suffix => end.EndsWith(suffix, StringComparison.Ordinal)) is { } last ? end[..^last.Length].TrimEnd() : value;
        }
        else if (compiled.Date is not null)
        {
            if (compiled.Date.Read(value) is not { } read)
                return $"cannot read \"{Short(value)}\" as a date";
            result = EntryFields.Date(read);
        }
        else if (compiled.Shift is { } shift)
        {
            if (EntryFields.Instant(value) is not { } instant)
                return $"cannot move \"{Short(value)}\", which is no date";
            if ((shift < TimeSpan.Zero && instant - DateTimeOffset.MinValue < shift.Duration()) || (shift > TimeSpan.Zero && DateTimeOffset.MaxValue - instant < shift))
                return "leads beyond the calendar";
            result = EntryFields.Date(instant + shift);
        }

        if (result?.Length > EntryFields.MaxText)
        {
            result = value;
            return $"makes a text of more than {EntryFields.MaxText} characters";
        }

        return null;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
