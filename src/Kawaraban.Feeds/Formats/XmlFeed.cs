using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats;

/// <summary>Finds the root of a feed among whatever stands around it, and gives it to its format.</summary>
internal static class XmlFeed
{
    // What stands before a feed by accident is a warning or an advertisement, not a document of its own.
    private const int TagLimit = 2000;

    /// <summary>Reads a feed.</summary>
    /// <returns>False when there is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, Uri? baseUrl, FeedDraft feed, RepairLog repairs, out NotAFeedException? problem)
    {
        problem = null;
        var cursor = new ElementCursor(bytes, baseUrl, repairs, MayHoldC1(bytes));
        try
        {
            if (!TryFindRoot(ref cursor, out var root))
                return false;
            if (bytes[..root.Start].TrimStart(" \n\r\t"u8) is [not (byte)'<', ..])
                repairs.Note(RepairKind.JunkBeforeRoot, 0);
            cursor.AdoptCore(ref root);
            ReadRoot(ref cursor, root, feed);
            ReadRest(ref cursor, feed);
            return true;
        }
        finally
        {
            cursor.Dispose();
        }
    }

    private static bool TryFindRoot(ref ElementCursor cursor, out Element root)
    {
        Element? fallback = null;
        for (var tags = 0; tags < TagLimit && cursor.NextChild(out root); tags++)
        {
            switch (root.Name)
            {
                case Name.Rss or Name.RdfRoot or Name.Feed:
                    return true;
                case Name.Channel or Name.Item or Name.Entry when tags == 0:
                    cursor.Repairs.Note(RepairKind.MissingRoot, root.Start);
                    return true;
            }

            fallback ??= root;
            cursor.LookThrough();
        }

        root = default;
        return false;
    }

    private static void ReadRoot(ref ElementCursor cursor, scoped in Element root, FeedDraft feed)
    {
        switch (root.Name)
        {
            case Name.Feed or Name.Entry:
                Atom.Read(ref cursor, root, feed);
                break;
            case Name.Channel when !cursor.RawAttribute(root, Name.Href).IsEmpty || !cursor.RawAttribute(root, Name.Base).IsEmpty:
                Cdf.Read(ref cursor, root, feed);
                break;
            default:
                Rss.Read(ref cursor, root, feed);
                break;
        }
    }

    /// <summary>Entries that stand after the end of the feed are meant to be in it.</summary>
    private static void ReadRest(ref ElementCursor cursor, FeedDraft feed)
    {
        while (cursor.NextChild(out var child))
        {
            if (child.Vocabulary != Vocabulary.Core)
                continue;
            switch (child.Name)
            {
                case Name.Item or Name.Channel:
                    cursor.Repairs.Note(RepairKind.JunkAfterRoot, child.Start);
                    Rss.ReadTop(ref cursor, child, feed);
                    break;
                case Name.Entry:
                    cursor.Repairs.Note(RepairKind.JunkAfterRoot, child.Start);
                    Atom.ReadEntry(ref cursor, child, feed);
                    break;
            }
        }
    }

    /// <summary>Whether a C1 control character (U+0080 to U+009F, in UTF-8 C2 80 to C2 9F) occurs: then texts are looked at more closely.</summary>
    private static bool MayHoldC1(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var at = bytes.IndexOf((byte)0xC2);
            if (at < 0 || at + 1 >= bytes.Length)
                return false;
            if (bytes[at + 1] < 0xA0)
                return true;
            bytes = bytes[(at + 2)..];
        }
    }
}
