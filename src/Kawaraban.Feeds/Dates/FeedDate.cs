namespace Kawaraban.Feeds.Dates;

/// <summary>Reads dates as feeds write them.</summary>
public static class FeedDate
{
    /// <summary>Reads a date in any form seen in feeds.</summary>
    /// <param name="text">The text, as published.</param>
    /// <param name="defaultOffset">The offset from UTC to assume when the text names no zone; zero when null.</param>
    /// <param name="value">The instant meant.</param>
    /// <returns>False when the text is not a date: unknown stays unknown.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, TimeSpan? defaultOffset, out DateTimeOffset value) => throw new NotImplementedException();
}
