using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Kawaraban.Bench.Origin;

namespace Kawaraban.Bench.Crawling;

/// <summary>
/// Whole crawls against an origin in another process: every feed on a host of its own, thirty entries each. Cold, everything is new;
/// warm, everything answers 304. References run against the same origin in the same run.
/// </summary>
internal static class CrawlBench
{
    /// <summary>Runs it.</summary>
    public static async Task<int> Run(Call call)
    {
        var feeds = call.Number("feeds", call.IsQuick ? 200 : 1000);
        var latency = call.Number("latency", 50);
        var folder = Directory.CreateTempSubdirectory("kawaraban-bench").FullName;
        try
        {
            List<Table> tables = [await Measure(call, folder, feeds, 0)];
            if (latency > 0)
                tables.Add(await Measure(call, folder, feeds, latency));
            Table.Print(call.IsJson, tables);
            return 0;
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Table> Measure(Call call, string folder, int feeds, int latency)
    {
        var opml = Path.Combine(folder, $"feeds-{latency}.opml");
        using var origin = StartOrigin($"--feeds={feeds}", $"--latency={latency}", $"--opml={opml}");
        await origin.StandardOutput.ReadLineAsync();
        var list = Path.Combine(folder, $"feeds-{latency}.txt");
        await File.WriteAllLinesAsync(list, XDocument.Load(opml).Descendants("outline").Select(outline => (string?)outline.Attribute("xmlUrl") ?? ""));

        var table = new Table(
            string.Create(CultureInfo.InvariantCulture, $"{feeds} feeds on {feeds} hosts, {latency} ms latency, at most 50 in flight"),
            "crawler", "pass", "CPU s per 1,000 feeds", "x HttpClient + XmlReader", "feeds/s", "peak MB", "most at once to one host");
        var reference = new Dictionary<string, double>();
        await Curl(table, list, folder, feeds, origin);
        foreach (var (name, option) in new[] { ("HttpClient + XmlReader, nothing stored", "--read"), ("HttpClient, fetches only", "--bare") })
        {
            foreach (var pass in (string[])["cold", "warm"])
            {
                var cost = await Child.Run("dotnet", [Self, "fetch", list, option, $"--validators={Path.Combine(folder, $"etags{option}-{latency}")}"]);
                reference.TryAdd(pass, cost.Processor.TotalSeconds);
                Add(table, name, pass, cost, feeds, reference[pass], await Report(origin));
            }
        }

        await Ours(call, folder, opml, feeds, latency, table, reference, origin);
        origin.StandardInput.Close();
        await origin.WaitForExitAsync();
        return table;
    }

    // The least that fetching alone can cost; where there is no curl there is no row.
    private static async Task Curl(Table table, string list, string folder, int feeds, Process origin)
    {
        const string Program = "/usr/bin/curl";
        if (!File.Exists(Program))
            return;
        var wanted = Path.Combine(folder, "curl.txt");
        await File.WriteAllLinesAsync(wanted, (await File.ReadAllLinesAsync(list)).Select(url => $"url = \"{url}\"\noutput = \"/dev/null\""));
        var cost = await Child.Run(Program, ["--silent", "--parallel", "--parallel-max", "50", "--config", wanted]);
        table.Add(
            "curl --parallel, fetches only", "cold", cost.Processor.TotalSeconds * 1000 / feeds, null, feeds / cost.Elapsed.TotalSeconds, cost.PeakMegabytes,
            (await Report(origin)).MostAtOnceToOneHost);
    }

    private static async Task Ours(
        Call call, string folder, string opml, int feeds, int latency, Table table, Dictionary<string, double> reference, Process origin)
    {
        var (program, prefix) = Program(call);
        var environment = new Dictionary<string, string> { ["KAWARABAN_DATABASE"] = Path.Combine(folder, $"crawl-{latency}.db") };
        if (call.Options.TryGetValue("gap", out var gap))
            environment["KAWARABAN_CRAWLING_GAP"] = gap;
        await Child.Run(program, [.. prefix, "migrate"], environment);
        var start = await Child.Run(program, [.. prefix, "crawl", "--all", "--allow-private-networks"], environment);
        table.Add("Kawaraban, nothing to crawl", "start", start.Processor.TotalSeconds, null, null, start.PeakMegabytes, null);
        await Child.Run(program, [.. prefix, "sources", "import", opml], environment);
        foreach (var pass in (string[])["cold", "warm"])
        {
            var cost = await Child.Run(program, [.. prefix, "crawl", "--all", "--allow-private-networks"], environment);
            Add(table, "Kawaraban, stored and indexed", pass, cost, feeds, reference[pass], await Report(origin));
        }
    }

    private static void Add(Table table, string name, string pass, Cost cost, int feeds, double reference, OriginReport report) => table.Add(
        name,
        pass,
        cost.Processor.TotalSeconds * 1000 / feeds,
        cost.Processor.TotalSeconds / reference,
        feeds / cost.Elapsed.TotalSeconds,
        cost.PeakMegabytes,
        report.MostAtOnceToOneHost);

    /// <summary>The program and what stands before its own arguments.</summary>
    public static (string Program, string[] Prefix) Program(Call call) => call.Options.TryGetValue("executable", out var executable)
        ? (executable, [])
        : ("dotnet", [Path.Combine(AppContext.BaseDirectory, "kawaraban.dll")]);

    private static string Self => Path.Combine(AppContext.BaseDirectory, "Kawaraban.Bench.dll");

    /// <summary>Starts an origin in a process of its own; a line on its output says that it is up.</summary>
    public static Process StartOrigin(params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", [Self, "synthetic-origin", .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("the origin did not start");
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>What an origin has seen.</summary>
    public static async Task<OriginReport> Report(Process origin)
    {
        await origin.StandardInput.WriteLineAsync("report");
        await origin.StandardInput.FlushAsync();
        var line = await origin.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the origin ended early");
        return JsonSerializer.Deserialize<OriginReport>(line) ?? throw new InvalidOperationException("the origin reported nothing");
    }
}
