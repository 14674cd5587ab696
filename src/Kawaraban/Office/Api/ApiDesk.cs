using System.Text.Json;
using Kawaraban.Office.Staff;
using Kawaraban.Storage;

namespace Kawaraban.Office.Api;

/// <summary>One request to the API.</summary>
/// <param name="Context">The request.</param>
/// <param name="Token">By which it came.</param>
/// <param name="Body">What it sent; empty when it sent nothing.</param>
internal sealed record ApiCall(HttpContext Context, ShownToken Token, ApiMember Body)
{
    /// <summary>Who does it, as the audit trail names them.</summary>
    public Actor Actor { get; } = new(Token.Owner.Id, $"{Token.Owner.Name} (token {Token.Card.Name})");

    /// <summary>A part of the path.</summary>
    public string Part(string name) => (string?)Context.Request.RouteValues[name] ?? "";
}

/// <summary>Every request to the API passes here: what it sent is read, what fails is put into words.</summary>
internal sealed partial class ApiDesk(ILogger<ApiDesk> log)
{
    private const int LongestBody = 64 * 1024;

    /// <summary>Answers a request.</summary>
    public async Task Answer(HttpContext context, Func<ApiCall, CancellationToken, Task<ApiReply>> answer)
    {
        var cancellation = context.RequestAborted;
        ApiReply reply;
        try
        {
            var (body, problem) = await Read(context.Request, cancellation);
            reply = problem ?? await answer(new ApiCall(context, BearerHandler.Of(context), body), cancellation);
        }
        catch (StorageException e)
        {
            LogUnavailable(context.Request.Path, e.Message);
            reply = ApiReply.Problem(503, "The database does not answer", "Nothing was changed, unless an answer before said so. Try again in a moment.");
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogFailure(e, context.Request.Path);
            reply = ApiReply.Problem(500, "Our mistake", "What happened is in the log.");
        }

        await Send(context, reply);
    }

    /// <summary>Sends an answer, with the headers of all of them.</summary>
    public static async Task Send(HttpContext context, ApiReply reply)
    {
        var response = context.Response;
        OfficeDesk.Protect(response.Headers);
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }

    private static async Task<(ApiMember Body, ApiReply? Problem)> Read(HttpRequest request, CancellationToken cancellation)
    {
        var empty = new ApiMember(null, null, null, null);
        if (!HttpMethods.IsPost(request.Method) || request.ContentLength == 0 || (request.ContentLength is null && !request.Headers.ContainsKey("Transfer-Encoding")))
            return (empty, null);
        if (!request.HasJsonContentType())
            return (empty, ApiReply.Problem(415, "Not JSON", "Send what you have to say as JSON, with Content-Type: application/json."));
        using var kept = new MemoryStream();
        var buffer = new byte[4096];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellation)) > 0;)
        {
            kept.Write(buffer, 0, read);
            if (kept.Length > LongestBody)
                return (empty, ApiReply.Problem(413, "Too large", $"No request here needs more than {LongestBody} bytes."));
        }

        try
        {
            return (JsonSerializer.Deserialize(kept.GetBuffer().AsSpan(0, (int)kept.Length), ApiJson.Default.ApiMember) ?? empty, null);
        }
        catch (JsonException e)
        {
            return (empty, ApiReply.Problem(400, "Not as we know it", $"The JSON is wrong at {e.Path ?? "its beginning"}; there are name, address, role and version."));
        }
    }

    [LoggerMessage(LogLevel.Error, "{Path}: {Sentence}")]
    private partial void LogUnavailable(string path, string sentence);

    [LoggerMessage(LogLevel.Error, "{Path}: the answer could not be made")]
    private partial void LogFailure(Exception error, string path);
}
