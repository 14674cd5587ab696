namespace Kawaraban.Feeds.Markup;

/// <summary>The namespace declarations in force (Namespaces in XML 1.0, <see href="https://www.w3.org/TR/xml-names/"/>), taken tolerantly.</summary>
/// <remarks>No more than 256 are kept at a time; what is beyond is as if it were not declared.</remarks>
internal ref struct Namespaces(ReadOnlySpan<byte> bytes, RepairLog repairs)
{
    private const int Limit = 256;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly RepairLog _repairs = repairs;
    private Declaration[] _declarations = new Declaration[16];
    private Vocabulary _coreVocabulary = Vocabulary.None;
    private int _coreIdentity;

    /// <summary>How many declarations are in force; set back to leave the scope of the later ones.</summary>
    public int Count { get; set; }

    private record struct Declaration(int PrefixStart, int PrefixLength, Vocabulary Vocabulary, int Identity);

    /// <summary>Makes the namespace of the root element that of the format.</summary>
    public void AdoptCore(ReadOnlySpan<byte> rootName)
    {
        var colon = rootName.IndexOf((byte)':');
        var found = Find(colon < 0 ? default : rootName[..colon]);
        if (found < 0)
            return;
        _coreVocabulary = _declarations[found].Vocabulary;
        _coreIdentity = _declarations[found].Identity;
    }

    /// <summary>Declares a prefix; an empty one is the default namespace.</summary>
    public void Declare(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> uri)
    {
        if (Count >= Limit)
            return;
        if (Count == _declarations.Length)
            Array.Resize(ref _declarations, Count * 2);
        var vocabulary = Vocabularies.OfNamespace(uri);
        var identity = 0;
        if (vocabulary == Vocabulary.Unknown)
        {
            var hash = default(HashCode);
            hash.AddBytes(uri);
            identity = hash.ToHashCode();
            var usual = prefix.IsEmpty ? Vocabulary.Unknown : Vocabularies.OfPrefix(prefix);
            if (usual is not (Vocabulary.Unknown or Vocabulary.Rss))
            {
                vocabulary = usual;
                _repairs.Note(RepairKind.WrongNamespace, _bytes.Overlaps(uri, out var at) ? at : 0, uri);
            }
        }

        _bytes.Overlaps(prefix, out var start);
        _declarations[Count++] = new Declaration(start, prefix.Length, vocabulary, identity);
    }

    /// <summary>The vocabulary of a name as written.</summary>
    /// <param name="name">The name, with its prefix.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="prefixLength">How long the prefix and its colon are.</param>
    public readonly Vocabulary Resolve(ReadOnlySpan<byte> name, int position, out int prefixLength)
    {
        var colon = name.IndexOf((byte)':');
        prefixLength = colon + 1;
        var prefix = colon < 0 ? default : name[..colon];
        var found = Find(prefix);
        if (found >= 0)
        {
            ref readonly var declaration = ref _declarations[found];
            if (declaration.Vocabulary == _coreVocabulary && declaration.Identity == _coreIdentity)
                return Vocabulary.Core;
            return declaration.Vocabulary is Vocabulary.None or Vocabulary.Rss ? Vocabulary.Core : declaration.Vocabulary;
        }

        if (colon < 0)
            return Vocabulary.Core;
        var usual = Vocabularies.OfPrefix(prefix);
        if (usual != Vocabulary.Xml)
            _repairs.Note(RepairKind.UndeclaredPrefix, position, prefix);
        return usual == Vocabulary.Rss ? Vocabulary.Core : usual;
    }

    private readonly int Find(ReadOnlySpan<byte> prefix)
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            ref readonly var declaration = ref _declarations[i];
            if (declaration.PrefixLength == prefix.Length && _bytes.Slice(declaration.PrefixStart, declaration.PrefixLength).SequenceEqual(prefix))
                return i;
        }

        return -1;
    }
}
