using System.Text;
using System.Text.Json;
using Kawaraban.Storage;

namespace Kawaraban.Search;

/// <summary>What a person typed, as the index understands it.</summary>
/// <remarks>
/// Words must all be there, in any order; "words in quotes" side by side; a -word must not be there. Anything else is not syntax but
/// text: there is no query that is wrong.
/// </remarks>
public sealed class SearchQuery
{
    private const int MaxLength = 200;

    private readonly List<Term> required = [];
    private readonly List<Term> forbidden = [];
    private readonly List<string> phrases = [];
    private readonly List<string> forbiddenPhrases = [];

    private SearchQuery()
    {
    }

    /// <summary>Whether there is nothing to look for. A query of nothing but exclusions is empty too.</summary>
    public bool IsEmpty => required.Count == 0;

    /// <summary>The words as the index asks for them: every one a quoted string, so that none of it is syntax.</summary>
    /// <param name="dialect">SQLite takes an FTS5 query (<see href="https://www.sqlite.org/fts5.html#full_text_query_syntax"/>), PostgreSQL a
    /// <c>tsquery</c> (its documentation, 8.11.2).</param>
    public string Match(Dialect dialect) => dialect == Dialect.Sqlite
        ? $"({string.Join(" AND ", required.Select(InFts5))}){string.Concat(forbidden.Select(term => $" NOT {InFts5(term)}"))}"
        : $"{string.Join(" & ", required.Select(InTextQuery))}{string.Concat(forbidden.Select(term => $" & !{InTextQuery(term)}"))}";

    /// <summary>Pieces of normalised text that a hit must hold, as a JSON array: what the words alone do not prove.</summary>
    public string Phrases => Json(phrases);

    /// <summary>Pieces of normalised text that a hit must not hold, as a JSON array.</summary>
    public string ForbiddenPhrases => Json(forbiddenPhrases);

    /// <summary>Reads a query. Never fails; what is beyond 200 characters is not read.</summary>
    public static SearchQuery Parse(string? text)
    {
        var query = new SearchQuery();
        var rest = (text ?? "").AsSpan().Trim();
        rest = rest.Length <= MaxLength ? rest : rest[..MaxLength];
        while (!rest.IsEmpty)
        {
            var isForbidden = rest[0] is '-' or '－' && rest.Length > 1 && !char.IsWhiteSpace(rest[1]);
            rest = isForbidden ? rest[1..] : rest;
            var isQuoted = IsQuote(rest[0]);
            rest = isQuoted ? rest[1..] : rest;
            var end = 0;
            while (end < rest.Length && !(isQuoted ? IsQuote(rest[end]) : char.IsWhiteSpace(rest[end]) || IsQuote(rest[end])))
                end++;
            query.Add(SearchText.Normalize(rest[..end].ToString()), isQuoted, isForbidden);
            rest = rest[(isQuoted && end < rest.Length ? end + 1 : end)..].TrimStart();
        }

        return query;
    }

    private static bool IsQuote(char character) => character is '"' or '“' or '”' or '„' or '＂';

    // Words typed together ("ci/cd", "node.js") belong together; where only the script changes ("aws入門") a text may put something between.
    private void Add(string normalized, bool isQuoted, bool isForbidden)
    {
        if (normalized.Length == 0)
            return;
        if (isQuoted || isForbidden)
        {
            AddPhrase(normalized, isForbidden);
            return;
        }

        var words = new StringBuilder();
        foreach (var range in normalized.AsSpan().Split(' '))
        {
            var piece = normalized.AsSpan(range);
            if (!piece.IsEmpty && !SearchText.IsCjkRun(piece))
            {
                words.Append(' ').Append(piece);
                continue;
            }

            AddPhrase(words.Append(' ').ToString(), false);
            words.Clear();
            AddPhrase($" {piece} ", false);
        }

        AddPhrase(words.Append(' ').ToString(), false);
    }

    private void AddPhrase(string phrase, bool isForbidden)
    {
        List<Term> words = [];
        var needle = phrase.AsSpan().Trim();
        if (needle.IsEmpty)
            return;
        foreach (var range in needle.Split(' '))
        {
            var piece = needle[range];
            if (!SearchText.IsCjkRun(piece))
                words.Add(new Term(Bigrams.Word(piece).ToString(), false));
            else
                words.AddRange(Bigrams.Pairs(piece).Select(pair => new Term(pair, IsSingle(pair))));
        }

        if (!isForbidden)
            required.AddRange(words);
        else if (words.Count == 1)
            forbidden.AddRange(words);
        if (words.Count == 1)
            return;

        // A word ends where it ends; a run of CJK characters may be the middle of a longer one.
        var open = SearchText.IsCjkRun(needle) ? "" : " ";
        var close = SearchText.IsCjkRun(needle[(needle.LastIndexOf(' ') + 1)..]) ? "" : " ";
        (isForbidden ? forbiddenPhrases : phrases).Add($"{open}{needle}{close}");
    }

    private static string InFts5(Term term) =>
        $"\"{term.Word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{(term.IsBeginning ? "*" : "")}";

    private static string InTextQuery(Term term) =>
        "'" + term.Word.Replace("'", "''", StringComparison.Ordinal).Replace(@"\", @"\\", StringComparison.Ordinal) + (term.IsBeginning ? "':*" : "'");

    private static bool IsSingle(string pair) => pair.Length == 1 || (pair.Length == 2 && char.IsSurrogatePair(pair, 0));

    private static string Json(List<string> texts) =>
        texts.Count == 0 ? "[]" : $"[{string.Join(',', texts.Select(text => $"\"{JsonEncodedText.Encode(text)}\""))}]";

    // A word of the index, or the beginning of some: every character begins one.
    private readonly record struct Term(string Word, bool IsBeginning);
}
