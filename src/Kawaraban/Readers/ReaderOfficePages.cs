using Kawaraban.Office;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;

namespace Kawaraban.Readers;

/// <summary>The readers, masked.</summary>
/// <param name="Readers">Those who registered last.</param>
/// <param name="Address">As typed.</param>
public sealed record ReadersPage(OfficeVisit Visit, IReadOnlyList<ReaderCard> Readers, string Address) : OfficePage(Visit, "Readers");

/// <summary>Asks why somebody wants to see a reader.</summary>
/// <param name="Id">Whom.</param>
/// <param name="Reason">As typed.</param>
public sealed record AskReaderPage(OfficeVisit Visit, string Id, string Reason) : OfficePage(Visit, "Reader " + Id);

/// <summary>One reader, shown once.</summary>
public sealed record ReaderPage(OfficeVisit Visit, Reader Reader) : OfficePage(Visit, "Reader " + Reader.Id);

/// <summary>What administrators see of readers: one at a time, with a reason, on the audit trail.</summary>
internal sealed class ReaderOfficePages(ReaderTable readers)
{
    private const string Root = OfficeEndpoints.Admin + "/readers";
    private const int Shown = 100;
    private const int LongestReason = 200;

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.ShowProved(Root, May.ReadReaders, (visit, cancellation) => List(visit, "", null, cancellation));
        routes.ChangeProved(Root + "/find", May.ReadReaders, Find);
        routes.ShowProved(Root + "/{id}", May.ReadReaders, (visit, cancellation) => Print(new AskReaderPage(visit, visit.Part("id"), ""), cancellation));
        routes.ChangeProved(Root + "/{id}", May.ReadReaders, Look);
        routes.ChangeProved(Root + "/{id}/erase", May.EraseReaders, Erase);
    }

    private async Task<Reply> List(OfficeVisit visit, string address, string? problem, CancellationToken cancellation)
    {
        var page = new ReadersPage(visit, await readers.List(Shown, cancellation), address) { Problem = problem, Status = problem is null ? 200 : 422 };
        return await OfficePress.Print(Slices.Readers.Create(page), page, cancellation);
    }

    private async Task<Reply> Find(OfficeVisit visit, CancellationToken cancellation)
    {
        var address = visit.Field("address");
        return await readers.Find(new ReaderAddress(address), cancellation) is { } id
            ? OfficePress.SeeOther(visit.Link($"{Root}/{id}"))
            : await List(visit, address, "Nobody is registered with that address.", cancellation);
    }

    private async Task<Reply> Look(OfficeVisit visit, CancellationToken cancellation)
    {
        if (WithoutReason(visit) is { } asked)
            return await Print(asked, cancellation);
        if (await readers.Look(visit.Actor, visit.Part("id"), visit.Field("reason"), cancellation) is not { } reader)
            return await OfficeNotices.NotFound(visit, cancellation);
        var page = new ReaderPage(visit, reader);
        return await OfficePress.Print(Slices.OneReader.Create(page), page, cancellation);
    }

    private async Task<Reply> Erase(OfficeVisit visit, CancellationToken cancellation)
    {
        if (WithoutReason(visit) is { } asked)
            return await Print(asked, cancellation);
        if (!await readers.Erase(visit.Actor, visit.Part("id"), visit.Field("reason"), cancellation))
            return await OfficeNotices.NotFound(visit, cancellation);
        visit.Notice = "The reader is forgotten.";
        return OfficePress.SeeOther(visit.Link(Root));
    }

    private static AskReaderPage? WithoutReason(OfficeVisit visit)
    {
        var reason = visit.Field("reason");
        var problem = reason.Length == 0 ? "is missing: the audit trail keeps it" : reason.Length > LongestReason ? $"is longer than {LongestReason} characters" : null;
        return problem is null ? null
            : new AskReaderPage(visit, visit.Part("id"), reason) { Problems = new Dictionary<string, string> { ["reason"] = problem }, Status = 422 };
    }

    private static Task<Reply> Print(AskReaderPage page, CancellationToken cancellation) => OfficePress.Print(Slices.AskReader.Create(page), page, cancellation);
}
