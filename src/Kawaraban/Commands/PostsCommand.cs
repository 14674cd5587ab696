using System.CommandLine;
using System.Globalization;
using Kawaraban.Catalog;
using Kawaraban.Hosting;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban posts</c>: what is one article, and what is two.</summary>
public static class PostsCommand
{
    /// <summary>Describes the verb and those under it.</summary>
    public static Command Create() => new("posts", "Say which posts are one article that stands at two places: docs/twins.md.")
    {
        Show(),
        PostsMergeCommand.Create(),
        PostsSplitCommand.Create(),
        Twins(),
        Candidates(),
    };

    /// <summary>A post that is there.</summary>
    internal static Argument<string> Which() => new("POST") { Description = "Its number (/posts/NUMBER), or the address of the article." };

    /// <summary>The number of the post that is meant.</summary>
    /// <exception cref="UnknownPostException">There is none.</exception>
    internal static async Task<long> Number(Installation installation, string? which, CancellationToken cancellation)
    {
        if (long.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        if (Recipes.CanonicalUrl.Web(which) is not { } url)
            throw new UnknownPostException($"\"{which}\" is neither the number of a post nor the address of an article");
        return await installation.Twins.At(url, cancellation) switch
        {
            [] => throw new UnknownPostException($"no post has the address {url}"),
            [var only] => only,
            var all => throw new UnknownPostException($"the posts {string.Join(", ", all)} have the address {url}; give the number of one"),
        };
    }

    /// <summary>Prints an article with its places.</summary>
    internal static void Print(Article article)
    {
        foreach (var post in article.Posts)
            Console.WriteLine($"{(post.StandsForAll ? "" : "  also ")}{Line(post)}");
        foreach (var change in article.History)
        {
            Console.WriteLine($"  {change.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC  {change.Who} {change.Action} {change.PostId} and {change.OtherId}"
                + $"{(change.Evidence is null ? "" : $": {change.Evidence}")}{(change.Why is null ? "" : $" ({change.Why})")}");
        }
    }

    private static string Line(TwinCard post) =>
        $"{post.Id}\t{post.PublishedAt?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "no date"}\t{post.Company}\t{post.Title}\t{post.Url}\tsource {post.SourceId}";

    private static Command Show()
    {
        var which = Which();
        var json = new Option<bool>("--json") { Description = "Print a JSON object." };
        var command = new Command("show", "Show a post with the other places of its article, and what was joined and parted.") { which, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var id = await Number(installation, call.GetValue(which), cancellation);
            var article = await installation.Twins.Find(id, cancellation) ?? throw new UnknownPostException($"there is no post {id}");
            if (call.GetValue(json))
                Report.Json(article, ReportJson.Default.Article);
            else
                Print(article);
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Twins()
    {
        var (count, json) = (Count(), new Option<bool>("--json") { Description = "Print an array of JSON objects." });
        var command = new Command("twins", "List the articles that stand at more than one place, the newest first.") { count, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var articles = await installation.Twins.Joined(call.GetValue(count), cancellation);
            if (call.GetValue(json))
                Report.Json([.. articles], ReportJson.Default.ArticleArray);
            else if (articles.Count == 0)
                await Console.Error.WriteLineAsync("every article stands at one place");
            else
                articles.ToList().ForEach(Print);
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Candidates()
    {
        var (count, json) = (Count(), new Option<bool>("--json") { Description = "Print an array of JSON objects." });
        var command = new Command("candidates", "List pairs that may be one article and were not joined, for want of evidence.") { count, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var pairs = await installation.Twins.Candidates(call.GetValue(count), cancellation);
            if (call.GetValue(json))
                Report.Json([.. pairs], ReportJson.Default.TwinCandidatesArray);
            else if (pairs.Count == 0)
                await Console.Error.WriteLineAsync("no two posts look as if they might be one article");
            foreach (var pair in call.GetValue(json) ? [] : pairs)
                Console.WriteLine($"{Line(pair.One)}\n{Line(pair.Other)}\n  {pair.Evidence}; kawaraban posts merge {pair.One.Id} {pair.Other.Id} joins them, posts split {pair.One.Id} never will");
            return ExitCode.Fine;
        });
        return command;
    }

    private static Option<int> Count()
    {
        var count = new Option<int>("--count") { Description = "How many at most, 1 to 1000.", DefaultValueFactory = _ => 50, HelpName = "N" };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000)
                result.AddError("--count is between 1 and 1000");
        });
        return count;
    }
}
