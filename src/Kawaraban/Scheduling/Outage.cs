using Kawaraban.Fetching;

namespace Kawaraban.Scheduling;

/// <summary>Tells whether it is our own way to the network that is broken. Then no source is to blame.</summary>
/// <remarks>
/// <para>One dead site is dead; many that were well, and no answer from anybody in between, are a cable of ours. Only sites that were well
/// when they were last asked are witnesses: those that fail anyway prove nothing, and they come first where a run begins with what has
/// waited longest. Sites that were never asked are half a witness or less: of an old list of blogs many are dead, and a name
/// that does not exist is answered faster than a page, so that they all come first.</para>
/// <para>Whoever has few sources, or few that are due, never hears of an outage: then a source is asked again after half an hour, as after
/// every first failure.</para>
/// </remarks>
public sealed class Outage
{
    private const int Witnesses = 8;
    private const int Strangers = 50;
    private const int Scouts = 3;

    // Long enough for a small installation to meet eight of its sites, short enough that they speak of the same outage.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenScouts = TimeSpan.FromSeconds(10);

    private readonly Lock judging = new();
    private readonly Dictionary<string, (DateTimeOffset At, bool IsWitness)> silent = [];
    private readonly List<Pardon> suspects = [];
    private bool isOn;
    private DateTimeOffset nextScout;

    /// <summary>Whether we seem to be offline.</summary>
    public bool IsOn
    {
        get
        {
            lock (judging)
                return isOn;
        }
    }

    /// <summary>When somebody may be sent to see whether it is over.</summary>
    public DateTimeOffset NextScout
    {
        get
        {
            lock (judging)
                return nextScout;
        }
    }

    /// <summary>Whether a fetch came to its end without anybody having answered, by a trouble that may be ours.</summary>
    public static bool IsSilence(FetchResult result) => result is Unreachable { Status: null, Code: "dns" or "connect" or "timeout" or "tls" };

    /// <summary>How many visits may begin: during an outage a few now and then, to see whether it is over.</summary>
    /// <param name="room">How many otherwise.</param>
    /// <param name="underWay">How many there are.</param>
    /// <param name="now">The moment.</param>
    public int Room(int room, int underWay, DateTimeOffset now)
    {
        lock (judging)
        {
            if (!isOn)
                return room;
            if (now < nextScout || underWay >= Scouts)
                return 0;
            nextScout = now + BetweenScouts;
            return Math.Min(room, Scouts - underWay);
        }
    }

    /// <summary>Hears how a fetch ended.</summary>
    /// <param name="order">Whose.</param>
    /// <param name="result">How.</param>
    /// <param name="now">When.</param>
    public Verdict Hear(Order order, FetchResult result, DateTimeOffset now)
    {
        lock (judging)
        {
            if (result.Status is not null)
                return Answered();
            // Whose way leads through a proxy of its own is no witness to ours.
            if (!IsSilence(result) || order.Request?.Proxy is not null)
                return new Verdict(isOn && result is Unreachable, null, []);
            if (isOn)
                return new Verdict(true, null, []);
            return Silent(order, now);
        }
    }

    /// <summary>A failure has been written down.</summary>
    /// <param name="pardon">How the source was before.</param>
    /// <returns>Whether it has to be taken back at once: the outage was recognised in the meantime.</returns>
    public bool IsPardoned(Pardon pardon)
    {
        lock (judging)
        {
            if (!isOn)
                suspects.Add(pardon);
            return isOn;
        }
    }

    private Verdict Answered()
    {
        var wasOn = isOn;
        isOn = false;
        silent.Clear();
        suspects.Clear();
        return new Verdict(false, wasOn ? "we are online again" : null, []);
    }

    private Verdict Silent(Order order, DateTimeOffset now)
    {
        foreach (var (key, (at, _)) in silent)
        {
            if (now - at > Memory)
                silent.Remove(key);
        }

        suspects.RemoveAll(suspect => now - suspect.FailedAt > Memory);
        if (order.Failures == 0)
            silent[order.Lease.PolitenessKey] = (now, order.ContentHash is not null);
        if (silent.Count < Strangers && silent.Values.Count(key => key.IsWitness) < Witnesses)
            return new Verdict(false, null, []);

        isOn = true;
        nextScout = now + BetweenScouts;
        IReadOnlyList<Pardon> pardons = [.. suspects];
        suspects.Clear();
        return new Verdict(
            true, $"we seem to be offline: {silent.Count} of {silent.Count} sites cannot be reached; no source is blamed", pardons);
    }
}

/// <summary>Whose fault it is that a fetch brought nothing.</summary>
/// <param name="IsOurs">Ours: the source is not to be blamed.</param>
/// <param name="Notice">What is to be told, once: that an outage has begun or is over.</param>
/// <param name="Pardons">What was written down before it was recognised, and is to be taken back.</param>
public sealed record Verdict(bool IsOurs, string? Notice, IReadOnlyList<Pardon> Pardons);
