using System.CommandLine;
using Kawaraban.Hosting;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban posts split</c>: puts a post apart from the others of its article.</summary>
public static class PostsSplitCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var which = PostsCommand.Which();
        var from = new Option<string>("--from") { Description = "Another post that it never was one article with, though they stand apart: they are not joined.", HelpName = "POST" };
        var (who, why) = (RecipeCommand.Who(), RecipeCommand.Why());
        var json = new Option<bool>("--json") { Description = "Print the article that is left to it as a JSON object." };
        var command = new Command("split", "Say that a post is an article of its own; it is not joined with the others again.") { which, from, who, why, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var id = await PostsCommand.Number(installation, call.GetValue(which), cancellation);
            var other = call.GetValue(from) is { } named ? await PostsCommand.Number(installation, named, cancellation) : (long?)null;
            var parted = await installation.Twins.Split(id, other, call.GetValue(who) ?? "", call.GetValue(why), cancellation);
            if (parted.Count == 0)
                throw new UnknownPostException(await installation.Twins.Find(id, cancellation) is null ? $"there is no post {id}" : $"post {id} stands with no other; --from names one that it is not to be joined with");
            if (call.GetValue(json))
                Report.Json((await installation.Twins.Find(id, cancellation))!, ReportJson.Default.Article);
            else
                Console.WriteLine($"post {id} is an article of its own; it was parted from {string.Join(", ", parted)}");
            return ExitCode.Fine;
        });
        return command;
    }
}
