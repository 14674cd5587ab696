namespace Kawaraban.Feeds.Markup;

/// <summary>Collects what was mended while a document is read.</summary>
/// <remarks>A hostile document may need millions of repairs: of each kind only the first few are kept.</remarks>
internal sealed class RepairLog
{
    /// <summary>How many repairs of one kind are told.</summary>
    public const int LimitOfAKind = 20;

    private readonly byte[] _counts = new byte[RepairSentences.KindCount];
    private List<Repair>? _repairs;

    /// <summary>What is added to every position: the bytes before the part that is being read.</summary>
    public int Offset { get; set; }

    /// <summary>How many bytes the tokenizer has gone over, again and again counted: what proves that time is linear.</summary>
    public long BytesRead { get; set; }

    /// <summary>Writes down a repair.</summary>
    /// <param name="kind">What was wrong.</param>
    /// <param name="position">Where, in bytes from the start of the part that is being read; negative when that is not known.</param>
    /// <param name="detail">What it was about, for the sentence.</param>
    public void Note(RepairKind kind, int position, string? detail = null)
    {
        if (_counts[(int)kind] >= LimitOfAKind)
            return;
        Add(kind, position, detail);
    }

    /// <summary>As <see cref="Note(RepairKind,int,string)"/>, with a detail that is only made into a string when it is kept.</summary>
    public void Note(RepairKind kind, int position, ReadOnlySpan<byte> detail)
    {
        if (_counts[(int)kind] >= LimitOfAKind)
            return;
        Add(kind, position, System.Text.Encoding.UTF8.GetString(detail[..Math.Min(detail.Length, 64)]));
    }

    /// <summary>The repairs, in the order of their positions.</summary>
    public IReadOnlyList<Repair> ToList()
    {
        if (_repairs is null)
            return [];
        // Stable, because repairs of the same place tell a story in their order.
        return [.. _repairs.OrderBy(repair => repair.Position)];
    }

    private void Add(RepairKind kind, int position, string? detail)
    {
        _counts[(int)kind]++;
        (_repairs ??= []).Add(new Repair(RepairSentences.Code(kind), Math.Max(0, position) + Offset, RepairSentences.Sentence(kind, detail)));
    }
}
