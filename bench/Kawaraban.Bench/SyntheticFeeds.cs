using System.Text;
using Kawaraban.Sample;

namespace Kawaraban.Bench;

/// <summary>Well-formed feeds of about thirty entries, put together from the sample's essays; the same ones at every call.</summary>
internal static class SyntheticFeeds
{
    /// <summary>How many entries a feed has where nothing else is said.</summary>
    public const int Entries = 30;

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[] Types = ["application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/rss+xml", "application/atom+xml"];

    /// <summary>So many feeds: RSS 2.0, Atom 1.0, RSS 1.0, RSS 2.0 with enclosures and Atom 0.3 in turn.</summary>
    /// <param name="count">How many feeds.</param>
    /// <param name="entries">How many entries each.</param>
    public static IReadOnlyList<FeedFile> Write(int count, int entries = Entries)
    {
        var essays = BlogText.ReadAll();
        var feeds = new List<FeedFile>(count);
        for (var i = 0; i < count; i++)
            feeds.Add(Write(essays, i, entries));
        return feeds;
    }

    private static FeedFile Write(IReadOnlyList<Blog> essays, int number, int entries)
    {
        var dice = new Dice($"feed {number}");
        var model = essays[number % essays.Count];
        var posts = new List<BlogPost>(entries);
        for (var i = 0; i < entries; i++)
        {
            var from = essays[dice.Throw(essays.Count)];
            var essay = from.Posts[dice.Throw(from.Posts.Count)];
            var time = Start.AddHours(-31 * i).AddMinutes(-number);

            // Words of its own for each entry, so that stores and indexes have something to tell apart.
            posts.Add(essay with
            {
                Slug = $"{essay.Slug}-{number}-{i}",
                Title = $"{essay.Title} ({number}-{i})",
                Body = string.Join("\n\n", Enumerable.Range(0, dice.Between(1, 3)).Select(_ => Any(essays, ref dice).Body).Prepend(essay.Body)),
                PublishedAt = time,
                UpdatedAt = time.AddHours(2),
            });
        }

        var blog = model with { Encoding = "utf-8", Title = $"{model.Title} {number}", Posts = posts, FeedPath = "/feed" };
        var site = new Uri($"https://blog{number}.example.com/");
        var text = (number % 5) switch
        {
            0 => RssDocument.Write(blog, site),
            1 => AtomDocument.Write(blog, site),
            2 => RssDocument.WriteRdf(blog, site),
            3 => RssDocument.Write(blog, site, hasEnclosures: true),
            _ => AtomDocument.WriteOld(blog, site),
        };
        return new FeedFile($"synthetic-{number}", Encoding.UTF8.GetBytes(text), Types[number % 5]);
    }

    private static BlogPost Any(IReadOnlyList<Blog> essays, ref Dice dice)
    {
        var blog = essays[dice.Throw(essays.Count)];
        return blog.Posts[dice.Throw(blog.Posts.Count)];
    }
}
