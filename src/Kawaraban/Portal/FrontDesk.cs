using Kawaraban.Storage;

namespace Kawaraban.Portal;

/// <summary>Every visit passes here: a fresh reply is given again, a new one made, a failure put into words, and all get the same headers.</summary>
internal sealed partial class FrontDesk(PortalOptions options, ReplyCache cache, TimeProvider clock, ILogger<FrontDesk> log)
{
    // Nothing but our own style sheet and forms, and pictures from wherever the publishers keep theirs; no script at all.
    private const string ContentSecurityPolicy =
        "default-src 'none'; img-src 'self' https: http: data:; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Answers a visit.</summary>
    /// <param name="context">The request.</param>
    /// <param name="answer">Makes the reply when there is none at hand.</param>
    public async Task Serve(HttpContext context, Func<Visit, CancellationToken, Task<Reply>> answer)
    {
        Protect(context.Response.Headers);
        var visit = new Visit(context.Request, options, clock.GetUtcNow());
        var reply = cache.Find(visit.Key);
        if (reply is null)
        {
            reply = new SentReply(await Make(visit, answer, context.RequestAborted));
            if (reply.IsKept)
                cache.Keep(visit.Key, reply);
        }

        await reply.Send(context);
    }

    /// <summary>The headers that keep a page from doing what we did not mean. Publishers see us as the referrer.</summary>
    public static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
    }

    private async Task<Reply> Make(Visit visit, Func<Visit, CancellationToken, Task<Reply>> answer, CancellationToken cancellation)
    {
        try
        {
            return await answer(visit, cancellation);
        }
        catch (StorageException e)
        {
            LogUnavailable(visit.Here, e.Message);
            return await Notices.Unavailable(visit, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogFailure(e, visit.Here);
            return await Notices.Failure(visit, cancellation);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Path}: {Sentence}")]
    private partial void LogUnavailable(string path, string sentence);

    [LoggerMessage(LogLevel.Error, "{Path}: the page could not be made")]
    private partial void LogFailure(Exception error, string path);
}
