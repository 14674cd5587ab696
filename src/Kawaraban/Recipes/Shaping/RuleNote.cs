namespace Kawaraban.Recipes;

/// <summary>A rule that could not do its work on an entry, which was kept as it was before the rule.</summary>
/// <param name="Path">The rule: <c>fields.title[0].regex</c>.</param>
/// <param name="Entry">The entry; null when it is about the whole document.</param>
/// <param name="Sentence">What happened.</param>
public sealed record RuleNote(string Path, string? Entry, string Sentence)
{
    /// <summary>All of it, as messages say it.</summary>
    public override string ToString() => Entry is null ? $"{Path} {Sentence}" : $"{Path} {Sentence}, at the entry \"{Entry}\"";
}

/// <summary>The notes of one run: the first ones, and how many there were.</summary>
internal sealed class RuleNotes
{
    private const int Most = 20;
    private readonly List<RuleNote> notes = [];

    /// <summary>The first of them.</summary>
    public IReadOnlyList<RuleNote> First => notes;

    /// <summary>How many there were.</summary>
    public int Count { get; private set; }

    /// <summary>Notes it.</summary>
    public void Add(string path, string? entry, string sentence)
    {
        Count++;
        if (notes.Count < Most)
            notes.Add(new RuleNote(path, entry is { Length: > 80 } ? entry[..80] + "…" : entry, sentence));
    }

    /// <summary>One sentence for the history and the source; null when there was nothing.</summary>
    public static string? Sentence(string recipe, IReadOnlyList<RuleNote> notes, int count) =>
        notes.Count == 0 ? null : $"{recipe}: {notes[0]}{(count > 1 ? $" (and {count - 1} more)" : "")}";
}
