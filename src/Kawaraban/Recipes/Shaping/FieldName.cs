namespace Kawaraban.Recipes;

/// <summary>The fields of an entry as recipes name them.</summary>
internal static class FieldName
{
    public const string Id = "id";
    public const string Title = "title";
    public const string Url = "url";
    public const string Author = "author";
    public const string Date = "date";
    public const string Updated = "updated";
    public const string Tags = "tags";
    public const string Picture = "picture";
    public const string Language = "language";
    public const string Excerpt = "excerpt";
    public const string Content = "content";
    public const string Text = "text";

    /// <summary>Those that steps change, in the order in which they run.</summary>
    public static IReadOnlyList<string> Shaped { get; } = [Title, Url, Author, Date, Updated, Tags, Picture, Language, Excerpt];

    /// <summary>Whether it holds an instant.</summary>
    public static bool IsDate(string name) => name is Date or Updated;
}
