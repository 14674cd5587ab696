namespace Kawaraban.Bench.Enduring;

/// <summary>An answer of the rough origin, right or wrong; the watch hears of its end before the last bytes are sent.</summary>
internal sealed class RoughAnswer(HttpContext context, KeyWatch key)
{
    private bool isEnded;

    /// <summary>A status without a body.</summary>
    /// <param name="status">The status.</param>
    /// <param name="retryAfter">What the visitor is asked to wait, in whole seconds.</param>
    /// <param name="wait">How long the whole host is to be left alone.</param>
    public Task Status(int status, TimeSpan retryAfter = default, TimeSpan wait = default)
    {
        context.Response.StatusCode = status;
        if (retryAfter > TimeSpan.Zero)
            context.Response.Headers.RetryAfter = $"{(int)retryAfter.TotalSeconds}";
        End(wait);
        return context.Response.StartAsync(context.RequestAborted);
    }

    /// <summary>A redirect to another path of this host, which is asked for next.</summary>
    public Task Redirect(string path)
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = path;
        End(redirectsTo: path);
        return context.Response.StartAsync(context.RequestAborted);
    }

    /// <summary>A document.</summary>
    public async Task Send(byte[] body, string type, string? packing = null)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        if (packing is not null)
            context.Response.Headers.ContentEncoding = packing;
        End();
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>A feed, or that it has not changed.</summary>
    public Task Feed(byte[] body, string etag)
    {
        context.Response.Headers.ETag = etag;
        return context.Request.Headers.IfNoneMatch == etag ? Status(StatusCodes.Status304NotModified) : Send(body, "application/rss+xml");
    }

    /// <summary>A body in drops; an endless one goes on with spaces.</summary>
    public async Task Drip(byte[] body, TimeSpan pause, bool isEndless)
    {
        context.Response.ContentType = "application/rss+xml";
        const int Drops = 6;
        var drop = (body.Length / Drops) + 1;
        for (var at = 0; at < body.Length; at += drop)
        {
            if (at + drop >= body.Length && !isEndless)
                End();
            await context.Response.Body.WriteAsync(body.AsMemory(at, Math.Min(drop, body.Length - at)), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            if (at + drop < body.Length)
                await Task.Delay(pause, context.RequestAborted);
        }

        while (isEndless)
        {
            await context.Response.Body.WriteAsync(" "u8.ToArray(), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(pause, context.RequestAborted);
        }
    }

    /// <summary>Half a body.</summary>
    public async Task BreakOff(byte[] body, bool hasLength)
    {
        context.Response.ContentType = "application/rss+xml";
        if (hasLength)
            context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        Break();
    }

    /// <summary>A megabyte of headers.</summary>
    public Task Flood()
    {
        for (var i = 0; i < 256; i++)
            context.Response.Headers[$"X-Flood-{i}"] = new string('x', 4096);
        End();
        return context.Response.StartAsync(context.RequestAborted);
    }

    /// <summary>Closes the connection in the middle.</summary>
    public void Break()
    {
        End();
        context.Abort();
    }

    /// <summary>The visitor has gone, if nothing else was the end.</summary>
    public void EndIfBroken()
    {
        if (isEnded)
            return;
        isEnded = true;
        key.End(isBroken: true);
    }

    private void End(TimeSpan wait = default, string? redirectsTo = null)
    {
        isEnded = true;
        key.End(wait, redirectsTo);
    }
}
