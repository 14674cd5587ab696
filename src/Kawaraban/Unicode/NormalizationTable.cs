using System.Globalization;
using System.Runtime.CompilerServices;

namespace Kawaraban.Unicode;

/// <summary>What Unicode says about decomposing and composing, read once from the resource that <c>normalization.py</c> writes.</summary>
internal sealed class NormalizationTable
{
    private static readonly Lazy<NormalizationTable> s_read = new(static () => new NormalizationTable());

    private readonly Dictionary<int, int[]> _decompositions = [];
    private readonly Dictionary<int, byte> _classes = [];
    private readonly Dictionary<(int First, int Second), int> _composites = [];

    // One bit a character of the basic plane: it decomposes, is a mark, or may compose with what stands before it.
    private readonly ulong[] _active = new ulong[0x10000 / 64];

    private NormalizationTable()
    {
        using var stream = typeof(NormalizationTable).Assembly.GetManifestResourceStream("Kawaraban.Unicode.normalization.txt")
            ?? throw new InvalidOperationException("the executable lacks normalization.txt");
        using var lines = new StreamReader(stream);
        while (lines.ReadLine() is { } line)
        {
            if (line[0] == '#')
                continue;
            var codes = Array.ConvertAll(line[2..].Split(' '), static code => int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            switch (line[0])
            {
                case 'D':
                    _decompositions.Add(codes[0], codes[1..]);
                    Activate(codes[0]);
                    break;
                case 'M':
                    foreach (var code in codes[1..])
                    {
                        _classes.Add(code, (byte)codes[0]);
                        Activate(code);
                    }

                    break;
                default:
                    _composites.Add((codes[0], codes[1]), codes[2]);
                    Activate(codes[1]);
                    break;
            }
        }

        // Hangul: syllables decompose, their vowels and final consonants compose with what stands before.
        for (var code = 0xAC00; code <= 0xD7A3; code++)
            Activate(code);
        for (var code = 0x1160; code <= 0x11FF; code++)
            Activate(code);
        // Half of a pair may be anything.
        for (var code = 0xD800; code <= 0xDFFF; code++)
            Activate(code);
    }

    /// <summary>The tables.</summary>
    public static NormalizationTable Read => s_read.Value;

    /// <summary>Whether normalising may change the character or what stands before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsActive(char character) => (_active[character >> 6] >> (character & 63) & 1) != 0;

    /// <summary>The full compatibility decomposition of a code point other than a Hangul syllable; empty when there is none.</summary>
    public ReadOnlySpan<int> Decomposition(int code) => _decompositions.GetValueOrDefault(code);

    /// <summary>The canonical combining class; 0 for what begins a character.</summary>
    public byte ClassOf(int code) => _classes.GetValueOrDefault(code);

    /// <summary>What two code points other than Hangul compose to; 0 when they do not.</summary>
    public int Composite(int first, int second) => _composites.GetValueOrDefault((first, second));

    private void Activate(int code)
    {
        if (code < 0x10000)
            _active[code >> 6] |= 1UL << (code & 63);
    }
}
