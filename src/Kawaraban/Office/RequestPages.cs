using Kawaraban.Fetching;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Sources;

namespace Kawaraban.Office;

/// <summary>What the requests to a source carry beside the usual. Values of headers and a proxy's password come in and are not shown again.</summary>
/// <param name="Source">The source.</param>
/// <param name="Headers">As typed; empty on a fresh page.</param>
/// <param name="UserAgent">As typed, or as it is.</param>
/// <param name="Proxy">As typed; empty on a fresh page.</param>
/// <param name="KeepsHeaders">Whether those that are there stay.</param>
/// <param name="KeepsProxy">Whether the proxy that is there stays.</param>
public sealed record RequestPage(OfficeVisit Visit, SourceCard Source, string Headers, string UserAgent, string Proxy, bool KeepsHeaders, bool KeepsProxy)
    : OfficePage(Visit, $"Requests to {Source.Title}");

/// <summary>Saying what the requests to a source carry.</summary>
internal sealed class RequestPages(SourceRegistry sources, AuditTrail audit)
{
    private const string Root = OfficeEndpoints.Root + "/sources/{id:long}/request";

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root, May.ReadSources, Show);
        routes.Change(Root, May.WriteSources, Change);
    }

    private async Task<Reply> Show(OfficeVisit visit, CancellationToken cancellation) =>
        await Find(visit, cancellation) is { } source
            ? await Print(new RequestPage(visit, source, "", source.Request?.UserAgent ?? "", "", source.Request?.Headers.Count > 0, source.Request?.Proxy is not null), cancellation)
            : await OfficeNotices.NotFound(visit, cancellation);

    private async Task<Reply> Change(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await Find(visit, cancellation) is not { } source)
            return await OfficeNotices.NotFound(visit, cancellation);
        var (keepsHeaders, keepsProxy) = (visit.Field("keep-headers").Length > 0, visit.Field("keep-proxy").Length > 0);
        var page = new RequestPage(visit, source, visit.Exact("headers"), visit.Field("user-agent"), visit.Field("proxy"), keepsHeaders, keepsProxy);
        var (headers, proxy, problems) = Read(page);
        if (problems.Count > 0)
            return await Print(page with { Problems = problems, Status = 422 }, cancellation);
        await sources.ChangeRequest(
            source.Id,
            before =>
            {
                IReadOnlyList<RequestHeader> kept = keepsHeaders ? before?.Headers ?? [] : [];
                var settings = new RequestSettings(
                    [.. kept.Where(old => !headers.Exists(header => header.Name.Equals(old.Name, StringComparison.OrdinalIgnoreCase))), .. headers],
                    page.UserAgent.Length == 0 ? null : page.UserAgent)
                {
                    Proxy = proxy ?? (keepsProxy ? before?.Proxy : null),
                };
                return settings is { Headers.Count: 0, UserAgent: null, Proxy: null } ? null : settings;
            },
            (session, after) => audit.Add(session, visit.Actor, "sources.request", $"source {source.Id}", Describe(after is null ? null : RequestCard.Of(after))),
            cancellation);
        visit.Notice = $"{source.Title} is asked that way from its next visit on.";
        return OfficePress.SeeOther(visit.Link($"{OfficeEndpoints.Root}/sources/{source.Id}/request"));
    }

    /// <summary>What a request carries, without what may be secret.</summary>
    public static string Describe(RequestCard? request) => request is null
        ? "as everywhere"
        : string.Join("; ", new[]
        {
            request.Headers.Count == 0 ? null : $"headers {string.Join(", ", request.Headers)}",
            request.UserAgent is null ? null : $"user agent {request.UserAgent}",
            request.Proxy is null ? null : $"proxy {request.Proxy}",
        }.OfType<string>());

    private static (List<RequestHeader> Headers, ProxyAddress? Proxy, Dictionary<string, string> Problems) Read(RequestPage page)
    {
        List<RequestHeader> headers = [];
        Dictionary<string, string> problems = [];
        foreach (var line in page.Headers.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // The line may hold a secret: it is told by its number.
            if (RequestSettings.TryParseHeader(line, out var header, out var problem))
                headers.Add(header);
            else
                problems["headers"] = line.Contains(':', StringComparison.Ordinal) ? $"does not do: {problem}" : $"does not do: line {headers.Count + 1} is no header; write it as Name: value";
        }

        var kept = page.KeepsHeaders ? page.Source.Request?.Headers.Count ?? 0 : 0;
        if (headers.Count + kept > RequestSettings.MostHeaders)
            problems["headers"] = $"is too much: {RequestSettings.MostHeaders} headers are what a request may carry beside ours";
        if (page.UserAgent.Length > 0 && RequestSettings.WhyNoUserAgent(page.UserAgent) is { } agent)
            problems["user-agent"] = $"does not do: {agent}";
        ProxyAddress? proxy = null;
        if (page.Proxy.Length > 0 && !ProxyAddress.TryParse(page.Proxy, out proxy, out var wrong))
            problems["proxy"] = wrong;
        return (headers, proxy, problems);
    }

    private async Task<SourceCard?> Find(OfficeVisit visit, CancellationToken cancellation)
    {
        var id = visit.Id("id");
        return (await sources.Find(id.ToString(System.Globalization.CultureInfo.InvariantCulture), cancellation)).FirstOrDefault(source => source.Id == id);
    }

    private static Task<Reply> Print(RequestPage page, CancellationToken cancellation) => OfficePress.Print(Slices.Request.Create(page), page, cancellation);
}
