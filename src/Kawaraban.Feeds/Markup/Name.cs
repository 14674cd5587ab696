using System.Buffers.Binary;
using System.Text;

namespace Kawaraban.Feeds.Markup;

/// <summary>The local names of elements and attributes that mean something to us.</summary>
internal enum Name : byte
{
    Unknown, About, Abstract, Alternate, Atom, Author, Base, Body, Category, Categories, Channel, Cloud, Comments, Content, Contributor, Copyright, Created,
    Creator, Credit, Date, Day, Description, Docs, Domain, Duration, Email, Enclosure, Encoded, Encoding, Entry, FaceBook, Feed, FileSize, FullItem,
    Generator, Group, Guid, Height, Homepage, Hour, Href, Html, Icon, Id, Image, ImageUrl, Info, IsDefault, IsPermaLink, Issued, Item,
    Items, Keywords, Label, Lang, Language, LastBuildDate, LastMod, Length, Link, Logo, ManagingEditor, Medium, Mode, Modified,
    NameOf, NewLocation, OrigLink, Owner, Person, Player, PubDate, Published, Publisher, RdfRoot, Rel, Resource, Rights, Rss, Schedule,
    Schema, Seq, SkipDays, SkipHours, Source, Src, Subject, Subtitle, Summary, Svg, Tagline, Tags, Term, Text, TextInput, Thumbnail, Title,
    Ttl, Type, UpdateBase, Updated, UpdateFrequency, UpdatePeriod, Uri, Url, Valid, Value, Version, WebMaster, Width, XmlNamespace, Div, Self, Links,
    Li, Bag, Summaries, FeedUrl, LastModified, Fallback, Department, Total, Count, InReplyTo, Ref, CommentRss, BookmarkCount, CreatorName, CreatorImage,
    Where, Point, Pos, Lat, Long, Lon, FeatureName, Transcript, Chapters,
}

/// <summary>Finds the <see cref="Name"/> for some bytes, whatever their case.</summary>
internal static class Names
{
    private const int TableSize = 1024;

    private static readonly Slot[] s_table = Build();

    private readonly record struct Slot(ulong Low, ulong High, byte Length, Name Name);

    /// <summary>The name, or <see cref="Name.Unknown"/>.</summary>
    public static Name Find(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > 16)
            return Name.Unknown;
        var (low, high) = Key(bytes);
        for (var at = Hash(low, high); ; at = (at + 1) & (TableSize - 1))
        {
            ref readonly var slot = ref s_table[at];
            if (slot.Length == 0)
                return Name.Unknown;
            if (slot.Low == low && slot.High == high && slot.Length == bytes.Length)
                return slot.Name;
        }
    }

    /// <summary>Whether two names are the same but for the case of letters.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        one.Length == other.Length && (one.SequenceEqual(other) || Ascii.EqualsIgnoreCase(one, other));

    // Up to 16 bytes in two words; setting the bit of lower case maps "A" to "a" and nothing else that occurs in names onto each other.
    private static (ulong Low, ulong High) Key(ReadOnlySpan<byte> bytes)
    {
        const ulong LowerCase = 0x2020202020202020;
        return bytes.Length switch
        {
            >= 8 => (BinaryPrimitives.ReadUInt64LittleEndian(bytes) | LowerCase, BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]) | LowerCase),
            >= 4 => (BinaryPrimitives.ReadUInt32LittleEndian(bytes) | LowerCase, BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) | LowerCase),
            _ => (bytes[0] | ((ulong)bytes[bytes.Length / 2] << 8) | ((ulong)bytes[^1] << 16) | LowerCase, 0),
        };
    }

    private static int Hash(ulong low, ulong high) =>
        (int)(((low * 0x9E3779B97F4A7C15) ^ (high * 0xC2B2AE3D27D4EB4F)) >> 54) & (TableSize - 1);

    private static Slot[] Build()
    {
        var table = new Slot[TableSize];
        foreach (var name in Enum.GetValues<Name>())
        {
            if (name == Name.Unknown)
                continue;
            Add(table, name switch
            {
                Name.NameOf => "name",
                Name.RdfRoot => "rdf",
                Name.XmlNamespace => "xmlns",
                Name.NewLocation => "new-feed-url",
                Name.LastModified => "last-modified",
                Name.InReplyTo => "in-reply-to",
                _ => name.ToString(),
            }, name);
        }

        return table;
    }

    private static void Add(Slot[] table, string text, Name name)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var (low, high) = Key(bytes);
        var at = Hash(low, high);
        while (table[at].Length != 0)
            at = (at + 1) & (TableSize - 1);
        table[at] = new Slot(low, high, (byte)bytes.Length, name);
    }
}
