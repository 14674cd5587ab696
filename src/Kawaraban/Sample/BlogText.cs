using System.Globalization;

namespace Kawaraban.Sample;

/// <summary>A blog as it is written down under <c>Blogs/</c>.</summary>
/// <param name="Key">The name of its file, part of every post's identity.</param>
/// <param name="Format">What its feed is written in: see <see cref="SampleSite"/>.</param>
/// <param name="Encoding">The encoding of its feed, as the XML declaration names it.</param>
/// <param name="FeedPath">Where its feed stands on its site.</param>
/// <param name="Posts">Newest first.</param>
internal sealed record Blog(
    string Key, string Company, string Title, string About, string Language, string Format, string Encoding, string FeedPath, IReadOnlyList<BlogPost> Posts);

/// <summary>A post as it is written down; <see cref="PublishedAt"/> is filled in when the origin starts.</summary>
internal sealed record BlogPost(string Slug, string Title, string Author, IReadOnlyList<string> Tags, string Body)
{
    /// <summary>When it appeared, to the second.</summary>
    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>When it was last edited; at or after <see cref="PublishedAt"/>.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Every fourth post goes without a picture, as in life.</summary>
    public bool HasPicture { get; init; }
}

/// <summary>Reads the text files that the sample is written in: a head of <c>key: value</c> lines, then posts that begin with <c>=== slug</c>.</summary>
internal static class BlogText
{
    private const string ResourceFolder = "Kawaraban.Sample.Blogs.";

    /// <summary>All blogs that are embedded in the program, ordered by file name, so that addresses stay the same from start to start.</summary>
    public static IReadOnlyList<Blog> ReadAll()
    {
        var assembly = typeof(BlogText).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourceFolder, StringComparison.Ordinal));
        var blogs = new List<Blog>();
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)
                ?? throw new InvalidOperationException($"the sample blog {name} is missing from the program");
            using var reader = new StreamReader(stream);
            blogs.Add(Parse(Path.GetFileNameWithoutExtension(name[ResourceFolder.Length..]), reader.ReadToEnd()));
        }

        return blogs;
    }

    /// <summary>Reads one file.</summary>
    /// <exception cref="FormatException">A key is missing; the message names it.</exception>
    public static Blog Parse(string key, string text)
    {
        var parts = text.ReplaceLineEndings("\n").Split("\n=== ");
        var head = Head(parts[0].Split('\n'), out _);
        var posts = new List<BlogPost>(parts.Length - 1);
        for (var i = 1; i < parts.Length; i++)
        {
            var lines = parts[i].Split('\n');
            var keys = Head(lines.AsSpan(1), out var bodyAt);
            posts.Add(new BlogPost(
                lines[0].Trim(),
                Value(keys, "title"),
                Value(keys, "author"),
                Value(keys, "tags").Split(',', StringSplitOptions.TrimEntries),
                string.Join('\n', lines[(bodyAt + 2)..]).Trim())
            {
                HasPicture = i % 4 != 0,
            });
        }

        return new Blog(
            key,
            Value(head, "company"),
            Value(head, "title"),
            Value(head, "about"),
            Value(head, "language"),
            Value(head, "format"),
            head.GetValueOrDefault("encoding", "utf-8"),
            Value(head, "feed"),
            posts);
    }

    private static Dictionary<string, string> Head(ReadOnlySpan<string> lines, out int length)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        for (length = 0; length < lines.Length && lines[length].Length > 0; length++)
        {
            var colon = lines[length].IndexOf(':', StringComparison.Ordinal);
            keys[lines[length][..colon]] = lines[length][(colon + 1)..].Trim();
        }

        return keys;
    }

    private static string Value(Dictionary<string, string> keys, string key) =>
        keys.TryGetValue(key, out var value)
            ? value
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"a sample blog has no \"{key}\" in: {string.Join(", ", keys.Values)}"));
}
