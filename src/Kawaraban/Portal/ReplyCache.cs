using System.Collections.Concurrent;

namespace Kawaraban.Portal;

/// <summary>Keeps replies for some seconds, so that a page a thousand readers look at is made once; never more bytes than it may.</summary>
/// <remarks>
/// Two generations: the young one takes what is new and what is asked for again; when it is half of the whole, the old one is dropped and
/// the young one becomes old. What nobody asks for goes within two turns, without a list to keep in order.
/// </remarks>
/// <param name="clock">Tells the age.</param>
/// <param name="mostBytes">The most it keeps, bytes of body and key.</param>
internal sealed class ReplyCache(TimeProvider clock, long mostBytes = 32 * 1024 * 1024)
{
    /// <summary>How long a reply is given again, whatever happens in the database.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly Lock turning = new();
    private Generation young = new();
    private Generation old = new();

    /// <summary>The bytes it keeps now.</summary>
    public long Bytes => Interlocked.Read(ref young.Bytes) + Interlocked.Read(ref old.Bytes);

    /// <summary>The reply to the same question, if it is fresh.</summary>
    public SentReply? Find(string key)
    {
        if (young.Replies.TryGetValue(key, out var kept))
            return IsFresh(kept) ? kept.Reply : null;
        if (!old.Replies.TryGetValue(key, out kept) || !IsFresh(kept))
            return null;
        Keep(key, kept);
        return kept.Reply;
    }

    /// <summary>Keeps a reply.</summary>
    public void Keep(string key, SentReply reply) => Keep(key, new Kept(reply, clock.GetTimestamp()));

    private bool IsFresh(Kept kept) => clock.GetElapsedTime(kept.Since) < Freshness;

    private void Keep(string key, Kept kept)
    {
        var generation = young;
        var size = Size(key, kept);
        if (size > mostBytes / 8)
            return;
        var added = size;
        generation.Replies.AddOrUpdate(
            key,
            kept,
            (_, replaced) =>
            {
                added = size - Size(key, replaced);
                return kept;
            });
        if (Interlocked.Add(ref generation.Bytes, added) <= mostBytes / 2)
            return;
        lock (turning)
        {
            if (young == generation)
                (old, young) = (generation, new Generation());
        }
    }

    // A reply may be kept compressed twice beside itself; together these are smaller than it.
    private static long Size(string key, Kept kept) => (2L * kept.Reply.Body.Length) + (2L * key.Length) + 500;

    private sealed record Kept(SentReply Reply, long Since);

    private sealed class Generation
    {
        public readonly ConcurrentDictionary<string, Kept> Replies = new(StringComparer.Ordinal);
        public long Bytes;
    }
}
