using Kawaraban.Storage;

namespace Kawaraban.Push;

/// <summary>What the hub of our own feeds has not heard of yet: written with the posts, so that nothing is lost.</summary>
internal static class AnnouncementTable
{
    // As long as the portal gives a listing again that is made already, and a little longer: a hub that asks sooner would be shown
    // what was there before.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    /// <summary>Notes that a company has posted or changed something, in the transaction that keeps it.</summary>
    public static Task<int> Note(Session session, long companyId, DateTimeOffset now) =>
        session.Execute("""
            INSERT INTO announcements (company_id, since, version, attempts, try_at) VALUES (@id, @now, 1, 0, @tryAt)
            ON CONFLICT (company_id) DO UPDATE SET version = announcements.version + 1
            """, ("id", companyId), ("now", now.ToUnixTimeMilliseconds()), ("tryAt", (now + Settling).ToUnixTimeMilliseconds()));
}
