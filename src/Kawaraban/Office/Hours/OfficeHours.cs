using System.Globalization;
using Kawaraban.Office.Staff;
using Kawaraban.Storage;

namespace Kawaraban.Office.Hours;

/// <summary>What the installation has decided about when whom is let in.</summary>
/// <param name="Operator">For operators.</param>
/// <param name="Administrator">For administrators.</param>
/// <param name="Holidays">The days that count as holidays; null takes Japan's.</param>
public sealed record HoursOptions(AccessHours Operator, AccessHours Administrator, IReadOnlySet<DateOnly>? Holidays)
{
    /// <summary>Everybody, day and night.</summary>
    public static HoursOptions Always { get; } = new(AccessHours.Always, AccessHours.Always, null);

    /// <summary>Those of a role.</summary>
    public AccessHours Of(StaffRole role) => role == StaffRole.Administrator ? Administrator : Operator;
}

/// <summary>Tells whether a role is let in now: by its hours, or because an administrator has opened for a time.</summary>
/// <param name="options">The hours.</param>
/// <param name="database">Where openings are kept.</param>
/// <param name="audit">Who opened.</param>
/// <param name="clock">Tells the time.</param>
public sealed class OfficeHours(HoursOptions options, Database database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The longest time that it can be opened for.</summary>
    public static readonly TimeSpan LongestOpening = TimeSpan.FromHours(24);

    /// <summary>The hours of a role.</summary>
    public AccessHours Of(StaffRole role) => options.Of(role);

    /// <summary>Why a role is not let in now, for a person; null when it is.</summary>
    public async Task<string?> WhyClosed(StaffRole role, CancellationToken cancellation) =>
        IsOpen(role) ? null : await database.Read(session => WhyClosed(session, role), cancellation);

    internal async Task<string?> WhyClosed(Session session, StaffRole role)
    {
        if (IsOpen(role) || await OpenedUntil(session, role) is not null)
            return null;
        var now = clock.GetUtcNow();
        var hours = options.Of(role);
        var next = hours.NextOpening(now, IsHoliday) is { } opening
            ? string.Create(CultureInfo.InvariantCulture, $"It opens at {opening:yyyy-MM-dd HH:mm} (UTC{(opening.Offset < TimeSpan.Zero ? '-' : '+')}{opening.Offset:hh\\:mm}).")
            : "It does not open within a year.";
        return $"For an {role.Word()} the office is open {hours}. {next}";
    }

    /// <summary>Until when a role is let in beside its hours; null when it is not.</summary>
    public Task<DateTimeOffset?> OpenedUntil(StaffRole role, CancellationToken cancellation) =>
        database.Read(session => OpenedUntil(session, role), cancellation);

    /// <summary>Lets a role in for a time.</summary>
    /// <param name="actor">Who opens.</param>
    /// <param name="role">For whom.</param>
    /// <param name="time">For how long; longer than nothing, <see cref="LongestOpening"/> at most.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellation">Withdraws it.</param>
    /// <returns>Until when.</returns>
    public Task<DateTimeOffset> Open(Actor actor, StaffRole role, TimeSpan time, string reason, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, LongestOpening);
        return database.Write(
            async session =>
            {
                var (now, until) = (clock.GetUtcNow(), clock.GetUtcNow() + time);
                await session.Execute("DELETE FROM office_openings WHERE ends_at < @now", ("now", now.ToUnixTimeMilliseconds()));
                await session.Execute("INSERT INTO office_openings (role, ends_at) VALUES (@role, @until)", ("role", role.Word()), ("until", until.ToUnixTimeMilliseconds()));
                await audit.Add(session, actor, "hours.open", $"role {role.Word()}", $"until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC", reason);
                return until;
            },
            cancellation);
    }

    /// <summary>Ends what was opened for a role.</summary>
    public Task Close(Actor actor, StaffRole role, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                if (await session.Execute("DELETE FROM office_openings WHERE role = @role", ("role", role.Word())) > 0)
                    await audit.Add(session, actor, "hours.close", $"role {role.Word()}");
            },
            cancellation);

    private bool IsOpen(StaffRole role) => options.Of(role).IsOpen(clock.GetUtcNow(), IsHoliday);

    private async Task<DateTimeOffset?> OpenedUntil(Session session, StaffRole role)
    {
        await using var row = await session.Query(
            "SELECT max(ends_at) FROM office_openings WHERE role = @role AND ends_at > @now",
            ("role", role.Word()), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
        return await row.ReadAsync() && !row.IsDBNull(0) ? DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)) : null;
    }

    private bool IsHoliday(DateOnly day) => options.Holidays?.Contains(day) ?? JapaneseHolidays.Contains(day);
}
