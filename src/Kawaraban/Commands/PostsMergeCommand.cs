using System.CommandLine;
using Kawaraban.Catalog;
using Kawaraban.Hosting;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban posts merge</c>: joins posts by hand, or looks through all that are stored.</summary>
public static class PostsMergeCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var which = new Argument<string[]>("POST") { Description = "Two posts or more: numbers, or addresses of articles.", Arity = ArgumentArity.ZeroOrMore };
        var stored = new Option<bool>("--stored") { Description = "Look through the stored posts that were never compared, and join what is one article." };
        var (who, why) = (RecipeCommand.Who(), RecipeCommand.Why());
        var json = new Option<bool>("--json") { Description = "Print a JSON object." };
        var command = new Command("merge", "Say that posts are one article; which of them stands for all is decided by the rule of docs/twins.md.") { which, stored, who, why, json };
        command.Validators.Add(result =>
        {
            var count = result.GetValue(which)?.Length ?? 0;
            if (result.GetValue(stored) ? count > 0 : count < 2)
                result.AddError("which posts are one article? Name two, or --stored to look through all");
        });
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            if (call.GetValue(stored))
                return await LookThrough(installation, call.GetValue(json), cancellation);
            List<long> ids = [];
            foreach (var post in call.GetValue(which) ?? [])
                ids.Add(await PostsCommand.Number(installation, post, cancellation));
            if (ids.Distinct().Count() < 2)
                throw new UnknownPostException($"post {ids[0]} is one; name two that are one article");
            if (!await installation.Twins.Merge(ids, call.GetValue(who) ?? "", call.GetValue(why), cancellation))
                throw new UnknownPostException($"of the posts {string.Join(", ", ids)} one does not exist; nothing was joined");
            if (await installation.Twins.Find(ids[0], cancellation) is not { } article)
                return ExitCode.Failed;
            if (call.GetValue(json))
                Report.Json(article, ReportJson.Default.Article);
            else
                PostsCommand.Print(article);
            return ExitCode.Fine;
        });
        return command;
    }

    private static async Task<int> LookThrough(Installation installation, bool isJson, CancellationToken cancellation)
    {
        var found = await installation.Twins.LookThrough(long.MaxValue, isJson ? null : new Progress(), cancellation);
        if (isJson)
            Report.Json(found, ReportJson.Default.TwinsFound);
        else
            Console.WriteLine($"{found.Posts} posts looked at, {found.Joined} joined with another{(found.IsDone ? "" : "; it goes on from there when called again")}");
        return found.IsDone ? ExitCode.Fine : ExitCode.Failed;
    }

    private sealed class Progress : IProgress<long>
    {
        public void Report(long value)
        {
            if (value % 10_000 == 0)
                Console.Error.WriteLine($"{value} posts looked at");
        }
    }
}
