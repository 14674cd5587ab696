namespace Kawaraban.Feeds.Tests;

/// <summary>The example of the package's README, as it is compiled and run.</summary>
internal static class ReadmeExample
{
    public static void Run(byte[] bytes, string? contentType, TextWriter output)
    {
        // <example>
        var feed = FeedParser.Parse(bytes, contentType, new Uri("https://blog.example.com/feed.xml"));

        output.WriteLine($"{feed.Title} ({feed.Format.Name()}, {feed.Encoding})");
        foreach (var entry in feed.Entries)
            output.WriteLine($"{entry.PublishedAt:yyyy-MM-dd} {entry.Title} {entry.Url}");
        foreach (var repair in feed.Repairs)
            output.WriteLine($"{repair.Code} at byte {repair.Position}: {repair.Sentence}");
        // </example>
    }
}
