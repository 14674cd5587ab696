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
        var json = new Option<bool>("--json") { Description = "Print the source as a JSON object." };
        var command = new Command("add", "Add a blog: give its address, its feed is found.") { address, title, company, unchecked_, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var url = SourceArguments.Read(call.GetValue(address));
            var wanted = new NewSource(url, call.GetValue(title), call.GetValue(company));
            if (!call.GetValue(unchecked_))
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
