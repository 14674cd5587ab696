using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kawaraban.Fetching;

/// <summary>A header that a request carries beside ours.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record RequestHeader(string Name, string Value);

/// <summary>What a source's server wants a request to carry: a header that lets us in, another name.</summary>
/// <remarks>
/// Headers go to the very server they were given for (RFC 6454: scheme, host and port; https counts as http made safe) and no further,
/// wherever it redirects, since they may hold a secret. The name goes along.
/// </remarks>
/// <param name="Headers">Beside ours, or in place of ours (<c>Accept</c>).</param>
/// <param name="UserAgent">In place of ours; null keeps ours.</param>
public sealed record RequestSettings(IReadOnlyList<RequestHeader> Headers, string? UserAgent)
{
    /// <summary>What the requests go through; null is as the installation decides. Kept with its password, and shown without.</summary>
    [JsonConverter(typeof(ProxyAddressJson))]
    public ProxyAddress? Proxy { get; init; }

    /// <summary>The same without the headers, which may hold a secret, for another server; null when nothing is left.</summary>
    public RequestSettings? WithoutHeaders() =>
        Headers.Count == 0 ? this : UserAgent is null && Proxy is null ? null : this with { Headers = [] };

    /// <summary>How many headers there may be.</summary>
    public const int MostHeaders = 20;

    private const int LongestName = 100;
    private const int LongestValue = 4096;
    private const int LongestUserAgent = 256;

    // RFC 9110 §5.6.2.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // Those that say where a message goes and ends, which another program between would read otherwise than we (RFC 9112 §11.2); what a
    // browser vouches for; what we send for reasons of our own, and know the answers of. Cookies and passwords are the publisher's affair.
    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Content-Encoding", "Content-Type", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "TE",
        "Trailer", "Expect", "Via", "Date", "HTTP2-Settings", "Accept-Encoding", "Range", "If-Range", "If-Match", "If-None-Match",
        "If-Modified-Since", "If-Unmodified-Since", "User-Agent", "Max-Forwards",
    };

    /// <summary>Reads a header as it stands in a request: <c>Name: value</c>.</summary>
    /// <param name="text">One line.</param>
    /// <param name="header">The header.</param>
    /// <param name="problem">Why it is none that a request may carry, as a sentence.</param>
    public static bool TryParseHeader(
        string text,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RequestHeader? header,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? problem)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? text : text[..colon];
        var value = colon < 0 ? "" : text[(colon + 1)..].Trim(' ');
        problem = colon <= 0 ? $"\"{text}\" is no header; write it as 'Name: value'"
            : name.Length > LongestName || name.AsSpan().ContainsAnyExcept(TokenCharacters) ? $"\"{name}\" cannot be the name of a header"
            : Forbidden.Contains(name) ? $"the header {name} is ours to send{(name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase) ? "; --user-agent sets it" : "")}"
            : name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Sec-", StringComparison.OrdinalIgnoreCase) ? $"the header {name} speaks for a proxy or a browser, and we are neither"
            : value.Length is 0 or > LongestValue || value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? $"the value of {name} is empty, longer than {LongestValue} characters, or holds others than printable ASCII"
            : null;
        header = problem is null ? new RequestHeader(name, value) : null;
        return header is not null;
    }

    /// <summary>Why a text cannot be the name we introduce ourselves by; null when it can.</summary>
    public static string? WhyNoUserAgent(string text) =>
        text.Trim().Length == 0 || text.Length > LongestUserAgent || text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? $"a user agent has 1 to {LongestUserAgent} characters of printable ASCII"
            : null;

    /// <summary>Reads what <see cref="ToJson"/> wrote; null for nothing.</summary>
    internal static RequestSettings? FromJson(string? json) => json is null ? null : JsonSerializer.Deserialize(json, RequestJson.Default.RequestSettings);

    /// <summary>As the database keeps it.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, RequestJson.Default.RequestSettings);

    /// <summary>Whether the headers that were given for one address may go to another.</summary>
    internal static bool MayCarryHeaders(Uri from, Uri to) =>
        string.Equals(from.IdnHost, to.IdnHost, StringComparison.OrdinalIgnoreCase)
        && ((from.Scheme == to.Scheme && from.Port == to.Port) || (from is { Scheme: "http", IsDefaultPort: true } && to is { Scheme: "https", IsDefaultPort: true }));
}

/// <summary>Writes a proxy with its password, for the database; reports have a text of their own, without.</summary>
internal sealed class ProxyAddressJson : JsonConverter<ProxyAddress>
{
    public override ProxyAddress? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ProxyAddress.TryParse(reader.GetString(), out var proxy, out var problem) ? proxy : throw new JsonException($"the proxy of a source {problem}");

    public override void Write(Utf8JsonWriter writer, ProxyAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.Secret);
}

/// <summary>What the database keeps as JSON.</summary>
[JsonSerializable(typeof(RequestSettings))]
internal sealed partial class RequestJson : JsonSerializerContext;
