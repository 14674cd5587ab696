using System.CommandLine;
using Kawaraban.Crawling;
using Kawaraban.Hosting;
using Kawaraban.Recipes;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban recipe pin</c>, <c>unpin</c> and <c>test</c>: documents for which a recipe has to give the same posts.</summary>
public static class RecipeSampleCommands
{
    /// <summary>Describes <c>pin</c>.</summary>
    public static Command Pin()
    {
        var which = SourceArguments.Which();
        var name = Name();
        var who = RecipeCommand.Who();
        var again = new Option<bool>("--again") { Description = "Keep the document that is pinned, and expect what the recipe makes of it now." };
        var command = new Command("pin", "Keep the document of a source as it is now, and what its recipe makes of it, as a test.") { which, name, who, again };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var source = await RecipeCommand.One(installation, call.GetValue(which), cancellation);
            var called = call.GetValue(name) ?? "";
            var samples = await installation.Samples.Of(source.SourceId, cancellation);
            var pinned = samples.FirstOrDefault(sample => sample.Name == called);
            if (call.GetValue(again) && pinned is null)
                return await Refuse($"source {source.SourceId} has no sample \"{called}\"");
            if (pinned is null && samples.Count >= RecipeSample.MostOfSource)
                return await Refuse($"source {source.SourceId} has {samples.Count} samples, which is as many as there may be; kawaraban recipe unpin {source.SourceId} --name NAME drops one");
            var report = await installation.Preview.Of(source, new PreviewOptions(Sample: call.GetValue(again) ? pinned : null), cancellation);
            if (report is not { Problem: null, Sample: { } sample })
                return await Refuse(report.Problem ?? "there is nothing to pin");
            if (sample.Body.Length > RecipeSample.MaxBytes)
                return await Refuse($"the document has {sample.Body.Length} bytes; {RecipeSample.MaxBytes} is what is pinned");
            await installation.Samples.Pin(source.SourceId, sample with { Name = called, Who = call.GetValue(who) ?? "" }, cancellation);
            Console.WriteLine($"source {source.SourceId} has the sample {called}: {sample.Body.Length} bytes, {sample.Pages.Count} pages, {sample.Expected.Count} posts");
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>Describes <c>unpin</c>.</summary>
    public static Command Unpin()
    {
        var which = SourceArguments.Which();
        var name = Name();
        var command = new Command("unpin", "Drop a sample.") { which, name };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var source = await RecipeCommand.One(installation, call.GetValue(which), cancellation);
            if (!await installation.Samples.Unpin(source.SourceId, call.GetValue(name) ?? "", cancellation))
                return await Refuse($"source {source.SourceId} has no sample \"{call.GetValue(name)}\"");
            Console.WriteLine($"source {source.SourceId} has the sample {call.GetValue(name)} no more");
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>Describes <c>test</c>.</summary>
    public static Command Test()
    {
        var which = new Argument<string?>("SOURCE") { Description = "Its number, its address, or its company's name.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "All sources that have samples." };
        var recipe = new Option<string>("--recipe") { Description = "A recipe to test in place of the source's own; - for standard input.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print an array of JSON objects." };
        var command = new Command("test", "Run the samples: do recipes still make of them what was pinned?") { which, all, recipe, json };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(which) is null) != result.GetValue(all))
                result.AddError("which samples are meant? Name a source, or --all");
            if (result.GetValue(all) && result.GetValue(recipe) is not null)
                result.AddError("--recipe is for one source");
        });
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            string? tried = null;
            if (call.GetValue(recipe) is { } file && (tried = await RecipeCommand.Read(file, file, cancellation)) is null)
                return ExitCode.Failed;
            var ids = call.GetValue(all)
                ? await installation.Samples.Sources(cancellation)
                : [(await RecipeCommand.One(installation, call.GetValue(which), cancellation)).SourceId];
            List<TestedSample> tested = [];
            foreach (var id in ids)
            {
                var source = await installation.Recipes.Find(id, cancellation) ?? throw new UnknownSourceException($"{id}");
                foreach (var sample in await installation.Samples.Of(id, cancellation))
                {
                    var outcome = SampleTest.Run(sample, tried ?? source.Recipe, source.Url, source.Platform, installation.SiteKey);
                    tested.Add(new TestedSample(id, sample.Name, sample.At, sample.Who, outcome.Posts.Count, outcome.Failures));
                }
            }

            if (call.GetValue(json))
                Report.Json([.. tested], ReportJson.Default.TestedSampleArray);
            else
                tested.ForEach(Print);
            if (tested.Count == 0)
                await Console.Error.WriteLineAsync("there are no samples; kawaraban recipe pin SOURCE makes one");
            return tested.All(sample => sample.Failures.Count == 0) ? ExitCode.Fine : ExitCode.Failed;
        });
        return command;
    }

    private static void Print(TestedSample sample)
    {
        Console.WriteLine($"source {sample.SourceId}, {sample.Sample}, pinned {sample.At:yyyy-MM-dd} by {sample.Who}: {(sample.Failures.Count == 0 ? $"{sample.Posts} posts, as pinned" : $"{sample.Failures.Count} differences")}");
        foreach (var failure in sample.Failures)
            Console.WriteLine($"  {failure}");
    }

    private static Option<string> Name() => new("--name") { Description = "What the sample is called.", HelpName = "NAME", DefaultValueFactory = _ => "usual" };

    private static async Task<int> Refuse(string sentence)
    {
        await Console.Error.WriteLineAsync($"kawaraban: {sentence}");
        return ExitCode.Failed;
    }
}

/// <summary>A sample as <c>recipe test --json</c> prints it.</summary>
public sealed record TestedSample(long SourceId, string Sample, DateTimeOffset At, string Who, int Posts, IReadOnlyList<SampleFailure> Failures);
