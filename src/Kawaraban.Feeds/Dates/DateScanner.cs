namespace Kawaraban.Feeds.Dates;

/// <summary>A number and how many digits it was written with: 04 is not 4, and 0100 not 100, where years are meant.</summary>
internal readonly record struct Number(long Value, int Digits);

/// <summary>A place in a folded date, moving forward.</summary>
internal ref struct DateScanner(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>How many characters have been read.</summary>
    public int Position { get; set; }

    public readonly bool IsAtEnd => Position >= _text.Length;

    /// <summary>The character here, U+0000 at the end.</summary>
    public readonly char Current => Ahead(0);

    public readonly bool IsAtDigit => char.IsAsciiDigit(Current);

    public readonly ReadOnlySpan<char> Rest => _text[Position..];

    /// <summary>The character so many places on (or back), U+0000 beyond either end.</summary>
    public readonly char Ahead(int places) => (uint)(Position + places) < (uint)_text.Length ? _text[Position + places] : '\0';

    public bool Take(char expected)
    {
        if (Current != expected || IsAtEnd)
            return false;
        Position++;
        return true;
    }

    public void SkipSpaces()
    {
        while (Current == ' ')
            Position++;
    }

    /// <summary>How many digits stand here.</summary>
    public readonly int CountDigits() => CountDigitsAfter(0);

    /// <summary>How many digits stand so many places on.</summary>
    public readonly int CountDigitsAfter(int places) => Fixed.CountDigits(_text[Math.Min(Position + places, _text.Length)..]);

    /// <summary>Reads all the digits here, which are at least one and at most eighteen.</summary>
    public bool TryReadNumber(out Number number)
    {
        var digits = CountDigits();
        number = default;
        return digits is > 0 and <= 18 && TryReadDigits(digits, out number);
    }

    /// <summary>Reads so many digits; more may follow.</summary>
    public bool TryReadDigits(int count, out Number number)
    {
        number = default;
        if (CountDigits() < count)
            return false;
        var value = 0L;
        foreach (var digit in _text.Slice(Position, count))
            value = value * 10 + (digit - '0');
        number = new(value, count);
        Position += count;
        return true;
    }

    /// <summary>Reads the letters here, of scripts that part their words; those of East Asia are <see cref="EastAsianDate"/>'s.</summary>
    public ReadOnlySpan<char> ReadWord()
    {
        var start = Position;
        while (char.IsLetter(Current) && !EastAsianDate.IsCharacter(Current))
            Position++;
        return _text[start..Position];
    }
}
