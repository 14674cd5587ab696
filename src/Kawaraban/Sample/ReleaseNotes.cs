using System.Globalization;
using System.Text;

namespace Kawaraban.Sample;

/// <summary>Writes the long tail of the large sample blog: the notes of several hundred releases, put together from sentences.</summary>
internal static class ReleaseNotes
{
    /// <summary>How many releases there have been.</summary>
    public const int Count = 420;

    private static readonly (string Name, string Tag)[] Parts =
    [
        ("the dependency graph", "Graph"), ("the remote cache", "Caching"), ("the sandbox", "Security"), ("watch mode", "File systems"),
        ("the C# rules", "C#"), ("the Rust rules", "Rust"), ("the query language", "Search"), ("the test runner", "Testing"),
        ("the terminal display", "UX"), ("the manifest reader", "Manifests"), ("the garbage collector of build outputs", "Caching"),
        ("the coverage report", "Testing"), ("the editor bridge", "Editors"), ("remote execution", "Performance"),
    ];

    private static readonly string[] Mended =
    [
        "no longer forgets a file that was renamed twice between two builds",
        "gives the same answer on machines whose clocks disagree",
        "stops at the first error that explains the others, and counts the rest",
        "does not wait for a server that has already said it is going away",
        "keeps the order of warnings, so that two runs can be compared",
        "reads files with a byte order mark, which one editor writes and nobody admits to using",
        "says which of two rules produced a file when both claim it",
        "survives a full disk and continues when there is room again",
    ];

    private static readonly string[] Faster =
    [
        "starts in half the time on repositories with more than a million files",
        "needs a third less memory, because paths are stored once",
        "skips the second reading of files whose size and inode have not changed",
        "asks the server in batches of two hundred and not one by one",
        "uses all cores while it hashes, and none while it waits",
    ];

    private static readonly string[] Added =
    [
        "can explain in one sentence why a target was rebuilt",
        "accepts a list of paths on standard input",
        "prints a table for people and the same facts as JSON for programs",
        "has a dry run that shows what would be deleted, with sizes",
        "works without colour, and without relying on colour where there is some",
        "understands patterns that exclude before they include",
    ];

    private static readonly string[] Closings =
    [
        "Nothing has to be done to upgrade.",
        "If you build on network drives, read the note on locking before you upgrade.",
        "Caches written by the release before this one are still read.",
        "Thanks to everyone who sent a log, and particularly to those who sent a short one.",
        "The next release will drop a flag that has printed a warning for a year.",
        "We measured on our own repository and on three that belong to readers; figures are in the table of the manual.",
    ];

    /// <summary>The notes, newest first, one about every two and a half days back from <paramref name="today"/>.</summary>
    public static IEnumerable<BlogPost> Write(DateTimeOffset today)
    {
        for (var back = 0; back < Count; back++)
        {
            var number = Count - 1 - back;
            var post = Note(number);
            yield return SampleCalendar.At(post, today, 2 + (back * 5 / 2), number, TimeSpan.Zero, isEdited: number % 20 == 0);
        }
    }

    private static BlogPost Note(int number)
    {
        var version = string.Create(CultureInfo.InvariantCulture, $"{1 + (number / 84)}.{number % 84 / 6}.{number % 6}");
        var dice = new Dice(version);
        var first = dice.Pick<(string Name, string Tag)>(Parts);
        var second = dice.Pick<(string Name, string Tag)>(Parts);
        var third = dice.Pick<(string Name, string Tag)>(Parts);
        var isFeature = number % 6 == 0;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Release {version} is {(isFeature ? "a new minor version" : "a maintenance release")}. ")
            .Append(CultureInfo.InvariantCulture, $"Most of the work went into {first.Name}, which {dice.Pick<string>(isFeature ? Added : Mended)}.\n\n")
            .Append(CultureInfo.InvariantCulture, $"- Faster: {second.Name} {dice.Pick<string>(Faster)}.\n")
            .Append(CultureInfo.InvariantCulture, $"- Mended: {third.Name} {dice.Pick<string>(Mended)}.\n")
            .Append(CultureInfo.InvariantCulture, $"- Counted: {dice.Between(4, 60)} changes by {dice.Between(3, 14)} people.\n\n")
            .Append(dice.Pick<string>(Closings));
        return new BlogPost(
            string.Create(CultureInfo.InvariantCulture, $"release-{version.Replace('.', '-')}"),
            $"Bramblehook {version}: {(isFeature ? "new in" : "repairs to")} {first.Name}",
            "The release train",
            first.Tag == second.Tag ? ["Releases", first.Tag] : ["Releases", first.Tag, second.Tag],
            text.ToString());
    }
}
