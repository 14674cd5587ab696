using System.Text;
using System.Text.Json;
using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Recipes;

namespace Kawaraban.Tests.Recipes;

/// <summary>What companies do their own way, each as a pinned sample: a document, a recipe that is nothing but data, the posts.</summary>
public sealed class StrangeBlogTests
{
    private static readonly string Folder = Path.Combine(RepositoryFolder.Path, "tests", "Kawaraban.Tests", "Recipes", "Fixtures");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_strange_blog_is_mended_by_data_alone(string name)
    {
        var (sample, recipe, source, fixture) = Read(name);
        var posts = SampleTest.Run(sample, recipe, source, null, Key).Posts;
        var expected = fixture.GetProperty("expected").EnumerateArray().ToList();
        Assert.Equal(expected.Select(post => post.GetProperty("title").GetString()), posts.Select(post => post.Title));
        foreach (var (want, post) in expected.Zip(posts))
        {
            foreach (var field in want.EnumerateObject())
            {
                if (field.Name == "long")
                    Assert.InRange(post.TextLength, 600, 100_000);
                else if (field.Name == "date")
                    Assert.Equal(field.Value.GetDateTimeOffset(), post.PublishedAt);
                else
                    Assert.Equal((field.Name, field.Value.GetString()), (field.Name, Value(post, field.Name)));
            }
        }

        // Pinned, it comes out the same again; and without the recipe it does not, or there would be no need of one.
        var pinned = sample with { Expected = posts };
        Assert.Empty(SampleTest.Run(pinned, recipe, source, null, Key).Failures);
        Assert.NotEmpty(SampleTest.Run(pinned, null, source, "none", Key).Failures);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_rule_of_these_recipes_does_its_work(string name)
    {
        var (sample, recipe, source, _) = Read(name);
        var deadline = new Deadline(TimeProvider.System, Deadline.Usual);
        var (effective, reading, problem) = SourceReader.Read(recipe, source, null, SampleTest.Document(sample), deadline);
        Assert.Null(problem);
        Assert.Empty(Shaper.Shape(effective.Compiled, reading!, SampleTest.Context(sample, effective.Compiled, source, Key, deadline)).Notes);
    }

    [Fact]
    public void What_the_sitemap_does_not_say_of_a_post_is_waited_for()
    {
        var (sample, recipe, source, _) = Read("sitemap");
        var deadline = new Deadline(TimeProvider.System, Deadline.Usual);
        var (effective, reading, _) = SourceReader.Read(recipe, source, null, SampleTest.Document(sample), deadline);
        var shaped = Shaper.Shape(effective.Compiled, reading!, SampleTest.Context(sample, effective.Compiled, source, Key, deadline));
        var wanted = Assert.Single(shaped.Wanted);
        Assert.Equal(("https://acme.example/blog/two", true), (wanted.Url.AbsoluteUri, wanted.IsHeld));
    }

    internal static string Key(Uri url) => PolitenessKey.Of(url, Platforms.Default);

    internal static (RecipeSample Sample, string Recipe, Uri Source, JsonElement Fixture) Read(string name)
    {
        var fixture = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, name + ".json"))).RootElement;
        var document = fixture.GetProperty("document");
        var pages = fixture.GetProperty("pages").EnumerateArray()
            .Select(page => new SamplePage(page.GetProperty("url").GetString()!, page.GetProperty("type").GetString(), Convert.ToBase64String(Lines(page))));
        var sample = new RecipeSample(
            name,
            new Uri(document.GetProperty("url").GetString()!),
            document.GetProperty("type").GetString(),
            Lines(document),
            [.. pages],
            [],
            new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero),
            "");
        return (sample, fixture.GetProperty("recipe").GetRawText(), new Uri(fixture.GetProperty("source").GetString()!), fixture);
    }

    private static byte[] Lines(JsonElement document) =>
        Encoding.UTF8.GetBytes(string.Join('\n', document.GetProperty("lines").EnumerateArray().Select(line => line.GetString())));

    private static string? Value(ExpectedPost post, string field) => field switch
    {
        "title" => post.Title,
        "url" => post.Url,
        "canonicalUrl" => post.CanonicalUrl,
        "author" => post.Author,
        "tags" => string.Join(", ", post.Tags),
        "picture" => post.Picture,
        "language" => post.Language,
        "excerpt" => post.Excerpt,
        "identity" => post.Identity,
        _ => throw new ArgumentException($"a fixture expects \"{field}\", which no post has", nameof(field)),
    };
}
