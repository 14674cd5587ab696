using System.Globalization;
using Kawaraban.Office.Staff;
using Kawaraban.Sources;

namespace Kawaraban.Office.Api;

/// <summary>The sources: seeing them, and pausing, resuming and visiting one.</summary>
internal sealed class ApiSourcePart(SourceRegistry sources, AuditTrail audit)
{
    private const int Usual = 200;
    private const int Most = 1000;
    private const int Visits = 50;

    /// <summary>Maps the endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Tell("/sources", May.ReadSources, List);
        routes.Tell("/sources/{id:long}", May.ReadSources, Show);
        routes.Do("/sources/{id:long}/pause", May.WriteSources, One("sources.pause", sources.Pause));
        routes.Do("/sources/{id:long}/resume", May.WriteSources, One("sources.resume", sources.Resume));
        routes.Do("/sources/{id:long}/visit", May.WriteSources, One("sources.visit", sources.MakeDue));
    }

    private async Task<ApiReply> List(ApiCall call, CancellationToken cancellation)
    {
        var query = call.Context.Request.Query;
        if (Whole(query["after"], 0, long.MaxValue, 0) is not { } after || Whole(query["limit"], 1, Most, Usual) is not { } limit)
            return ApiReply.Problem(400, "Not a number", $"after is the id of a source, limit a number from 1 to {Most}.");
        var page = (await sources.List(cancellation)).Where(source => source.Id > after).OrderBy(source => source.Id).Take((int)limit + 1).ToList();
        var shown = page.Take((int)limit).ToList();
        return ApiReply.Json(new ApiSources(shown, page.Count > shown.Count ? shown[^1].Id : null), ApiJson.Readable.ApiSources);
    }

    private async Task<ApiReply> Show(ApiCall call, CancellationToken cancellation) =>
        await Find(call, cancellation) is { } source
            ? ApiReply.Json(new ApiSource(source, await sources.History(source.Id, Visits, cancellation)), ApiJson.Readable.ApiSource)
            : Unknown(call);

    private Func<ApiCall, CancellationToken, Task<ApiReply>> One(string action, Func<long, CancellationToken, Task> change) =>
        async (call, cancellation) =>
        {
            if (await Find(call, cancellation) is not { } source)
                return Unknown(call);
            await audit.Add(call.Actor, action, $"source {source.Id}", source.Title, null, cancellation);
            await change(source.Id, cancellation);
            return await Show(call, cancellation);
        };

    private async Task<SourceCard?> Find(ApiCall call, CancellationToken cancellation)
    {
        var id = call.Part("id");
        return (await sources.Find(id, cancellation)).FirstOrDefault(source => source.Id.ToString(CultureInfo.InvariantCulture) == id);
    }

    private static ApiReply Unknown(ApiCall call) => ApiReply.NotFound($"There is no source {call.Part("id")}; {ApiEndpoints.First}/sources lists all.");

    private static long? Whole(string? text, long least, long most, long usual) =>
        string.IsNullOrEmpty(text) ? usual
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : null;
}
