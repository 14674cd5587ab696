using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Threading.RateLimiting;
using Kawaraban.Storage;
using Microsoft.AspNetCore.Http.Features;

namespace Kawaraban.Push;

/// <summary>Where hubs reach us: <c>/websub/{token}</c>. Whoever does not know a token learns nothing; whoever does can make a source due.</summary>
/// <param name="database">Where the subscriptions are.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="random">Spreads the renewals.</param>
/// <param name="log">Hears of signatures that are wrong.</param>
public sealed partial class PushEndpoint(Database database, TimeProvider clock, Random random, ILogger<PushEndpoint> log) : IDisposable
{
    /// <summary>The greatest body that is read, bytes. A feed with whole texts is some hundred kilobytes.</summary>
    public const int MostBytes = 5 << 20;

    private const int TokenLength = 43;
    private const int LongestChallenge = 2048;
    private const int LongestReason = 200;

    // A hub that many sources share comes often; who guesses comes oftener.
    private readonly PartitionedRateLimiter<string> visitors = PartitionedRateLimiter.Create<string, string>(static address => Bucket(address, 200, 50));
    private readonly PartitionedRateLimiter<long> subscriptions = PartitionedRateLimiter.Create<long, long>(static id => Bucket(id, 20, 1));

    /// <summary>A hub asks whether we meant what we asked (W3C WebSub §5.3), or denies it (§5.2).</summary>
    public async Task Verify(HttpContext context)
    {
        if (await Token(context) is not { } token)
            return;
        var query = context.Request.Query;
        var (mode, topic, challenge) = (One(query, "hub.mode"), One(query, "hub.topic"), One(query, "hub.challenge"));
        var now = clock.GetUtcNow();
        double luck;
        lock (random)
            luck = random.NextDouble();
        var isMeant = topic is not null && (mode, challenge) switch
        {
            ("subscribe", { Length: > 0 and <= LongestChallenge }) => Lease(One(query, "hub.lease_seconds")) is { } lease
                && await database.Write(session => SubscriptionTable.Confirm(session, token, topic, lease, luck, now), context.RequestAborted),
            ("unsubscribe", { Length: > 0 and <= LongestChallenge }) => await database.Write(session => SubscriptionTable.End(session, token, topic), context.RequestAborted),
            ("denied", _) => await database.Write(session => SubscriptionTable.Deny(session, token, topic, Reason(One(query, "hub.reason")), now), context.RequestAborted),
            _ => false,
        };
        if (!isMeant)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // Theirs, so it is text and nothing else to whoever looks at it.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (mode != "denied")
            await context.Response.WriteAsync(challenge!, context.RequestAborted);
    }

    /// <summary>A hub tells us that there is something new (§7). It is believed that there is, and not what it is.</summary>
    public async Task Receive(HttpContext context)
    {
        if (await Token(context) is not { } token)
            return;
        if (await database.Read(session => SubscriptionTable.FindActive(session, token, clock.GetUtcNow()), context.RequestAborted) is not { } found)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var permit = subscriptions.AttemptAcquire(found.Id);
        if (!permit.IsAcquired)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "60";
            return;
        }

        var isTrue = await IsTrue(context.Request, found.Secret, context.RequestAborted);
        if (isTrue is null)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            context.Response.Headers.Connection = "close";
            return;
        }

        if (isTrue.Value)
            await database.Write(session => SubscriptionTable.Push(session, found.Id, found.SourceId, clock.GetUtcNow()), CancellationToken.None);
        else
            Forged(found.SourceId);
        // The same whether it was believed or not (§7.1.2): who tries signatures learns nothing.
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        visitors.Dispose();
        subscriptions.Dispose();
    }

    // Null: too large.
    private static async Task<bool?> IsTrue(HttpRequest request, string secret, CancellationToken cancellation)
    {
        if (request.ContentLength > MostBytes)
            return null;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } most)
            most.MaxRequestBodySize = MostBytes + 1;
        using var signature = PushSignature.Begin(request.Headers["X-Hub-Signature"] is [{ } one] ? one : null, secret);
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            // Read to its end also when nothing can come of it: the time it takes tells nothing.
            for (var total = 0L; ;)
            {
                var read = await request.Body.ReadAsync(buffer, cancellation);
                if (read == 0)
                    return signature?.IsTrue() ?? false;
                total += read;
                if (total > MostBytes)
                    return null;
                signature?.Append(buffer.AsSpan(0, read));
            }
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // A token that cannot be one costs no question to the database.
    private async ValueTask<string?> Token(HttpContext context)
    {
        using var permit = await visitors.AcquireAsync($"{context.Connection.RemoteIpAddress}");
        if (!permit.IsAcquired)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "10";
            return null;
        }

        if (context.Request.RouteValues["token"] is string { Length: TokenLength } token && Base64Url.IsValid(token))
            return token;
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return null;
    }

    private static string? One(IQueryCollection query, string name) => query[name] is [{ } one] ? one : null;

    // What is no time, or one that is over before anything comes, is not what we asked for.
    private static TimeSpan? Lease(string? seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= (long)SubscriptionTable.ShortestLease.TotalSeconds
            ? TimeSpan.FromSeconds(Math.Min(number, (long)SubscriptionTable.LongestLease.TotalSeconds))
            : null;

    // Said to staff: no line of its own, and no more than a sentence.
    private static string? Reason(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var plain = string.Concat(text.Select(sign => char.IsControl(sign) || char.IsSurrogate(sign) ? ' ' : sign)).Trim();
        return plain.Length <= LongestReason ? plain : plain[..LongestReason] + "…";
    }

    private static RateLimitPartition<T> Bucket<T>(T of, int most, int perSecond) =>
        RateLimitPartition.GetTokenBucketLimiter(of, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = most,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });

    [LoggerMessage(LogLevel.Warning, "source {SourceId}: what was pushed is not signed as it must be, and is ignored")]
    private partial void Forged(long sourceId);
}

/// <summary>Puts the endpoint in its place.</summary>
public static class PushEndpoints
{
    /// <summary>Maps <c>/websub/{token}</c>.</summary>
    public static void MapPush(this IEndpointRouteBuilder routes)
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<PushEndpoint>();
        routes.MapMethods("/websub/{token}", [HttpMethods.Get], endpoint.Verify).AllowAnonymous();
        routes.MapMethods("/websub/{token}", [HttpMethods.Post], endpoint.Receive).AllowAnonymous();
    }
}
