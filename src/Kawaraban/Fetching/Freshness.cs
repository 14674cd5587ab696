using System.Globalization;
using System.Net.Http.Headers;

namespace Kawaraban.Fetching;

/// <summary>How long a server lets its answer be kept (RFC 9111 §4.2): until then it has nothing new to say.</summary>
public static class Freshness
{
    /// <summary>Reads the headers.</summary>
    /// <param name="cacheControl">All of <c>Cache-Control</c>. <c>s-maxage</c> is for caches that many share; we keep for ourselves.</param>
    /// <param name="expires"><c>Expires</c>: counts where there is no <c>max-age</c> (§5.3).</param>
    /// <param name="date"><c>Date</c>, by the same clock as <paramref name="expires"/>.</param>
    /// <param name="age"><c>Age</c>: how long the answer has lain in a cache on the way, seconds (§5.1).</param>
    /// <param name="now">Stands in for a missing date.</param>
    /// <returns>
    /// How much longer; zero where it is stale already, must be asked for every time, or says so in a way that cannot be read (§4.2.1, §5.3); null
    /// where nothing is said: guessing from its age (§4.2.2) is not for us, who know how often it changes.
    /// </returns>
    public static TimeSpan? Of(string? cacheControl, string? expires, string? date, string? age, DateTimeOffset now)
    {
        if (Lifetime(cacheControl, expires, date, now) is not { } lifetime)
            return null;
        var spent = long.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Math.Min(seconds, int.MaxValue) : 0;
        var left = lifetime - TimeSpan.FromSeconds(spent);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static TimeSpan? Lifetime(string? cacheControl, string? expires, string? date, DateTimeOffset now)
    {
        if (!string.IsNullOrWhiteSpace(cacheControl))
        {
            if (!CacheControlHeaderValue.TryParse(cacheControl, out var directives))
                return TimeSpan.Zero;
            if (directives.NoStore || directives.NoCache)
                return TimeSpan.Zero;
            if (directives.MaxAge is { } maxAge)
                return maxAge;
        }

        if (expires is null)
            return null;
        return RetryAfter.Date(expires) - (RetryAfter.Date(date) ?? now) ?? TimeSpan.Zero;
    }
}
