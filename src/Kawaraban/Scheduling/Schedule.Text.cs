using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Cronos;

namespace Kawaraban.Scheduling;

/// <content>Schedules as people write them.</content>
public abstract partial record Schedule
{
    /// <summary>What can be written, for messages and help.</summary>
    public const string Grammar = "\"every 6h\", \"daily 06:00\", \"daily 06:00 Asia/Tokyo\", \"cron 0 */2 * * 1-5 Asia/Tokyo\" or \"adaptive\"";

    private static readonly DateTimeOffset AnyDay = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">
    /// <c>every</c> and a whole number of <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>; <c>daily</c> and a time of day; <c>cron</c> and five fields
    /// (minute, hour, day of the month, month, day of the week); <c>adaptive</c>. A time zone's IANA name may follow where there is a time.
    /// </param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="problem">The second half of a sentence: why it is none.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Schedule? schedule, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        (schedule, problem) = words switch
        {
            ["every", var amount] => Every(amount),
            ["every", var number, var unit] => Every(number + unit),
            ["daily", var time] => Daily(time, null),
            ["daily", var time, var zone] => Daily(time, zone),
            ["cron", var minute, var hour, var day, var month, var weekday] => Cron($"{minute} {hour} {day} {month} {weekday}", null),
            ["cron", var minute, var hour, var day, var month, var weekday, var zone] => Cron($"{minute} {hour} {day} {month} {weekday}", zone),
            ["cron", ..] => (null, "has not the five fields of cron: minute, hour, day of the month, month, day of the week"),
            ["adaptive"] => (Adaptive, null),
            _ => (null, $"is not one of {Grammar}"),
        };
        return schedule is not null;
    }

    private static (Schedule? Schedule, string? Problem) Every(string amount)
    {
        if (!long.TryParse(amount.AsSpan(0, amount.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return (null, "says no whole number of minutes (m), hours (h) or days (d)");
        long? seconds = amount[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => null };
        if (seconds is null)
            return (null, "says no whole number of minutes (m), hours (h) or days (d)");
        return number <= MostSeldom.TotalSeconds / seconds && number >= MostOften.TotalSeconds / seconds
            ? (new Regular(TimeSpan.FromSeconds(number * seconds.Value)), null)
            : (null, "is not between every 15m and every 30d");
    }

    private static (Schedule? Schedule, string? Problem) Daily(string time, string? zoneName)
    {
        if (!TimeOnly.TryParseExact(time, ["H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
            return (null, "says no time of day between 0:00 and 23:59");
        return FindZone(zoneName, out var zone, out var problem) ? (Daily(parsed, zone), null) : (null, problem);
    }

    private static (Schedule? Schedule, string? Problem) Cron(string fields, string? zoneName)
    {
        if (!CronExpression.TryParse(fields, out var moments))
            return (null, "cannot be read as cron's minute, hour, day of the month, month and day of the week");
        if (moments.GetNextOccurrence(AnyDay, TimeZoneInfo.Utc) is null)
            return (null, "names a day that never comes");
        return FindZone(zoneName, out var zone, out var problem)
            ? (new Calendar(moments, $"cron {fields}", zone, IsDaily: false), null)
            : (null, problem);
    }

    private static bool FindZone(string? name, out TimeZoneInfo? zone, [NotNullWhen(false)] out string? problem)
    {
        zone = null;
        problem = name is null || TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone) ? null : $"names a time zone that this machine does not know: {name}";
        return problem is null;
    }

    // The largest unit that leaves no rest.
    private static string Amount(TimeSpan interval) => interval.Ticks switch
    {
        var ticks when ticks % TimeSpan.TicksPerDay == 0 => $"{ticks / TimeSpan.TicksPerDay}d",
        var ticks when ticks % TimeSpan.TicksPerHour == 0 => $"{ticks / TimeSpan.TicksPerHour}h",
        var ticks when ticks % TimeSpan.TicksPerMinute == 0 => $"{ticks / TimeSpan.TicksPerMinute}m",
        var ticks => $"{ticks / TimeSpan.TicksPerSecond}s",
    };
}
