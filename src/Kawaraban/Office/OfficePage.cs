using Kawaraban.Office.Staff;
using Kawaraban.Portal;

namespace Kawaraban.Office;

/// <summary>What every page of the office has.</summary>
/// <param name="Visit">Who looks at it.</param>
/// <param name="Title">Its name.</param>
public record OfficePage(OfficeVisit Visit, string Title)
{
    /// <summary>What is wrong with each field of its form, by the field's name.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>();

    /// <summary>What is wrong with the whole of it; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>Its status code.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>What a page tells beneath a field.</summary>
    public FieldProblem About(string field) => new($"{field}-problem", Problems.GetValueOrDefault(field));

    /// <summary>Whether it stands outside the door: without the navigation.</summary>
    public bool IsOutside => Visit.Session?.SignedIn is null;
}

/// <summary>What is wrong with a field.</summary>
/// <param name="Id">What the field names as its description.</param>
/// <param name="Text">The second half of a sentence; null when nothing is wrong.</param>
public sealed record FieldProblem(string Id, string? Text);

/// <summary>A page that says that something is not there, or went wrong.</summary>
public sealed record OfficeNotice(OfficeVisit Visit, string Title, string Text) : OfficePage(Visit, Title);

/// <summary>Prints pages of the office.</summary>
internal static class OfficePress
{
    /// <summary>Prints a page with its status.</summary>
    public static async Task<Reply> Print(RazorSlices.RazorSlice slice, OfficePage page, CancellationToken cancellation) =>
        await Press.Print(slice, cancellation) with { Status = page.Status };

    /// <summary>Sends the browser to another page, which it asks for by GET (RFC 9110 §15.4.4).</summary>
    public static Reply SeeOther(string location) =>
        new("text/plain; charset=utf-8", ReadOnlyMemory<byte>.Empty) { Status = StatusCodes.Status303SeeOther, Location = location };
}

/// <summary>The pages of what went wrong.</summary>
internal static class OfficeNotices
{
    /// <summary>There is no such thing.</summary>
    public static Task<Reply> NotFound(OfficeVisit visit, CancellationToken cancellation) =>
        Print(new OfficeNotice(visit, "Not here", "There is no such page, or what it was about is gone.") { Status = 404 }, cancellation);

    /// <summary>The role does not allow it.</summary>
    public static Task<Reply> Forbidden(OfficeVisit visit, CancellationToken cancellation) =>
        Print(new OfficeNotice(visit, "Not yours", "Your role does not include this. An administrator can change that.") { Status = 403 }, cancellation);

    /// <summary>Outside the hours of a role.</summary>
    public static Task<Reply> Closed(OfficeVisit visit, string why, CancellationToken cancellation) =>
        Print(new OfficeNotice(visit, "The office is closed", why + " An administrator can open it for a time.") { Status = 403 }, cancellation);

    /// <summary>The change did not come from a page of ours.</summary>
    public static Task<Reply> Refused(OfficeVisit visit, string why, CancellationToken cancellation) =>
        Print(
            new OfficeNotice(visit, "Nothing was changed", $"We did not act on this request: {why}. Go back, reload the page and try again.") { Status = 403 },
            cancellation);

    /// <summary>Not over plain HTTP.</summary>
    public static Task<Reply> Unsafe(OfficeVisit visit, CancellationToken cancellation) =>
        Print(
            new OfficeNotice(
                visit, "Only over HTTPS",
                "The office opens over an encrypted connection alone. Put it behind TLS and set web.public-url to its https:// address.")
            { Status = 403 },
            cancellation);

    /// <summary>The database is away.</summary>
    public static Task<Reply> Unavailable(OfficeVisit visit, CancellationToken cancellation) =>
        Print(
            new OfficeNotice(visit, "The database does not answer", "Nothing was changed, unless the page before said so. Try again in a moment.") { Status = 503 },
            cancellation);

    /// <summary>A mistake of ours.</summary>
    public static Task<Reply> Failure(OfficeVisit visit, CancellationToken cancellation) =>
        Print(new OfficeNotice(visit, "Our mistake", "The page could not be made. What happened is in the log.") { Status = 500 }, cancellation);

    private static Task<Reply> Print(OfficeNotice page, CancellationToken cancellation) =>
        OfficePress.Print(Slices.Notice.Create(page), page, cancellation);
}
