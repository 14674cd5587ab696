using System.Buffers.Text;
using System.Security.Cryptography;
using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Push;

/// <summary>Brings the subscriptions to what the sources say: one for each that is active and names a hub, none for others.</summary>
/// <remarks>So whoever pauses, retires, resumes or moves a source, or takes its hub away, need not think of its subscription.</remarks>
internal static class Reconciliation
{
    // A change holds up all others.
    private const int Together = 100;

    private const int SecretBytes = 32;

    /// <summary>Does it; some at a time, the rest when it is called again.</summary>
    public static async Task Run(Session session, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        await session.Execute("""
            UPDATE subscriptions SET is_wanted = 0, lease_until = 0, active_since = NULL, asked_mode = NULL, failures = 0, owed = 0, act_at = @now
            WHERE is_wanted = 1 AND NOT EXISTS (SELECT 1 FROM sources s
                WHERE s.id = source_id AND s.status = 'active' AND s.hub_url = hub AND s.topic_url = topic)
            """, ("now", at));
        await Lapse(session, now);

        List<(long Id, string Hub, string Topic)> wanted = [];
        await using (var rows = await session.Query("""
            SELECT s.id, s.hub_url, s.topic_url FROM sources s
            WHERE s.hub_url IS NOT NULL AND s.topic_url IS NOT NULL AND s.status = 'active'
                AND NOT EXISTS (SELECT 1 FROM subscriptions p WHERE p.source_id = s.id AND p.is_wanted = 1)
            ORDER BY s.id LIMIT @count
            """, ("count", Together)))
        {
            while (await rows.ReadAsync())
                wanted.Add((rows.GetInt64(0), rows.GetString(1), rows.GetString(2)));
        }

        foreach (var (id, hub, topic) in wanted)
        {
            await session.Execute("""
                INSERT INTO subscriptions (source_id, token, secret, hub, topic, act_at) VALUES (@id, @token, @secret, @hub, @topic, @now)
                ON CONFLICT DO NOTHING
                """,
                ("id", id),
                ("token", Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))),
                ("secret", RandomNumberGenerator.GetHexString(2 * SecretBytes, lowercase: true)),
                ("hub", hub),
                ("topic", topic),
                ("now", at));
        }
    }

    // A lease that has ended without being renewed: nobody tells us any more, so the source is visited as others are.
    private static async Task Lapse(Session session, DateTimeOffset now)
    {
        List<long> sources = [];
        await using (var rows = await session.Query("""
            UPDATE subscriptions SET active_since = NULL, proven = 0, missed_at = NULL, owed = 0,
                trouble = coalesce(trouble, 'its hub has not confirmed the subscription anew')
            WHERE id IN (SELECT id FROM subscriptions WHERE active_since IS NOT NULL AND lease_until <= @now AND source_id IS NOT NULL ORDER BY id LIMIT @count)
            RETURNING source_id
            """, ("now", now.ToUnixTimeMilliseconds()), ("count", Together)))
        {
            while (await rows.ReadAsync())
                sources.Add(rows.GetInt64(0));
        }

        foreach (var id in sources.Order())
            await SubscriptionTable.MakeDue(session, id, now + Schedule.MostOften, now);
    }
}
