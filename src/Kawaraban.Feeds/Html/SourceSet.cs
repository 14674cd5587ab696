namespace Kawaraban.Feeds.Html;

/// <summary>The pictures in a <c>srcset</c>, with what is said about their size
/// (<see href="https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute"/>).</summary>
internal ref struct SourceSet(ReadOnlySpan<char> set)
{
    private const string Space = " \t\r\n\f";
    private ReadOnlySpan<char> _rest = set;

    /// <summary>The address and the size that the walk stands on.</summary>
    public Candidate Current { get; private set; }

    public readonly SourceSet GetEnumerator() => this;

    public bool MoveNext()
    {
        _rest = _rest.TrimStart(Space + ",");
        if (_rest.IsEmpty)
            return false;
        var end = _rest.IndexOfAny(Space);
        var address = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[end..];
        if (address[^1] == ',')
        {
            // There may be commas within an address; one at its end parts it from the next.
            Current = new Candidate(address.TrimEnd(','), default);
            return true;
        }

        end = _rest.IndexOf(',');
        Current = new Candidate(address, (end < 0 ? _rest : _rest[..end]).Trim(Space));
        _rest = end < 0 ? default : _rest[end..];
        return true;
    }

    /// <summary>One picture of several.</summary>
    public readonly ref struct Candidate(ReadOnlySpan<char> address, ReadOnlySpan<char> size)
    {
        private readonly ReadOnlySpan<char> _address = address;
        private readonly ReadOnlySpan<char> _size = size;

        public void Deconstruct(out ReadOnlySpan<char> address, out ReadOnlySpan<char> size)
        {
            address = _address;
            size = _size;
        }
    }
}
