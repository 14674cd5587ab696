using System.Globalization;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;

namespace Kawaraban.Office;

/// <summary>What was done.</summary>
/// <param name="Rows">The rows, newest first.</param>
/// <param name="Target">Only what was done to this; empty is everything.</param>
/// <param name="Older">Where the page with older ones begins; null when there are none.</param>
public sealed record AuditPage(OfficeVisit Visit, IReadOnlyList<AuditRow> Rows, string Target, long? Older) : OfficePage(Visit, "Audit trail");

/// <summary>Looking at what was done.</summary>
internal sealed class AuditPages(AuditTrail audit)
{
    private const int Shown = 100;

    /// <summary>Maps the page.</summary>
    public void Map(OfficeRoutes routes) => routes.Show(OfficeEndpoints.Admin + "/audit", May.ReadAudit, List);

    private async Task<Reply> List(OfficeVisit visit, CancellationToken cancellation)
    {
        var target = visit.Query("target");
        long? before = long.TryParse(visit.Query("before"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var rows = await audit.List(before, target.Length == 0 ? null : target, Shown + 1, cancellation);
        var page = new AuditPage(visit, [.. rows.Take(Shown)], target, rows.Count > Shown ? rows[Shown - 1].Id : null);
        return await OfficePress.Print(Slices.Audit.Create(page), page, cancellation);
    }
}
