using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Kawaraban.Office.Staff;
using Kawaraban.Sources;

namespace Kawaraban.Office.Api;

/// <summary>An answer of the API.</summary>
/// <param name="Status">Its status code.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Body">The JSON.</param>
internal sealed record ApiReply(int Status, string ContentType, byte[] Body)
{
    /// <summary>A result.</summary>
    public static ApiReply Json<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        new(status, "application/json", JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>What went wrong, and what to do (RFC 9457).</summary>
    public static ApiReply Problem(int status, string title, string detail) =>
        new(status, "application/problem+json", JsonSerializer.SerializeToUtf8Bytes(new ApiProblem("about:blank", title, status, detail), ApiJson.Readable.ApiProblem));

    /// <summary>There is no such thing.</summary>
    public static ApiReply NotFound(string what) => Problem(StatusCodes.Status404NotFound, "Not here", what);
}

/// <summary>What went wrong (RFC 9457).</summary>
internal sealed record ApiProblem(string Type, string Title, int Status, string Detail);

/// <summary>Sources in the order of their ids.</summary>
/// <param name="Sources">Some of them.</param>
/// <param name="Next">The value of <c>after</c> that asks for those that follow; null when none do.</param>
internal sealed record ApiSources(IReadOnlyList<SourceCard> Sources, long? Next);

/// <summary>A source and its latest visits.</summary>
internal sealed record ApiSource(SourceCard Source, IReadOnlyList<CrawlCard> Visits);

/// <summary>Everybody who works here.</summary>
internal sealed record ApiStaff(IReadOnlyList<StaffReport> Staff);

/// <summary>What became of a change of the staff.</summary>
/// <param name="Outcome">What was done.</param>
/// <param name="Member">The person as they are now; null when they were removed.</param>
internal sealed record ApiOutcome(string Outcome, StaffReport? Member);

/// <summary>What a request about somebody of the staff says.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="Address">Their mail address.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Version">Of the record that the change was made on; null takes whichever there is.</param>
internal sealed record ApiMember(string? Name, string? Address, string? Role, long? Version);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(ApiSources))]
[JsonSerializable(typeof(ApiSource))]
[JsonSerializable(typeof(ApiStaff))]
[JsonSerializable(typeof(ApiOutcome))]
[JsonSerializable(typeof(ApiMember))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>With Japanese as it is.</summary>
    public static ApiJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
