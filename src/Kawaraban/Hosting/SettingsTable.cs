using System.Globalization;
using Kawaraban.Fetching;
using Kawaraban.Office.Hours;
using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Hosting;

/// <summary>All settings there are. The reference in <c>docs/configuration.md</c> is written from this table.</summary>
public static class SettingsTable
{
    /// <summary>The settings, in the order in which they are explained.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("database", "data/kawaraban.db", "Path of the SQLite file, under the working folder unless it is absolute; or the address of a PostgreSQL database that several processes may share: postgres://user:password@host:port/name, with ?sslmode=verify-full where the network is not yours, ?host=/run/postgresql for a socket.",
            (s, v) => v.Length == 0 ? "is empty" : s with { Database = v }),
        new("web.urls", "http://127.0.0.1:8080", "Where the server listens; several addresses are parted by a semicolon.",
            (s, v) => Listeners(v) is { } problem ? problem : s with { Web = s.Web with { Urls = v } }),
        new("web.public-url", "the request's own", "The address the public knows the site by: stands in feeds and the sitemap, and is where hubs reach us.",
            (s, v) => WebAddress(v) is { } url ? s with { Web = s.Web with { PublicUrl = url } } : "is not an http or https address"),
        new("web.name", "Kawaraban", "The name of the site, in titles and feeds.",
            (s, v) => v.Trim().Length == 0 ? "is empty" : s with { Web = s.Web with { Name = v.Trim() } }),
        new("web.time-zone", "UTC", "The zone in which days are written, by its IANA name: Asia/Tokyo.",
            (s, v) => TimeZoneInfo.TryFindSystemTimeZoneById(v, out var zone)
                ? s with { Web = s.Web with { TimeZone = zone } }
                : "is not a time zone of this machine"),
        new("secrets.keys", "a file beside the database", "The keys that seal what the database must not show, such as what staff's codes are made from: 32 bytes each in base64 (openssl rand -base64 32), parted by commas. The first seals, all of them open. Without it a SQLite database has one in a file beside it, NAME.key, which is made when it is first needed; with PostgreSQL it has to be set, the same for all processes.",
            (s, v) => SealedText.ReadKeys(v) is { } keys ? s with { SecretKeys = keys } : "holds what is not 32 bytes in base64")
        {
            Shown = static _ => "***",
        },
        new("identities.folder", "a folder beside the database", "Where a snapshot of the staff goes after every change: sealed files that are added and never changed. Put it where whoever deletes the database cannot delete it. Without it a SQLite database has NAME.identities beside it; with PostgreSQL none are taken.",
            (s, v) => v.Trim().Length == 0 ? "is empty" : s with { IdentitiesFolder = v.Trim() }),
        new("office.hours.operator", "always", "When operators get into the office: " + AccessHours.Grammar + ". Holidays are Japan's, unless office.holidays-file says otherwise.",
            (s, v) => AccessHours.TryParse(v, out var hours, out var problem) ? s with { Hours = s.Hours with { Operator = hours } } : problem),
        new("office.hours.administrator", "always", "When administrators get in, written likewise. One can open the office for a time: kawaraban office open does so too.",
            (s, v) => AccessHours.TryParse(v, out var hours, out var problem) ? s with { Hours = s.Hours with { Administrator = hours } } : problem),
        new("office.holidays-file", "none", "A file of the days that count as holidays in place of Japan's: one a line, 2026-12-25, anything behind it is a remark.",
            (s, v) => Holidays(v, out var days) is { } problem ? problem : s with { Hours = s.Hours with { Holidays = days } }),
        .. ProviderSettings.Table,
        new("push.subscribe", "true", "Whether we subscribe to feeds that name a WebSub hub, so that their posts appear at once. Needs web.public-url, under which hubs reach us at /websub/.",
            (s, v) => bool.TryParse(v, out var subscribes)
                ? s with { Push = s.Push with { Subscribes = subscribes } }
                : "is neither true nor false"),
        new("push.hub", "none", "A WebSub hub that our own feeds name and that is told of new posts, such as https://pubsubhubbub.appspot.com/. Needs web.public-url.",
            (s, v) => v.Length == 0 ? s with { Push = s.Push with { Hub = null } }
                : WebAddress(v) is { } url && url.UserInfo.Length == 0 ? s with { Push = s.Push with { Hub = url } }
                : "is not an http or https address"),
        new("fetching.contact", "none", "A page or mail address that our user agent names, where a publisher can reach you. Set it before crawling other people's sites.",
            (s, v) => v.AsSpan().ContainsAnyExceptInRange(' ', '~') || v.AsSpan().ContainsAny("();")
                ? "may hold printable ASCII only, without parentheses and semicolons"
                : s with { Fetching = s.Fetching with { Contact = v.Length == 0 ? null : v } }),
        new("fetching.timeout", "20", "The greatest time a fetch may take, seconds, 1 to 300.",
            (s, v) => Seconds(v, 1, 300, out var time) is { } problem ? problem : s with { Fetching = s.Fetching with { Timeout = time } }),
        new("fetching.max-bytes", "10485760", "The greatest size of a document after decompression, bytes, 1024 to 1073741824.",
            (s, v) => Whole(v, 1024, 1 << 30, out var bytes) is { } problem ? problem : s with { Fetching = s.Fetching with { MaxBytes = bytes } }),
        new("fetching.allow-private-networks", "false", "Whether loopback and private addresses may be fetched: for tests and intranets only.",
            (s, v) => bool.TryParse(v, out var allow)
                ? s with { Fetching = s.Fetching with { AllowPrivateNetworks = allow } }
                : "is neither true nor false"),
        new("fetching.proxy", "none", "A proxy that all requests to other people's servers go through: http://, https:// or socks5://user:password@host:port. It resolves the names of sites, so it has to keep them from leading inside; its own address is refused when it is private, unless private networks are allowed. A source may name another one: sources request.",
            (s, v) => v.Length == 0 ? s with { Fetching = s.Fetching with { Proxy = null } }
                : ProxyAddress.TryParse(v, out var proxy, out var problem) ? s with { Fetching = s.Fetching with { Proxy = proxy } }
                : problem)
        {
            Shown = ProxyAddress.Masked,
        },
        new("fetching.platforms", "none", "Platforms whose sites share one politeness key, beside the built-in ones, parted by commas: blogs.example.com,*.pages.example.",
            (s, v) => Platforms.TryParse(v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), out var platforms, out var problem)
                ? s with { Fetching = s.Fetching with { Platforms = platforms } }
                : $"holds what is no platform: {problem}"),
        new("crawling.parallel", "50", "The greatest number of crawls at once, 1 to 1000. One site never sees more than one of them.",
            (s, v) => Whole(v, 1, 1000, out var parallel) is { } problem ? problem : s with { Crawling = s.Crawling with { Parallel = parallel } }),
        new("crawling.gap", "1", "The least time between two requests to one site or platform, seconds, 0 to 3600. After an answer it is twice as long as that took (five times for a page), up to 15 s (30 s).",
            (s, v) => Seconds(v, 0, 3600, out var gap) is { } problem ? problem : s with { Crawling = s.Crawling with { Gap = gap } }),
        new("crawling.schedule", "daily 06:00", "When a source is visited that has no schedule of its own: every 6h, daily 06:00, cron 0 */2 * * 1-5 (minute, hour, day, month, day of the week) or adaptive, which is half the typical time between its posts. Times are in web.time-zone unless they name a zone themselves: daily 06:00 Asia/Tokyo. Many sources are spread over the time that follows. Never more often than every 15 minutes, and never sooner than a publisher asks.",
            (s, v) => Schedule.TryParse(v, out var schedule, out var problem) ? s with { Crawling = s.Crawling with { Schedule = schedule } } : problem),
        new("crawling.interval", "none", "Another way to write crawling.schedule \"every …\": seconds, 900 to 2592000. Of the two, the one that is read later holds.",
            (s, v) => Seconds(v, 900, 2592000, out var interval) is { } problem ? problem : s with { Crawling = s.Crawling with { Schedule = Schedule.Every(interval) } }),
        new("crawling.history", "90", "How long the history of the visits is kept, days, 1 to 36500. The latest visit of each source is kept for ever.",
            (s, v) => Whole(v, 1, 36500, out var days) is { } problem ? problem : s with { Crawling = s.Crawling with { History = TimeSpan.FromDays(days) } }),
    ];

    /// <summary>The setting of that key, or null.</summary>
    public static Setting? Find(string key) => All.FirstOrDefault(setting => setting.Key == key);

    private static string? Whole(string text, int least, int most, out int value) =>
        !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) ? "is not a whole number"
        : value < least || value > most ? $"is not between {least} and {most}"
        : null;

    private static string? Seconds(string text, int least, int most, out TimeSpan value)
    {
        value = default;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return "is not a number of seconds";
        if (seconds < least || seconds > most)
            return $"is not between {least} and {most} seconds";
        value = TimeSpan.FromSeconds((double)seconds);
        return null;
    }

    private static string? Holidays(string path, out HashSet<DateOnly> days)
    {
        days = [];
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                var day = line.Trim().Split(' ', '\t', ',')[0];
                if (day.Length == 0 || day[0] == '#')
                    continue;
                if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
                    return $"holds a line that begins with no day: \"{(day.Length > 40 ? day[..40] : day)}\"";
                days.Add(parsed);
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {e.Message}";
        }
    }

    private static Uri? WebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    // "*" and "+" stand for all interfaces in the server's own notation and are no host names; they are put aside before looking.
    private static string? Listeners(string text)
    {
        var addresses = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (addresses.Length == 0)
            return "is empty";
        foreach (var address in addresses)
        {
            if (WebAddress(address.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal)) is null)
                return "is not an address to listen on, such as http://127.0.0.1:8080";
        }

        return null;
    }
}
