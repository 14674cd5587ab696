using System.Diagnostics;
using System.Globalization;
using Kawaraban.Bench;
using Kawaraban.Fuzz;

// The slowest that a document may be read, beside what starting up costs: the second a megabyte that the parser promises.
const double SecondsPerMegabyte = 1;
const double SecondsAtLeast = 0.1;
const double SecondsForHang = 60;
const int FailuresTold = 5;

double seconds = 60;
var seed = Environment.TickCount;
var output = ".";
var replayed = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    var hasValue = i + 1 < args.Length;
    switch (args[i])
    {
        case "--minutes" when hasValue && Number(args[++i]) is { } minutes:
            seconds = minutes * 60;
            break;
        case "--seconds" when hasValue && Number(args[++i]) is { } number:
            seconds = number;
            break;
        case "--seed" when hasValue && int.TryParse(args[++i], CultureInfo.InvariantCulture, out var given):
            seed = given;
            break;
        case "--out" when hasValue:
            output = args[++i];
            break;
        case var file when File.Exists(file):
            replayed.Add(file);
            break;
        default:
            Console.Error.WriteLine("""
                ./fuzz [--minutes N | --seconds N] [--seed S] [--out FOLDER]    damages feeds and reads them, until the time is over
                ./fuzz FILE…                                                    reads documents that once failed
                """);
            return args[i] is "-h" or "--help" ? 0 : 2;
    }
}

byte[] current = [];
var since = Stopwatch.GetTimestamp();
long inputs = 0, bytes = 0;

// What relative addresses refer to.
var site = new Uri("https://blog.example.com/feeds/feed.xml");
if (replayed.Count > 0)
{
    var isFine = true;
    foreach (var file in replayed)
    {
        var wrong = Check(File.ReadAllBytes(file));
        Console.WriteLine($"{file}: {wrong ?? "fine"}");
        isFine &= wrong is null;
    }

    return isFine ? 0 : 1;
}

// An input that does not come to an end is a failure too, and only another thread can tell.
using var watchdog = new Timer(_ =>
{
    if (Stopwatch.GetElapsedTime(Volatile.Read(ref since)).TotalSeconds < SecondsForHang)
        return;
    Console.WriteLine($"FAILED: input {inputs} of seed {seed} does not come to an end; it is in {Keep(current)}");
    Environment.Exit(1);
}, null, 1000, 1000);

var seeds = Seeds.Load();
Console.WriteLine($"seed {seed}, {seeds.Count:#,##0} documents to damage, {seconds:0} s");
var watch = Stopwatch.StartNew();
var failures = 0;
for (; watch.Elapsed.TotalSeconds < seconds && failures < FailuresTold; inputs++)
{
    // Dice of its own for each input, so that the seed and its number are enough to see it again.
    var dice = new Random(HashOf(seed, inputs));
    var (name, document) = seeds[dice.Next(seeds.Count)];
    var input = Mutation.Of(document, seeds[dice.Next(seeds.Count)].Bytes, dice);
    bytes += input.Length;
    if (Check(input) is not { } wrong)
        continue;
    failures++;
    Console.WriteLine($"FAILED: input {inputs} of seed {seed}, made from {name}, is in {Keep(input)}\n{wrong}\n");
}

Console.WriteLine($"{inputs:#,##0} inputs, {inputs / watch.Elapsed.TotalSeconds:#,##0} inputs/s, {bytes / 1e6 / watch.Elapsed.TotalSeconds:0.0} MB/s, {failures} failed");
return failures == 0 ? 0 : 1;

string Keep(byte[] input)
{
    Directory.CreateDirectory(output);
    var path = Path.Combine(output, $"fuzz-{seed}-{inputs}.bin");
    File.WriteAllBytes(path, input);
    return path;
}

string? Check(byte[] input)
{
    current = input;
    var limit = SecondsAtLeast + SecondsPerMegabyte * input.Length / 1e6;
    var best = double.MaxValue;
    // What is compiled while it is read is slow once, a document that is expensive is so every time.
    for (var attempt = 0; attempt < 4 && best > limit; attempt++)
    {
        Volatile.Write(ref since, Stopwatch.GetTimestamp());
        var before = ProcessorTime.Thread;
        if (Law.Broken(input, site) is { } wrong)
            return wrong;
        best = Math.Min(best, (ProcessorTime.Thread - before).TotalSeconds);
    }

    return best > limit ? $"{best:0.00} s for {input.Length / 1e6:0.00} MB" : null;
}

static int HashOf(int seed, long number)
{
    // Not HashCode, which is different in every process.
    var mixed = (ulong)(uint)seed * 0x9E3779B97F4A7C15 + (ulong)number * 0xC2B2AE3D27D4EB4F;
    return (int)((mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9 >> 33);
}

static double? Number(string text) =>
    double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
