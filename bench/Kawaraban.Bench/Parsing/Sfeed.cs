using System.Diagnostics;
using System.Text;
using Kawaraban.Feeds;

namespace Kawaraban.Bench.Parsing;

/// <summary>Debian's <c>sfeed</c>, the fastest full parser in C, over one large feed, so that starting a process does not count.</summary>
internal static class Sfeed
{
    private const string Program = "/usr/bin/sfeed";

    /// <summary>The comparison; null when <c>sfeed</c> is not installed.</summary>
    public static Table? Compare(IReadOnlyList<FeedFile> feeds, int rounds)
    {
        if (!File.Exists(Program))
            return null;
        var bytes = OneLargeFeed(Encoding.UTF8.GetString(feeds[0].Bytes), copies: 600);
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            double[] theirs = new double[rounds], ours = new double[rounds];
            var entries = 0;
            for (var round = -1; round < rounds; round++)
            {
                var before = ProcessorTime.Children;
                using (var sfeed = Process.Start("/bin/sh", ["-c", $"{Program} < '{path}' > /dev/null"]))
                    sfeed.WaitForExit();
                var time = (ProcessorTime.Children - before).TotalSeconds;
                GC.Collect();
                before = ProcessorTime.Thread;
                entries = FeedParser.TryParse(bytes, "application/rss+xml", null, out var feed, out _) ? feed.Entries.Count : -1;
                if (round < 0)
                    continue;
                theirs[round] = time;
                ours[round] = (ProcessorTime.Thread - before).TotalSeconds;
            }

            var ratios = theirs.Zip(ours, (their, our) => their / our).Order().ToArray();
            var table = new Table($"one RSS 2.0 feed of {bytes.Length / 1e6:0} MB ({entries:#,##0} entries)", "reader", "x sfeed", "MB/s");
            table.Add("sfeed", 1.0, bytes.Length / 1e6 / theirs.Order().ElementAt(rounds / 2));
            table.Add("Kawaraban.Feeds", ratios[rounds / 2], bytes.Length / 1e6 / ours.Order().ElementAt(rounds / 2));
            return table;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] OneLargeFeed(string feed, int copies)
    {
        var from = feed.IndexOf("<item>", StringComparison.Ordinal);
        var to = feed.LastIndexOf("</item>", StringComparison.Ordinal) + "</item>\n".Length;
        var large = new StringBuilder(feed.Length * copies).Append(feed, 0, from);
        for (var i = 0; i < copies; i++)
            large.Append(feed, from, to - from);
        return Encoding.UTF8.GetBytes(large.Append(feed, to, feed.Length - to).ToString());
    }
}
