using System.CommandLine;
using Kawaraban.Crawling;
using Kawaraban.Hosting;
using Kawaraban.Sources;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban sources add</c>: a blog, by the address of its feed or of its site.</summary>
public static class SourcesAddCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var address = SourceArguments.Address();
        var title = new Option<string>("--title") { Description = "What to call it. [default: what the feed calls itself]", HelpName = "TEXT" };
        var company = new Option<string>("--company") { Description = "Who publishes it. [default: the title]", HelpName = "NAME" };
        var unchecked_ = new Option<bool>("--unchecked") { Description = "Do not look; take the address for a feed's." };
        var recipe = new Option<string>("--recipe") { Description = "Its recipe, for a blog without a feed: a JSON file, or - for standard input. Implies --unchecked.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print the source as a JSON object." };
        var command = new Command("add", "Add a blog: give its address, its feed is found.") { address, title, company, unchecked_, recipe, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var url = SourceArguments.Read(call.GetValue(address));
            var wanted = new NewSource(url, call.GetValue(title), call.GetValue(company));
            string? text = null;
            if (call.GetValue(recipe) is { } file && (text = await RecipeCommand.Read(file, file, cancellation)) is null)
                return ExitCode.Failed;
            if (!call.GetValue(unchecked_) && text is null)
            {
                if (await SourceArguments.FindFeed(installation, url, cancellation) is not { } found)
                    return ExitCode.Failed;
                wanted = wanted with
                {
                    Url = found.Url,
                    Company = wanted.Company ?? wanted.Title ?? found.Feed.Title,
                    SiteUrl = found.SiteUrl?.AbsoluteUri ?? found.Feed.HomePageUrl,
                };
            }

            var (source, isNew) = await installation.Sources.Add(wanted, cancellation);
            if (text is not null && isNew)
                await installation.Recipes.Set(source.Id, text, Environment.UserName, "it was added with it", cancellation);
            else if (text is not null)
                await Console.Error.WriteLineAsync($"its recipe was not changed; kawaraban recipe set {source.Id} does that");
            if (call.GetValue(json))
                Report.Json(source, ReportJson.Default.SourceCard);
            else if (isNew)
                Console.WriteLine($"added source {source.Id}: {source.Company}, {source.Url}");
            else
                Console.WriteLine($"source {source.Id} is there already: {source.Company}, {source.Url}");
            return ExitCode.Fine;
        });
        return command;
    }
}
