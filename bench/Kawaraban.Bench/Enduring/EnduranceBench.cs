using System.Globalization;
using Kawaraban.Tests.Storage;

namespace Kawaraban.Bench.Enduring;

/// <summary>Whether nothing is lost, nothing done twice and nobody troubled while processes are killed: 10,000 sources, a third of them on one key.</summary>
internal static class EnduranceBench
{
    /// <summary>Runs it.</summary>
    /// <returns>1 when anything is not as it should be.</returns>
    public static async Task<int> Run(Call call)
    {
        var sources = call.Number("sources", call.IsQuick ? 1000 : 10_000);
        // Of 701 company blogs in one public list 241 are on one platform.
        var field = new RoughField(sources, Math.Max(40, sources / 20), sources * 241 / 701, TimeSpan.FromMilliseconds(call.Number("gap", 30)));
        IReadOnlyList<string> program = call.Options.TryGetValue("executable", out var executable)
            ? [executable]
            : [Path.Combine(AppContext.BaseDirectory, "kawaraban")];
        using var server = new PostgresServer();
        var database = server.Address(server.Create(isEmpty: true));
        var report = await Endurance.Run(
            new EndurancePlan(field, program, database, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(call.Number("limit", 290))), CancellationToken.None);
        var table = new Table(
            string.Create(CultureInfo.InvariantCulture, $"{sources} sources, {field.Hot} of them on one key, {report.Hosts} keys; 8 workers in 3 processes, {report.Kills} kills; {report.Elapsed.TotalSeconds:0} s"),
            "what", "seen", "allowed");
        foreach (var (what, seen, allowed) in Figures(field, report))
            table.Add(what, seen, allowed);
        Table.Print(call.IsJson, [table]);
        foreach (var breach in report.Breaches.Take(10))
            Console.Error.WriteLine($"against manners: {breach}");
        return Figures(field, report).All(figure => figure.Seen == figure.Allowed || figure.What.StartsWith('(')) && report.Answers - report.Successes <= report.MayBeForgotten ? 0 : 1;
    }

    private static IEnumerable<(string What, string Seen, string Allowed)> Figures(RoughField field, EnduranceReport report)
    {
        yield return ("(requests)", $"{report.Requests}", "");
        yield return ("(most requests at once)", $"{report.MostAtOnce}", "");
        yield return ("(least gap to one key, ms)", $"{report.LeastGap?.TotalMilliseconds:0.0}", $"{field.Gap.TotalMilliseconds:0}");
        yield return ("(answers that a killed process had in hand)", $"{report.Answers - report.Successes}", $"<= {report.MayBeForgotten}");
        yield return ("most requests at once to one key", $"{report.MostAtOnceToOneHost}", "1");
        yield return ("requests sooner than allowed", $"{report.Breaches.Count}", "0");
        yield return ("sources never visited", $"{report.Lost.Count}", "0");
        yield return ("sources visited twice", $"{report.Doubled.Count}", "0");
        yield return ("visits written down that were not made", $"{report.Unanswered.Count}", "0");
        yield return ("posts", $"{report.Posts}", $"{report.PostsExpected}");
        yield return ("posts by the history", $"{report.NewPosts}", $"{report.PostsExpected}");
        yield return ("posts by the companies", $"{report.PostsOfCompanies}", $"{report.PostsExpected}");
        yield return ("posts in the index", $"{report.PostsInIndex}", $"{report.PostsExpected}");
        yield return ("leases held at the end", $"{report.Held}", "0");
        yield return ("dead letters", $"{report.DeadLetters}", "0");
        yield return ("exit codes", string.Join(' ', report.ExitCodes), "0 0 0");
    }
}
