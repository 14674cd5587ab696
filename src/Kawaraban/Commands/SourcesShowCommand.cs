using System.CommandLine;
using Kawaraban.Hosting;
using Kawaraban.Push;
using Kawaraban.Sources;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban sources show</c>: one source and its latest visits.</summary>
public static class SourcesShowCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var which = SourceArguments.Which();
        var count = new Option<int>("--visits") { Description = "How many of its latest visits.", DefaultValueFactory = _ => 10, HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "Print an array of JSON objects." };
        var command = new Command("show", "Show a source and its latest visits.") { which, count, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            List<ShownSource> shown = [];
            foreach (var source in await SourceArguments.Find(installation, call.GetValue(which), cancellation))
            {
                shown.Add(new ShownSource(
                    source,
                    await installation.Sources.History(source.Id, call.GetValue(count), cancellation),
                    await PushCard.Of(installation.Database, installation.Push, source.Id, installation.Time.GetUtcNow(), cancellation)));
            }

            if (call.GetValue(json))
                Report.Json([.. shown], ReportJson.Default.ShownSourceArray);
            else
                shown.ForEach(source => Print(source, $"{installation.Settings.Crawling.Schedule}"));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Print(ShownSource shown, string usual)
    {
        var source = shown.Source;
        Console.WriteLine($"""
            {source.Title}
              number        {source.Id}
              company       {source.Company} (/companies/{source.CompanySlug})
              address       {source.Url}
              site          {source.SiteUrl ?? "unknown"}
              asked with    {source.PolitenessKey}
              status        {source.Status}
              health        {source.Health}: {source.HealthSentence}
              last well     {At(source.LastSuccessAt)}
              visited       {source.Schedule ?? $"{usual} (as the installation)"}
              next visit    {(source.Status == "active" ? At(source.NextCrawlAt) : "none")}
            """);
        if (source.LastError is not null)
            Console.WriteLine($"  last error    {source.LastError}");
        if (source.Request is { } request)
            Console.WriteLine($"  carries       {SourcesRequestCommand.Describe(request)}");
        if (source.Recipe is { } recipe)
        {
            var own = recipe.Version is { } version ? $"version {version}" : "none of its own";
            Console.WriteLine($"  recipe        {own}{(recipe.Platform is null ? "" : $", over {recipe.Platform}")}{(recipe.Notice is null ? "" : $"; {recipe.Notice}")}");
        }

        if (shown.Push is { } push)
            Console.WriteLine($"  push          {push.Sentence}");
        if (source.Notice is not null)
            Console.WriteLine($"  notice        {source.Notice}");
        if (source.Proposal is { } proposal)
            Console.WriteLine($"  proposal      {proposal.Url}{(proposal.Title is null ? "" : $" ({proposal.Title})")}, found on {proposal.FoundAt:yyyy-MM-dd}; kawaraban sources adopt {source.Id} takes it");
        foreach (var visit in shown.Visits)
            Console.WriteLine($"  {At(visit.StartedAt)}  {visit.Elapsed.TotalMilliseconds,6:0} ms  {visit.Bytes,9} B  {visit.HttpStatus,3}  {visit.Sentence}");
    }

    private static string At(DateTimeOffset? instant) => instant is { } at ? $"{at:yyyy-MM-dd HH:mm} UTC" : "never";
}

/// <summary>A source as <c>sources show --json</c> prints it.</summary>
public sealed record ShownSource(SourceCard Source, IReadOnlyList<CrawlCard> Visits, PushCard? Push);
