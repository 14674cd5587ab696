using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Storage;
using Microsoft.Extensions.Primitives;

namespace Kawaraban.Office;

/// <summary>Every request to the office passes here: what is a change is checked to be meant, what fails is put into words.</summary>
internal sealed partial class OfficeDesk(OfficeOptions options, SessionTable sessions, TimeProvider clock, ILogger<OfficeDesk> log)
{
    /// <summary>The field of a form that holds <see cref="OfficeVisit.FormToken"/>.</summary>
    public const string TokenField = "token";

    private const int LongestForm = 2 * 1024 * 1024;

    // Our own style and script; pictures that posts show; nothing from elsewhere, nothing inline, in nobody's frame.
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https: http: data:; connect-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    private static readonly object FormItem = new();

    /// <summary>Answers a request that changes nothing.</summary>
    public Task Show(HttpContext context, Func<OfficeVisit, CancellationToken, Task<Reply>> answer) => Serve(context, null, answer);

    /// <summary>Answers a request that changes something: only when one of our own pages sent it.</summary>
    public async Task Change(HttpContext context, Func<OfficeVisit, CancellationToken, Task<Reply>> answer)
    {
        var (form, problem) = await ReadForm(context);
        if (problem is null)
            problem = WhyNotOurs(context, form);
        if (problem is not null)
        {
            LogRefused(context.Request.Path, problem);
            await Serve(context, null, (visit, cancellation) => OfficeNotices.Refused(visit, problem, cancellation));
            return;
        }

        await Serve(context, form, answer);
    }

    /// <summary>The headers of every answer. Nothing of the office is kept by a browser or anything on the way.</summary>
    public static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), publickey-credentials-get=(self), publickey-credentials-create=(self)";
        headers["X-Robots-Tag"] = "noindex";
    }

    /// <summary>Answers somebody who is in, and may not.</summary>
    public static Task Forbid(HttpContext context) =>
        context.RequestServices.GetRequiredService<OfficeDesk>().Show(context, OfficeNotices.Forbidden);

    /// <summary>Answers somebody outside their hours.</summary>
    public static Task Close(HttpContext context, string why) =>
        context.RequestServices.GetRequiredService<OfficeDesk>().Show(context, (visit, cancellation) => OfficeNotices.Closed(visit, why, cancellation));

    private async Task Serve(HttpContext context, IFormCollection? form, Func<OfficeVisit, CancellationToken, Task<Reply>> answer)
    {
        Protect(context.Response.Headers);
        if (options.IsSecure(context.Request))
            context.Response.Headers.StrictTransportSecurity = "max-age=31536000";
        var cancellation = context.RequestAborted;
        var visit = new OfficeVisit(context, options, form, clock.GetUtcNow());
        Reply reply;
        try
        {
            // A password must not go over a wire that others read.
            if (!options.IsSecure(context.Request) && !IsThisMachine(context))
                reply = await OfficeNotices.Unsafe(visit, cancellation);
            else
                reply = await Answer(visit, answer, cancellation);
        }
        catch (ClosedException e)
        {
            reply = await OfficeNotices.Closed(visit, e.Message, cancellation);
        }
        catch (StorageException e)
        {
            LogUnavailable(context.Request.Path, e.Message);
            reply = await OfficeNotices.Unavailable(visit, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogFailure(e, context.Request.Path);
            reply = await OfficeNotices.Failure(visit, cancellation);
        }

        await Send(context, reply);
    }

    // What a change came to is told by the page that the browser is sent to.
    private async Task<Reply> Answer(OfficeVisit visit, Func<OfficeVisit, CancellationToken, Task<Reply>> answer, CancellationToken cancellation)
    {
        if (visit.Session?.HasNotice == true && HttpMethods.IsGet(visit.Context.Request.Method))
            visit.Notice = await sessions.TakeNotice(visit.Session, cancellation);
        var reply = await answer(visit, cancellation);
        if (reply.Location is not null && visit.Notice is not null && visit.Cookie is not null)
            await sessions.SetNotice(visit.Cookie, visit.Notice, cancellation);
        return reply;
    }

    private static async Task Send(HttpContext context, Reply reply)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        if (reply.Location is { } location)
        {
            response.Headers.Location = location;
            response.ContentLength = 0;
            return;
        }

        // Not compressed: a page that holds a secret and what somebody else chose would tell the secret by its length (BREACH).
        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }

    private static async Task<(IFormCollection? Form, string? Problem)> ReadForm(HttpContext context)
    {
        if (context.Items[FormItem] is IFormCollection read)
            return (read, null);
        if (context.Request.ContentLength > LongestForm)
            return (null, "it is larger than a form of ours can be");
        if (!context.Request.HasFormContentType)
            return (null, "it is not a form");
        try
        {
            var form = await context.Request.ReadFormAsync(
                new Microsoft.AspNetCore.Http.Features.FormOptions
                {
                    ValueCountLimit = 2000,
                    KeyLengthLimit = 100,
                    ValueLengthLimit = LongestForm,
                    MultipartBodyLengthLimit = LongestForm,
                    BufferBodyLengthLimit = LongestForm,
                },
                context.RequestAborted);
            context.Items[FormItem] = form;
            return (form, null);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return (null, "it is not a form that we can read");
        }
    }

    // Three checks, each enough by itself where a browser is honest: where it says the request comes from (Fetch Metadata), the origin, and a
    // value that only our page in this browser holds. OWASP Cross-Site Request Forgery Prevention Cheat Sheet.
    private string? WhyNotOurs(HttpContext context, IFormCollection? form)
    {
        var headers = context.Request.Headers;
        if (!StringValues.IsNullOrEmpty(headers["Sec-Fetch-Site"]) && headers["Sec-Fetch-Site"] != "same-origin")
            return "it comes from another site";
        if (!StringValues.IsNullOrEmpty(headers.Origin) && headers.Origin != options.Origin(context.Request))
            return "it comes from another site";
        return OfficeCookie.Read(context.Request, options) is { } cookie && form is not null && Tokens.AreEqual(form[TokenField].ToString(), Tokens.ForForms(cookie))
            ? null
            : "the page that sent it is too old, or not ours";
    }

    /// <summary>Whether a request comes from the machine itself.</summary>
    public static bool IsThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is not { } address || System.Net.IPAddress.IsLoopback(address);

    [LoggerMessage(LogLevel.Warning, "{Path}: a change was refused: {Problem}")]
    private partial void LogRefused(string path, string problem);

    [LoggerMessage(LogLevel.Error, "{Path}: {Sentence}")]
    private partial void LogUnavailable(string path, string sentence);

    [LoggerMessage(LogLevel.Error, "{Path}: the page could not be made")]
    private partial void LogFailure(Exception error, string path);
}
