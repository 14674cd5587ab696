using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Scheduling;

namespace Kawaraban.Office;

/// <summary>The orders that we failed.</summary>
public sealed record DeadLettersPage(OfficeVisit Visit, IReadOnlyList<DeadLetter> Letters) : OfficePage(Visit, "Dead letters");

/// <summary>Sending failed orders again, or dropping them.</summary>
internal sealed class DeadLetterPages(DeadLetterTable letters, AuditTrail audit)
{
    private const string Root = OfficeEndpoints.Root + "/dead-letters";

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root, May.ReadSources, List);
        routes.Change(Root + "/{id:long}/redrive", May.WriteDeadLetters, Each("dead-letters.redrive", "is due again", letters.Redrive));
        routes.Change(Root + "/{id:long}/drop", May.WriteDeadLetters, Each("dead-letters.drop", "stays paused, without its letter", letters.Drop));
    }

    private async Task<Reply> List(OfficeVisit visit, CancellationToken cancellation)
    {
        var page = new DeadLettersPage(visit, await letters.List(cancellation));
        return await OfficePress.Print(Slices.DeadLetters.Create(page), page, cancellation);
    }

    private Func<OfficeVisit, CancellationToken, Task<Reply>> Each(string action, string outcome, Func<long, CancellationToken, Task<bool>> change) =>
        async (visit, cancellation) =>
        {
            var letter = (await letters.List(cancellation)).FirstOrDefault(letter => letter.SourceId == visit.Id("id"));
            if (letter is null)
                return await OfficeNotices.NotFound(visit, cancellation);
            await audit.Add(visit.Actor, action, $"source {letter.SourceId}", letter.Error, null, cancellation);
            visit.Notice = await change(letter.SourceId, cancellation) ? $"{letter.Title} {outcome}." : "Somebody else was faster; nothing was changed.";
            return OfficePress.SeeOther(visit.Link(Root));
        };
}
