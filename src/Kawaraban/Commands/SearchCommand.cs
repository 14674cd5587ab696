using System.CommandLine;
using Kawaraban.Catalog;
using Kawaraban.Storage;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban search</c>: what the portal's search finds.</summary>
public static class SearchCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var words = new Argument<string[]>("WORDS")
        {
            Description = "All of them must be there; \"side by side\" in quotes; -without.",
            Arity = ArgumentArity.OneOrMore,
        };
        var count = new Option<int>("--count") { Description = "How many at most, 1 to 1000.", DefaultValueFactory = _ => 20, HelpName = "N" };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000)
                result.AddError("--count is between 1 and 1000");
        });
        var json = new Option<bool>("--json") { Description = "Print an array of JSON objects." };
        var command = new Command("search", "Find posts, newest first.") { words, count, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var database = Database.Open(CommonOptions.Settings(call).Database);
            var query = string.Join(' ', (call.GetValue(words) ?? []).Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word));
            var page = await new PostListings(database).List(new PostFilter(Query: query), null, call.GetValue(count), cancellation);
            if (call.GetValue(json))
            {
                Report.Json(page.Posts.Select(post => new FoundPost(post)).ToArray(), ReportJson.Default.FoundPostArray);
                return ExitCode.Fine;
            }

            foreach (var post in page.Posts)
                Console.WriteLine($"{post.SortAt:yyyy-MM-dd}  {post.CompanyName}  {post.Title}\n            {post.Url}");
            if (page.Posts.Count == 0)
                await Console.Error.WriteLineAsync($"nothing found for {query}");
            else if (page.Next is not null)
                await Console.Error.WriteLineAsync($"there are more than {page.Posts.Count}; --count shows more");
            return ExitCode.Fine;
        });
        return command;
    }
}

/// <summary>A post as <c>search --json</c> prints it.</summary>
public sealed record FoundPost(long Id, string Url, string Title, string Company, DateTimeOffset? PublishedAt, string Excerpt, IReadOnlyList<string> Tags)
{
    /// <summary>Of a card.</summary>
    public FoundPost(PostCard card)
        : this(card.Id, card.Url, card.Title, card.CompanyName, card.PublishedAt, card.Excerpt, card.Tags)
    {
    }
}
