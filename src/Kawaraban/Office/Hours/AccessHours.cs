using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kawaraban.Office.Hours;

/// <summary>When a role gets in: days of the week with hours, in a time zone, perhaps not on holidays.</summary>
/// <remarks>
/// Written as <c>Mon-Fri 08:00-20:00 Asia/Tokyo except holidays</c>, several parted by a semicolon; or <c>always</c>. A window that ends before
/// it begins goes on into the next day, and belongs to the day on which it begins.
/// </remarks>
public sealed class AccessHours
{
    /// <summary>How it is written.</summary>
    public const string Grammar = "always, or windows such as: Mon-Fri 08:00-20:00 Asia/Tokyo except holidays; Sat 10:00-12:00 Asia/Tokyo";

    private static readonly string[] DayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    private readonly string text;
    private readonly IReadOnlyList<Window> windows;

    private AccessHours(string text, IReadOnlyList<Window> windows)
    {
        this.text = text;
        this.windows = windows;
    }

    /// <summary>Day and night.</summary>
    public static AccessHours Always { get; } = new("always", []);

    /// <summary>Whether it is never closed.</summary>
    public bool IsAlways => windows.Count == 0;

    /// <summary>Reads it.</summary>
    /// <param name="text">As written.</param>
    /// <param name="hours">What it says; null when it cannot be read.</param>
    /// <param name="problem">Why not, as the second half of a sentence.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out AccessHours? hours, [NotNullWhen(false)] out string? problem)
    {
        (hours, problem) = (null, null);
        var trimmed = text.Trim();
        if (trimmed == "always")
        {
            hours = Always;
            return true;
        }

        List<Window> windows = [];
        foreach (var part in trimmed.Split(';', StringSplitOptions.TrimEntries))
        {
            if (Window.TryParse(part, out var window, out problem))
                windows.Add(window);
            else
                return false;
        }

        hours = new AccessHours(trimmed, windows);
        return true;
    }

    /// <summary>Whether it is open.</summary>
    /// <param name="moment">When.</param>
    /// <param name="isHoliday">Which days are holidays.</param>
    public bool IsOpen(DateTimeOffset moment, Func<DateOnly, bool> isHoliday) => IsAlways || windows.Any(window => window.Contains(moment, isHoliday));

    /// <summary>When it opens next; null when that is not within a year.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset moment, Func<DateOnly, bool> isHoliday) =>
        windows.Select(window => window.NextOpening(moment, isHoliday)).Min();

    /// <inheritdoc/>
    public override string ToString() => text;

    private sealed record Window(bool[] Days, TimeOnly From, TimeOnly Until, TimeZoneInfo Zone, bool IsClosedOnHolidays)
    {
        public static bool TryParse(string text, [NotNullWhen(true)] out Window? window, [NotNullWhen(false)] out string? problem)
        {
            window = null;
            var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var isClosedOnHolidays = words is [.., "except", "holidays"];
            if (words.Length != (isClosedOnHolidays ? 5 : 3))
            {
                problem = $"holds \"{text}\", which is no window; write {Grammar}";
                return false;
            }

            var times = words[1].Split('-');
            TimeOnly until = default;
            problem = ReadDays(words[0]) is not { } days ? $"names no days with \"{words[0]}\": Mon-Fri, Sat, Mon,Wed"
                : times.Length != 2 || !ReadTime(times[0], out var from) || !ReadTime(times[1], out until) ? $"names no time with \"{words[1]}\": 08:00-20:00"
                : !TimeZoneInfo.TryFindSystemTimeZoneById(words[2], out var zone) ? $"names no time zone of this machine with \"{words[2]}\""
                : Take(out window, new Window(days, from, until, zone, isClosedOnHolidays));
            return window is not null;
        }

        public bool Contains(DateTimeOffset moment, Func<DateOnly, bool> isHoliday)
        {
            var local = TimeZoneInfo.ConvertTime(moment, Zone).DateTime;
            var (today, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
            return From < Until
                ? OpensOn(today, isHoliday) && time >= From && time < Until
                : (OpensOn(today, isHoliday) && time >= From) || (OpensOn(today.AddDays(-1), isHoliday) && time < Until);
        }

        public DateTimeOffset? NextOpening(DateTimeOffset moment, Func<DateOnly, bool> isHoliday)
        {
            var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);
            for (var day = first; day < first.AddDays(366); day = day.AddDays(1))
            {
                if (!OpensOn(day, isHoliday))
                    continue;
                // A time that the clocks leave out begins when they have moved.
                var local = day.ToDateTime(From);
                while (Zone.IsInvalidTime(local))
                    local = local.AddMinutes(15);
                var opening = new DateTimeOffset(local, Zone.GetUtcOffset(local));
                if (opening > moment)
                    return opening;
            }

            return null;
        }

        private bool OpensOn(DateOnly day, Func<DateOnly, bool> isHoliday) => Days[(int)day.DayOfWeek] && !(IsClosedOnHolidays && isHoliday(day));

        private static bool ReadTime(string text, out TimeOnly time)
        {
            // Midnight at the end of a day.
            var isMidnight = text == "24:00";
            return TimeOnly.TryParseExact(isMidnight ? "00:00" : text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
        }

        private static bool[]? ReadDays(string text)
        {
            var days = new bool[7];
            foreach (var part in text.Split(','))
            {
                var ends = part.Split('-');
                var (from, until) = (Array.IndexOf(DayNames, ends[0]), Array.IndexOf(DayNames, ends[^1]));
                if (ends.Length > 2 || from < 0 || until < 0)
                    return null;
                for (var day = from; ; day = (day + 1) % 7)
                {
                    days[day] = true;
                    if (day == until)
                        break;
                }
            }

            return days;
        }

        private static string? Take(out Window? window, Window read)
        {
            window = read;
            return null;
        }
    }
}
