namespace Kawaraban.Feeds.Markup;

/// <summary>Walks over the attributes of a tag, quoted or not, without allocating.</summary>
internal ref struct AttributeReader(ReadOnlySpan<byte> attributes)
{
    private ReadOnlySpan<byte> _rest = attributes;

    /// <summary>The name as written, with its prefix.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value, references not yet replaced; empty when there is none.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next attribute.</summary>
    public bool Read()
    {
        var rest = _rest.TrimStart("= \n\r\t/\"'"u8);
        if (rest.IsEmpty)
            return false;
        var end = rest.IndexOfAny("= \n\r\t"u8);
        if (end < 0)
        {
            Name = rest;
            Value = _rest = default;
            return true;
        }

        Name = rest[..end];
        rest = rest[end..].TrimStart(" \n\r\t"u8);
        if (rest.IsEmpty || rest[0] != '=')
        {
            Value = default;
            _rest = rest;
            return true;
        }

        rest = rest[1..].TrimStart(" \n\r\t"u8);
        if (!rest.IsEmpty && rest[0] is (byte)'"' or (byte)'\'')
        {
            var close = rest[1..].IndexOf(rest[0]);
            Value = close < 0 ? rest[1..] : rest.Slice(1, close);
            _rest = close < 0 ? default : rest[(close + 2)..];
            return true;
        }

        var stop = rest.IndexOfAny(" \n\r\t"u8);
        Value = stop < 0 ? rest : rest[..stop];
        _rest = stop < 0 ? default : rest[stop..];
        return true;
    }
}
