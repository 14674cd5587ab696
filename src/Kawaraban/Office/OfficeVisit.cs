using System.Globalization;
using Kawaraban.Office.Staff;

namespace Kawaraban.Office;

/// <summary>One request to the office: who asks, and what they sent.</summary>
public sealed class OfficeVisit
{
    private readonly IFormCollection form;

    /// <summary>Of a request.</summary>
    public OfficeVisit(HttpContext context, OfficeOptions options, IFormCollection? form, DateTimeOffset now)
    {
        Context = context;
        Options = options;
        this.form = form ?? FormCollection.Empty;
        Now = now;
        Session = SessionHandler.Of(context);
        Cookie = OfficeCookie.Read(context.Request, options);
    }

    /// <summary>The request.</summary>
    public HttpContext Context { get; }

    /// <summary>The installation.</summary>
    public OfficeOptions Options { get; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The browser's session; null when it has none.</summary>
    public OfficeSession? Session { get; private set; }

    /// <summary>What its cookie holds, with a session behind it or without; null when it has none.</summary>
    public string? Cookie { get; private set; }

    /// <summary>What the change before this page came to.</summary>
    public string? Notice { get; internal set; }

    /// <summary>Whether the person proved a short while ago who they are, as actions ask that cannot be taken back.</summary>
    public bool IsProved => Session is { } session && session.ProvedAt + SessionTable.ProofHolds > Now;

    /// <summary>Who asks.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint is open to all, and must not ask.</exception>
    public StaffMember Member => Session?.SignedIn ?? throw new InvalidOperationException("nobody is signed in");

    /// <summary>Who asks, as the audit trail names them.</summary>
    public Actor Actor => Session?.SignedIn is { } member ? Actor.Of(member) : Actor.Nobody;

    /// <summary>Where they are.</summary>
    public Caller Caller => Caller.Of(Context);

    /// <summary>What forms of this browser carry.</summary>
    public string FormToken => Cookie is null ? "" : Tokens.ForForms(Cookie);

    /// <summary>Whether a link or a button is shown; the endpoint checks again.</summary>
    public bool May(string policy) => Session?.SignedIn is { } member && Staff.May.Allows(member.Role, policy);

    /// <summary>A field of the form, without white space around; empty when it was not sent.</summary>
    public string Field(string name) => Exact(name).Trim();

    /// <summary>A field of the form as it was typed.</summary>
    public string Exact(string name) => form[name].Count == 0 ? "" : form[name][^1] ?? "";

    /// <summary>All values of a field.</summary>
    public IReadOnlyList<string> All(string name) => [.. form[name].OfType<string>()];

    /// <summary>A field of the form that is a whole number; null when it is none.</summary>
    public long? Number(string name) => long.TryParse(Field(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A file of the form; null when none was chosen. How large it can be the desk decides.</summary>
    public async Task<byte[]?> File(string name, CancellationToken cancellation)
    {
        if (form.Files[name] is not { Length: > 0 } file)
            return null;
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }

    /// <summary>A value of the query, without white space around.</summary>
    public string Query(string name) => Context.Request.Query[name].ToString().Trim();

    /// <summary>A part of the path.</summary>
    public string Part(string name) => (string?)Context.Request.RouteValues[name] ?? "";

    /// <summary>A part of the path that is a number; 0, which nothing has, when it is none.</summary>
    public long Id(string name) => long.TryParse(Part(name), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    /// <summary>A place of ours.</summary>
    public string Link(string path) => Context.Request.PathBase.ToUriComponent() + path;

    /// <summary>Where to go after signing in: a page of the office, and nothing else that somebody wrote into an address.</summary>
    public string Destination(string wanted)
    {
        var root = Link(OfficeEndpoints.Root);
        var isOurs = (wanted == root || wanted.StartsWith(root + "/", StringComparison.Ordinal) || wanted.StartsWith(root + "?", StringComparison.Ordinal))
            && !wanted.AsSpan().ContainsAny('\\', '\r', '\n')
            && Uri.IsWellFormedUriString(wanted, UriKind.Relative);
        return isOurs ? wanted : root;
    }

    /// <summary>Gives a browser that has no cookie one, so that its forms can carry a value that no other site knows.</summary>
    internal void GiveFirst()
    {
        if (Cookie is null)
            Give(Tokens.New());
    }

    /// <summary>The browser has another cookie from now on.</summary>
    public void Give(string cookie)
    {
        Cookie = cookie;
        OfficeCookie.Give(Context, Options, cookie);
    }

    /// <summary>The browser has left: the page that says so is printed for nobody.</summary>
    internal void IsOut() => (Session, Cookie) = (null, null);

    /// <summary>A moment as people read it.</summary>
    public string At(DateTimeOffset? moment) => moment is { } at
        ? TimeZoneInfo.ConvertTime(at, Options.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : "never";

    /// <summary>How long ago or ahead a moment is, in a word or two.</summary>
    public string Ago(DateTimeOffset? moment)
    {
        if (moment is not { } at)
            return "never";
        var distance = (Now - at).Duration();
        var text = distance < TimeSpan.FromMinutes(1) ? "a moment"
            : distance < TimeSpan.FromHours(1) ? Count((int)distance.TotalMinutes, "minute")
            : distance < TimeSpan.FromDays(1) ? Count((int)distance.TotalHours, "hour")
            : Count((int)distance.TotalDays, "day");
        return at <= Now ? $"{text} ago" : $"in {text}";
    }

    private static string Count(int number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? "" : "s")}");
}
