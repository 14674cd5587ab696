using System.Buffers;
using Kawaraban.Feeds;
using Kawaraban.Feeds.Formats;

namespace Kawaraban.Fuzz;

/// <summary>What holds for every document whatsoever.</summary>
internal static class Law
{
    /// <summary>Bytes that reading may allocate beside <see cref="AllocationPerByte"/>: buffers of the pool, tables.</summary>
    public const long Allocation = 8 << 20;

    /// <summary>Bytes that reading may allocate for each byte read: an empty item of seven bytes becomes an entry of two hundred.</summary>
    public const long AllocationPerByte = 128;

    private static readonly JsonFeedWriterOptions s_asItIs = new() { IsSanitised = false };

    /// <summary>Reads a document and says what is wrong with the way that went; null when nothing is.</summary>
    /// <remarks>Reading never throws; memory stays in proportion; there is a feed or a sentence; positions lie in the document; and the feed,
    /// written as JSON Feed, is read again with the same entries.</remarks>
    public static string? Broken(byte[] document, Uri? baseUrl)
    {
#pragma warning disable CA1031 // Whatever is thrown is what is looked for.
        try
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var isFeed = FeedParser.TryParse(document, null, baseUrl, out var feed, out var problem);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > Allocation + AllocationPerByte * document.Length)
                return $"{allocated:#,##0} bytes were allocated for {document.Length:#,##0}";
            if (!isFeed)
                return problem!.Message.Length > 0 ? null : "no feed, and no sentence";
            foreach (var repair in feed!.Repairs)
            {
                // In UTF-8 a document in another encoding is up to three times as long.
                if (repair.Position < 0 || repair.Position > 3L * document.Length + 4 || repair.Sentence.Length == 0)
                    return $"the repair {repair} lies outside";
            }

            var json = new ArrayBufferWriter<byte>();
            JsonFeedWriter.Write(json, feed, s_asItIs);
            if (!FeedParser.TryParse(json.WrittenMemory, null, null, out var again, out _) || again.Entries.Count != feed.Entries.Count)
                return "what was written as JSON is not read again";
            return null;
        }
        catch (Exception thrown)
        {
            return thrown.ToString();
        }
#pragma warning restore CA1031
    }
}
