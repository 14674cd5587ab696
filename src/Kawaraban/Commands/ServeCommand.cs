using System.CommandLine;
using Kawaraban.Hosting;
using Kawaraban.Storage;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban serve</c>: runs the site.</summary>
public static class ServeCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen. [default http://127.0.0.1:8080]", HelpName = "URL" };
        var sample = new Option<bool>("--sample") { Description = "Bring a dozen sample blogs along, crawl them and show their posts; no network is needed." };
        var command = new Command("serve", "Run the site and the crawler in this process.") { urls, sample };
        command.SetAction(async (call, cancellation) =>
        {
            var settings = CommonOptions.Settings(call, call.GetValue(urls) is { } value ? [new("web.urls", value)] : []);
            await using var database = Database.Open(settings.Database);
            await using var site = Site.Prepare(settings, database, TimeProvider.System).Build();
            site.MapHealth();
            await Site.Listen(site, settings);
            await Console.Error.WriteLineAsync($"Kawaraban is at {string.Join(", ", site.Urls)}; Ctrl+C stops it");
            await site.WaitForShutdownAsync(cancellation);
            return ExitCode.Fine;
        });
        return command;
    }
}
