using System.CommandLine;
using Kawaraban.Hosting;
using Kawaraban.Sample;
using Kawaraban.Sources;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban serve</c>: runs the site.</summary>
public static class ServeCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen. [default http://127.0.0.1:8080]", HelpName = "URL" };
        var sample = new Option<bool>("--sample") { Description = "Bring a dozen sample blogs along, crawl them and show their posts; no network is needed." };
        var roles = new Option<Roles>("--roles")
        {
            Description = "What this process does: web, crawler, office, office-admin, parted by commas. [default all of them]",
            HelpName = "ROLES",
            DefaultValueFactory = _ => Roles.All,
            CustomParser = result =>
            {
                if (!RoleNames.TryParse(result.Tokens[0].Value, out var parsed, out var unknown))
                    result.AddError($"--roles: there is no role '{unknown}'; there are web, crawler, office and office-admin");
                return parsed;
            },
        };
        var command = new Command("serve", "Run the site and the crawler in this process.") { urls, sample, roles };
        command.SetAction((call, cancellation) =>
        {
            var settings = CommonOptions.Settings(call, call.GetValue(urls) is { } value ? [new("web.urls", value)] : []);
            return Serve(settings, call.GetValue(roles), call.GetValue(sample), cancellation);
        });
        return command;
    }

    private static async Task<int> Serve(Settings settings, Roles roles, bool hasSample, CancellationToken cancellation)
    {
        await using var sample = hasSample ? await SampleOrigin.Start(TimeProvider.System, cancellation) : null;
        await using var installation = Installation.Open(settings, sample);
        await using var site = Site.Build(installation, roles);
        await Site.Listen(site, settings);
        await Console.Error.WriteLineAsync($"Kawaraban is at {string.Join(", ", site.Urls)}; Ctrl+C stops it");

        // Not before somebody can look: the first page comes at once, the posts a moment later.
        foreach (var blog in sample?.Blogs ?? [])
            await installation.Sources.Add(new NewSource(new Uri(blog.FeedUrl), blog.Title, blog.CompanyName, blog.SiteUrl), cancellation);
        await site.WaitForShutdownAsync(cancellation);
        return ExitCode.Fine;
    }
}
