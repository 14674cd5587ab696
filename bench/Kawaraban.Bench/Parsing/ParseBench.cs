using System.Diagnostics;
using BenchmarkDotNet.Running;

namespace Kawaraban.Bench.Parsing;

/// <summary>
/// Parsing, one core. All readers go over the same files in turns, round after round, and are judged by the processor time of the thread:
/// the ratio of a round compares neighbours in time, and the median over rounds forgets the rounds in which the machine was busy.
/// </summary>
internal static class ParseBench
{
    /// <summary>Runs it; <c>--bdn</c> hands the same readers to BenchmarkDotNet.</summary>
    public static int Run(Call call)
    {
        if (call.Options.ContainsKey("bdn"))
        {
            BenchmarkRunner.Run<ParseBenchmarks>(ParseBenchmarks.Settings(call.IsQuick));
            return 0;
        }

        return Young is null && !call.IsJson ? RunBoth(call) : RunHere(call);
    }

    // The collector's youngest generation: as large as this it is cleared by the processor and not fetched again from the kernel, page by
    // page, after each collection, which on a virtual machine costs more than parsing.
    private const string YoungBytes = "4000000";

    private static string? Young => Environment.GetEnvironmentVariable("DOTNET_GCgen0size");

    /// <summary>Whether the platform's own code runs as it was precompiled. So it is at the beginning of every program, and so it was when the
    /// figures of the peers were taken: sfeed is one and a half times as fast as that.</summary>
    private static bool IsAsShipped => Environment.GetEnvironmentVariable("DOTNET_TieredCompilation") == "0";

    private static int RunBoth(Call call)
    {
        foreach (var tiered in (string[])["1", "0"])
        {
            var start = new ProcessStartInfo("dotnet", [typeof(ParseBench).Assembly.Location, .. call.Arguments]);
            start.Environment["DOTNET_GCgen0size"] = YoungBytes;
            start.Environment["DOTNET_TieredCompilation"] = tiered;
            using var child = Process.Start(start)!;
            child.WaitForExit();
            if (child.ExitCode != 0)
                return child.ExitCode;
        }

        return 0;
    }

    private static int RunHere(Call call)
    {
        var rounds = call.Number("rounds", call.IsQuick ? 5 : 25);
        var tables = new List<Table>();
        if (FeedFile.RealFolder() is { } folder)
        {
            var real = FeedFile.In(folder);
            tables.Add(Measure($"real feeds ({real.Count})", real, rounds));
            IReadOnlyList<FeedFile> wellFormed = [.. real.Where(file => FeedReader.All[0].Read(file) >= 0)];
            tables.Add(Measure($"those of them that XmlReader reads to the end ({wellFormed.Count})", wellFormed, rounds));
        }
        else
        {
            Console.Error.WriteLine("no real feeds: KAWARABAN_CORPUS is not set and there is no shared/corpus beside the repository");
        }

        var synthetic = SyntheticFeeds.Write(40);
        tables.Add(Measure($"synthetic well-formed feeds ({synthetic.Count})", synthetic, rounds));
        if (Sfeed.Compare(synthetic, rounds: call.IsQuick ? 2 : 5) is { } sfeed)
            tables.Add(sfeed);
        if (!call.IsJson)
            Console.WriteLine(IsAsShipped ? "\n== XmlReader as the platform ships it: precompiled" : "\n== XmlReader compiled again for this machine, at the highest tier");
        Table.Print(call.IsJson, tables);
        return 0;
    }

    private static Table Measure(string title, IReadOnlyList<FeedFile> files, int rounds)
    {
        var megabytes = files.Sum(file => (double)file.Bytes.Length) / 1e6;
        var readers = FeedReader.All;
        var times = new double[readers.Count][];
        for (var i = 0; i < times.Length; i++)
            times[i] = new double[rounds];

        // Rounds that are not counted: the just-in-time compiler settles on its second tier, in the background.
        for (var round = -6; round < rounds; round++)
        {
            for (var i = 0; i < readers.Count; i++)
            {
                Collect();
                var before = ProcessorTime.Thread;
                foreach (var file in files)
                    readers[i].Read(file);
                if (round >= 0)
                    times[i][round] = (ProcessorTime.Thread - before).TotalSeconds;
            }
        }

        var table = new Table(title, "reader", "x XmlReader", "lowest", "highest", "MB/s", "failed", "entries", "allocated / input");
        for (var i = 0; i < readers.Count; i++)
        {
            var ratios = times[0].Zip(times[i], (reference, time) => reference / time).Order().ToArray();
            var results = files.Select(readers[i].Read).ToArray();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            foreach (var file in files)
                readers[i].Read(file);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            table.Add(
                readers[i].Name,
                ratios[rounds / 2],
                ratios[0],
                ratios[^1],
                megabytes / times[i].Order().ElementAt(rounds / 2),
                results.Count(result => result < 0),
                results.Sum(result => Math.Max(result, 0)),
                allocated / 1e6 / megabytes);
        }

        return table;
    }

    /// <summary>Garbage of the reader before is not charged to the next one.</summary>
    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
