using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Kawaraban.Bench.Parsing;

/// <summary>The readers under BenchmarkDotNet: all files of a set are one operation.</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    private IReadOnlyList<FeedFile> files = [];

    /// <summary>In this process: the corpus is loaded once and no project has to be generated.</summary>
    internal static IConfig Settings(bool isQuick) => DefaultConfig.Instance
        .AddJob((isQuick ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance))
        .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));

    /// <summary>Which files.</summary>
    [Params("real", "synthetic")]
    public string Files { get; set; } = "";

    /// <summary>Loads them.</summary>
    [GlobalSetup]
    public void Load() => files = Files == "synthetic" || FeedFile.RealFolder() is not { } folder ? SyntheticFeeds.Write(40) : FeedFile.In(folder);

    /// <summary>The reference: a strict reader's bare pass.</summary>
    [Benchmark(Baseline = true)]
    public int XmlReaderToTheEnd() => ReadAll(0);

    /// <summary>Ours.</summary>
    [Benchmark]
    public int KawarabanFeeds() => ReadAll(1);

    /// <summary>The library of the platform.</summary>
    [Benchmark]
    public int Syndication() => ReadAll(2);

    /// <summary>The library most used on NuGet.</summary>
    [Benchmark]
    public int CodeHollowFeedReader() => ReadAll(3);

    private int ReadAll(int reader)
    {
        var entries = 0;
        foreach (var file in files)
            entries += FeedReader.All[reader].Read(file);
        return entries;
    }
}
