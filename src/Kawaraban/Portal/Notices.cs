namespace Kawaraban.Portal;

/// <summary>Pages that say, in the reader's language, that something is not there or went wrong, and where to go instead.</summary>
internal static class Notices
{
    /// <summary>404.</summary>
    public static Task<Reply> NotFound(Visit visit, CancellationToken cancellation) =>
        Say(visit, visit.Words.NotFound, visit.Words.NotFoundText, StatusCodes.Status404NotFound, cancellation);

    /// <summary>400.</summary>
    public static Task<Reply> BadRequest(Visit visit, CancellationToken cancellation) =>
        Say(visit, visit.Words.BadRequest, visit.Words.BadRequestText, StatusCodes.Status400BadRequest, cancellation);

    /// <summary>503.</summary>
    public static Task<Reply> Unavailable(Visit visit, CancellationToken cancellation) =>
        Say(visit, visit.Words.Unavailable, visit.Words.UnavailableText, StatusCodes.Status503ServiceUnavailable, cancellation);

    /// <summary>500.</summary>
    public static Task<Reply> Failure(Visit visit, CancellationToken cancellation) =>
        Say(visit, visit.Words.Failure, visit.Words.FailureText, StatusCodes.Status500InternalServerError, cancellation);

    private static async Task<Reply> Say(Visit visit, string title, string text, int status, CancellationToken cancellation)
    {
        var page = new NoticePage(visit, title, text, status) { IsPrivate = true };
        return await Press.Print(Slices.Notice.Create(page), cancellation) with { Status = status, CacheControl = Reply.AskAgain };
    }
}
