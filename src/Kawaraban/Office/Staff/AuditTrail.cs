using Kawaraban.Storage;

namespace Kawaraban.Office.Staff;

/// <summary>Something that was done.</summary>
/// <param name="Id">Its number, which grows.</param>
/// <param name="At">When.</param>
/// <param name="ActorId">By whom: an id of the staff, <c>command-line</c> or <c>nobody</c>.</param>
/// <param name="Actor">What they were called.</param>
/// <param name="Action">What: <c>staff.invite</c>, <c>sources.pause</c>.</param>
/// <param name="Target">To what: <c>source 12</c>.</param>
/// <param name="Detail">What changed.</param>
/// <param name="Reason">Why, where a reason was asked for.</param>
public sealed record AuditRow(long Id, DateTimeOffset At, string ActorId, string Actor, string Action, string Target, string? Detail, string? Reason);

/// <summary>What was done in the office, by whom. Rows are added, in the transaction of what they tell of, and never changed.</summary>
/// <param name="database">Where it is kept.</param>
/// <param name="clock">Tells the time.</param>
public sealed class AuditTrail(Database database, TimeProvider clock)
{
    private const int LongestDetail = 2000;

    /// <summary>Adds a row in a transaction.</summary>
    public async Task Add(Session session, Actor actor, string action, string target, string? detail = null, string? reason = null) =>
        await session.Execute("""
            INSERT INTO audit (at, actor_id, actor, action, target, detail, reason) VALUES (@at, @actorId, @actor, @action, @target, @detail, @reason)
            """,
            ("at", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("actorId", actor.Id), ("actor", actor.Name), ("action", action),
            ("target", target), ("detail", Cut(detail)), ("reason", Cut(reason)));

    /// <summary>Adds a row of something that was no change of the database.</summary>
    public Task Add(Actor actor, string action, string target, string? detail, string? reason, CancellationToken cancellation) =>
        database.Write(session => Add(session, actor, action, target, detail, reason), cancellation);

    /// <summary>The latest rows, newest first.</summary>
    /// <param name="before">Only rows with a smaller number; null begins with the newest.</param>
    /// <param name="target">Only what was done to this; null is everything.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<IReadOnlyList<AuditRow>> List(long? before, string? target, int count, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<AuditRow>>(
            async session =>
            {
                List<AuditRow> found = [];
                await using var rows = target is null
                    ? await session.Query("""
                        SELECT id, at, actor_id, actor, action, target, detail, reason FROM audit
                        WHERE id < @before ORDER BY id DESC LIMIT @count
                        """, ("before", before ?? long.MaxValue), ("count", count))
                    : await session.Query("""
                        SELECT id, at, actor_id, actor, action, target, detail, reason FROM audit
                        WHERE target = @target AND id < @before ORDER BY id DESC LIMIT @count
                        """, ("target", target), ("before", before ?? long.MaxValue), ("count", count));
                while (await rows.ReadAsync(cancellation))
                {
                    found.Add(new AuditRow(
                        rows.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)), rows.GetString(2), rows.GetString(3),
                        rows.GetString(4), rows.GetString(5), rows.IsDBNull(6) ? null : rows.GetString(6), rows.IsDBNull(7) ? null : rows.GetString(7)));
                }

                return found;
            },
            cancellation);

    private static string? Cut(string? text) => text is { Length: > LongestDetail } ? text[..LongestDetail] + "…" : text;
}
