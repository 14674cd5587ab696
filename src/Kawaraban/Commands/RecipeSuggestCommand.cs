using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kawaraban.Crawling;
using Kawaraban.Hosting;
using Kawaraban.Recipes;
using Kawaraban.Sources;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban recipe suggest</c>: proposes recipes for a page without a feed, and for what is odd about a feed. Nothing is written.</summary>
public static class RecipeSuggestCommand
{
    private const int MostShown = 3;

    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var what = new Argument<string>("SOURCE|URL|FILE")
        {
            Description = "A source (its number, its address, its company's name), the address of a page or a feed, or a file with one; - for standard input.",
        };
        var baseUrl = new Option<string>("--base-url") { Description = "Where a file came from: relative addresses in it refer to that. [default: http://localhost/]", HelpName = "URL" };
        var pages = new Option<int>("--pages")
        {
            Description = "How many posts' own pages are looked at, where a feed lacks something that they may have.",
            HelpName = "N",
            DefaultValueFactory = _ => RecipeSuggester.UsualPages,
        };
        var only = new Option<int?>("--only") { Description = "Print the recipe of proposal N and nothing else, for recipe set SOURCE - or sources add URL --recipe -.", HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "Print a JSON object." };
        var command = new Command("suggest", "Propose recipes: for a page without a feed, or for what is odd about a feed. Nothing is written.") { what, baseUrl, pages, only, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(only) is not null && result.GetValue(json))
                result.AddError("--only prints a recipe, and --json the report: say one of them");
            if (result.GetValue(baseUrl) is { } text && CanonicalUrl.Web(text) is null)
                result.AddError($"--base-url {text}: is no http or https address");
        });
        command.SetAction(async (call, cancellation) =>
        {
            var text = call.GetValue(what) ?? "-";
            var count = Math.Clamp(call.GetValue(pages), 0, RecipeSuggester.MostPages);
            var (report, taking) = text == "-" || File.Exists(text)
                ? await OfFile(text, call.GetValue(baseUrl), cancellation)
                : await OfAddress(CommonOptions.Settings(call), text, count, cancellation);
            if (report is null)
                return ExitCode.Failed;
            return await Print(report, text, taking, call.GetValue(only), call.GetValue(json));
        });
        return command;
    }

    private static async Task<(SuggestionReport? Report, string Taking)> OfFile(string file, string? baseUrl, CancellationToken cancellation)
    {
        try
        {
            if (baseUrl is null)
                await Console.Error.WriteLineAsync("relative addresses are taken for those of http://localhost/; --base-url says where the file came from");
            using var bytes = new MemoryStream();
            await using (var input = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file))
                await input.CopyToAsync(bytes, cancellation);
            return (await RecipeSuggester.Of(bytes.ToArray(), null, CanonicalUrl.Web(baseUrl) ?? new Uri("http://localhost/"), TimeProvider.System), "> recipe.json");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"kawaraban: {error.Message}");
            return (null, "");
        }
    }

    private static async Task<(SuggestionReport? Report, string Taking)> OfAddress(Settings settings, string text, int pages, CancellationToken cancellation)
    {
        await using var installation = Installation.Open(settings);
        if (await installation.Sources.Find(text, cancellation) is { Count: > 0 } found)
        {
            var source = await RecipeCommand.One(installation, text, cancellation);
            return (await installation.Suggester.Of(source, [found[0].Company], pages, cancellation), $"| kawaraban recipe set {source.SourceId} -");
        }

        if (!text.Contains('.', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal) || !SourceUrl.TryParse(text, out var url, out _))
            throw new UnknownSourceException(text, $"\"{text}\" is no source (kawaraban sources list shows them), no address and no file");
        return (await installation.Suggester.Of(url, pages, cancellation), $"| kawaraban sources add {url} --company NAME --recipe -");
    }

    private static async Task<int> Print(SuggestionReport report, string asked, string taking, int? only, bool isJson)
    {
        var isOutOfRange = only is { } wanted && (wanted < 1 || wanted > report.Proposals.Count);
        if (only is { } one && !isOutOfRange)
            Console.WriteLine(report.Proposals[one - 1].Recipe);
        else if (isJson)
            Console.WriteLine(RecipeText.Indented(Json(report)));
        else if (only is null)
            Show(report, asked, taking);
        if (isOutOfRange && report.Problem is null)
            await Console.Error.WriteLineAsync($"kawaraban: there is no proposal {only}; there are {report.Proposals.Count}");
        if (report.Problem is not null)
            await Console.Error.WriteLineAsync($"kawaraban: {report.Url}: {report.Problem}");
        else if (report.Declined is not null && report.Kind == "page")
            await Console.Error.WriteLineAsync($"kawaraban: {report.Url}: {report.Declined}");
        // Of a feed, nothing odd is good news.
        return report.Problem is not null || isOutOfRange || (report is { Kind: "page", Proposals.Count: 0, Feeds.Count: 0 }) ? ExitCode.Failed : ExitCode.Fine;
    }

    private static void Show(SuggestionReport report, string asked, string taking)
    {
        foreach (var feed in report.Feeds.Take(MostShown))
            Console.WriteLine($"this page has a feed, which is better than any recipe: kawaraban sources add {feed.Url}{(feed.Title is null ? "" : $"   ({feed.Title})")}");
        if (report is { Declined: not null, Kind: "feed" })
            Console.WriteLine(report.Declined);
        for (var i = 0; i < report.Proposals.Count; i++)
        {
            var proposal = report.Proposals[i];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(i > 0 || report.Feeds.Count > 0 ? Environment.NewLine : "")}{i + 1}. {proposal.What} (confidence {proposal.Confidence:0.00})"));
            foreach (var why in proposal.Why)
                Console.WriteLine($"   - {why}");
            foreach (var line in proposal.Recipe.Split('\n'))
                Console.WriteLine($"   {line}");
            foreach (var post in proposal.Posts.Take(MostShown))
                Console.WriteLine($"   + {(post.PublishedAt is { } at ? at.ToString("yyyy-MM-dd HH:mm zzz  ", CultureInfo.InvariantCulture) : "")}{post.Title}\n     {post.Url}{Rest(post)}");
            if (proposal.Posts.Count > MostShown)
                Console.WriteLine($"     and {proposal.Posts.Count - MostShown} more");
            foreach (var more in proposal.More)
                Console.WriteLine($"   more entries: {more}");
            Console.WriteLine($"   to take it: kawaraban recipe suggest {Quoted(asked)} --only {i + 1} {taking}");
        }
    }

    private static string Rest(ExpectedPost post)
    {
        var rest = string.Join("  ", new[] { post.Author, string.Join(", ", post.Tags), post.Picture }.Where(text => !string.IsNullOrEmpty(text)));
        return rest.Length == 0 ? "" : $"\n     {rest}";
    }

    private static string Quoted(string text) => text.All(character => char.IsLetterOrDigit(character) || "-._~:/".Contains(character, StringComparison.Ordinal)) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // The recipes as what they are, so that a program can take one out.
    private static JsonNode Json(SuggestionReport report)
    {
        var node = JsonSerializer.SerializeToNode(report, ReportJson.Default.SuggestionReport)!;
        foreach (var proposal in node["proposals"]!.AsArray())
            proposal!["recipe"] = JsonNode.Parse((string)proposal["recipe"]!);
        return node;
    }
}
