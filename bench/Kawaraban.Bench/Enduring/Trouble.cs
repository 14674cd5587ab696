namespace Kawaraban.Bench.Enduring;

/// <summary>What is wrong with a source of the rough origin.</summary>
internal enum Trouble
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Once 429: the whole site is to be left alone for a second.</summary>
    Busy,

    /// <summary>Once 503: this document is to be left alone for a second.</summary>
    Unavailable,

    /// <summary>Once the connection is closed without an answer.</summary>
    Reset,

    /// <summary>Once the body breaks off before its length is reached.</summary>
    Truncated,

    /// <summary>Once a body in chunks breaks off.</summary>
    BrokenChunks,

    /// <summary>It is found after a redirect.</summary>
    Redirected,

    /// <summary>It comes in drops, but comes.</summary>
    Slow,

    /// <summary>Once it comes in drops and does not end.</summary>
    Endless,

    /// <summary>Once a packed body of some kilobytes unpacks to some megabytes.</summary>
    Bomb,

    /// <summary>Once 500.</summary>
    Failing,

    /// <summary>Once the headers are larger than anybody reads.</summary>
    Headers,

    /// <summary>Once a page for people comes in place of the feed.</summary>
    Page,

    /// <summary>It redirects to itself for ever.</summary>
    Loop,

    /// <summary>404 for ever.</summary>
    Missing,
}

/// <summary>Which source has which trouble.</summary>
internal static class Troubles
{
    private const int Period = 40;

    /// <summary>The trouble of a source: of forty in a row fourteen have one, each another.</summary>
    public static Trouble Of(int number) => number % Period is > 0 and <= (int)Trouble.Missing and var trouble ? (Trouble)trouble : Trouble.None;

    /// <summary>Whether it passes, be it at the first visit or at a later one.</summary>
    public static bool Passes(this Trouble trouble) => trouble is not (Trouble.Loop or Trouble.Missing);

    /// <summary>Whether the first visit is expected to end well.</summary>
    public static bool IsHarmless(this Trouble trouble) => trouble is Trouble.None or Trouble.Redirected or Trouble.Slow;
}
