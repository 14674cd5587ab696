using System.Globalization;
using Kawaraban.Storage;

namespace Kawaraban.Push;

/// <summary>How it stands between a source and its hub.</summary>
/// <param name="Hub">The hub that its feed names.</param>
/// <param name="Topic">The address the hub knows the feed by.</param>
/// <param name="State"><c>none</c>, <c>asked</c>, <c>active</c>, <c>trusted</c> or <c>refused</c>.</param>
/// <param name="LeaseUntil">Until when the hub has confirmed; null when it has not.</param>
/// <param name="PushedAt">When it last told us something.</param>
/// <param name="Sentence">What that means, for a person.</param>
public sealed record PushCard(string Hub, string Topic, string State, DateTimeOffset? LeaseUntil, DateTimeOffset? PushedAt, string Sentence)
{
    /// <summary>Of one source; null when its feed names no hub.</summary>
    /// <param name="database">Where it is kept.</param>
    /// <param name="options">How the installation takes part.</param>
    /// <param name="sourceId">The source.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellation">Gives up.</param>
    public static Task<PushCard?> Of(Database database, PushOptions options, long sourceId, DateTimeOffset now, CancellationToken cancellation) =>
        database.Read(
            async session =>
            {
                await using var row = await session.Query("""
                    SELECT s.hub_url, s.topic_url, s.status, p.lease_until, p.pushed_at, p.owed, p.proven, p.missed_at, p.trouble, p.asked_mode
                    FROM sources s LEFT JOIN subscriptions p ON p.source_id = s.id AND p.is_wanted = 1
                    WHERE s.id = @id AND s.hub_url IS NOT NULL AND s.topic_url IS NOT NULL
                    """, ("id", sourceId));
                if (!await row.ReadAsync())
                    return null;
                DateTimeOffset? Instant(int column) => row.IsDBNull(column) || row.GetInt64(column) == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
                var (hub, topic) = (row.GetString(0), row.GetString(1));
                var host = new Uri(hub).Host;
                PushCard Card(string state, string sentence) => new(hub, topic, state, Instant(3) > now ? Instant(3) : null, Instant(4), sentence);
                if (row.GetString(2) != "active")
                    return Card("none", $"not wanted while the source is {row.GetString(2)}");
                if (Instant(3) is { } until && until > now)
                {
                    var trust = new PushTrust(0, until, row.GetInt32(5), row.GetInt32(6), Instant(7));
                    return Card(trust.IsTrusted ? "trusted" : "active", $"{host} has confirmed until {At(until)}, {Last(Instant(4))}; {Trust(trust)}");
                }

                if (options.PublicUrl is null || !options.Subscribes)
                    return Card("none", $"{host} could tell us, but {(options.Subscribes ? "web.public-url is not set, so it could not reach us" : "push.subscribe is off")}");
                var trouble = row.IsDBNull(8) ? null : row.GetString(8);
                return trouble is not null ? Card("refused", $"{trouble}; the source is visited as its schedule has it")
                    : row.IsDBNull(9) ? Card("none", $"{host} is to be asked")
                    : Card("asked", $"{host} has been asked, and has not confirmed yet");
            },
            cancellation);

    private static string Trust(PushTrust trust) =>
        trust.IsTrusted ? "it has missed nothing, so the source is visited more seldom"
        : trust.MissedAt is { } missed ? $"it did not tell of what was found on {At(missed)}, so the source is visited as its schedule has it"
        : $"not relied upon before {PushTrust.Enough} pushes have been found true ({trust.Proven} so far)";

    private static string Last(DateTimeOffset? at) => at is { } pushed ? $"last told us something on {At(pushed)}" : "and has told us nothing yet";

    private static string At(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
