namespace Kawaraban.Feeds.Markup;

/// <summary>A start tag that has been read: what it is and where it stands.</summary>
internal struct Element
{
    /// <summary>The local name, when it means something to us.</summary>
    public Name Name;

    /// <summary>The vocabulary it belongs to.</summary>
    public Vocabulary Vocabulary;

    /// <summary>Whether it closes itself, so that it has no content.</summary>
    public bool IsEmpty;

    /// <summary>Where the tag begins.</summary>
    public int Start;

    /// <summary>Where the name as written begins.</summary>
    public int NameStart;

    /// <summary>How many bytes the name as written has.</summary>
    public int NameLength;

    /// <summary>Where the attributes end.</summary>
    public int AttributesEnd;

    /// <summary>How many namespace declarations were in force before it.</summary>
    public int Declarations;

    /// <summary>What relative addresses in it refer to.</summary>
    public Uri? Base;

    /// <summary>Whether the element is of this vocabulary and name.</summary>
    public readonly bool Is(Vocabulary vocabulary, Name name) => Vocabulary == vocabulary && Name == name;
}

/// <summary>How the content of an element came.</summary>
internal enum ContentKind : byte
{
    /// <summary>There is none.</summary>
    Empty,

    /// <summary>Text with references, in the document.</summary>
    Escaped,

    /// <summary>The inside of a CDATA section, in the document.</summary>
    Literal,

    /// <summary>Elements, written out again as HTML in the cursor's own buffer.</summary>
    Markup,

    /// <summary>Several pieces of text, put together in the cursor's buffer of characters.</summary>
    Characters,
}

/// <summary>The content of an element. Valid until the next one is read.</summary>
internal readonly record struct Content(ContentKind Kind, int Start, int Length, int Position, Uri? Base)
{
    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Kind == ContentKind.Empty;
}
