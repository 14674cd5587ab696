namespace Kawaraban.Fetching;

/// <summary>A line that allows or forbids.</summary>
/// <param name="Pattern">What it is about.</param>
/// <param name="Allows">Which of the two.</param>
internal readonly record struct RobotsRule(RobotsPattern Pattern, bool Allows);

/// <summary>All that a file says to one agent: its groups are one (RFC 9309 §2.2.1).</summary>
internal sealed class RobotsGroup
{
    // Shared with the other agents that the same lines name: a file of a thousand names over a thousand rules stays what it is.
    private readonly List<List<RobotsRule>> parts = [];

    /// <summary>The longest time that is asked for between two requests; null when none is.</summary>
    public TimeSpan? CrawlDelay { get; private set; }

    /// <summary>Adds rules, which may still grow.</summary>
    public void Add(List<RobotsRule> rules)
    {
        // Who is named twice above the same rules is named.
        if (parts.Count == 0 || parts[^1] != rules)
            parts.Add(rules);
    }

    /// <summary>Adds a time between two requests.</summary>
    public void Slow(TimeSpan delay) => CrawlDelay = CrawlDelay > delay ? CrawlDelay : delay;

    /// <summary>Whether a path may be fetched: the longest rule about it decides; of two as long, the one that allows (§2.2.2).</summary>
    /// <param name="path">As <see cref="RobotsPattern.Plain(string)"/> writes it.</param>
    public bool IsAllowed(ReadOnlySpan<byte> path)
    {
        int allows = 0, forbids = 0;
        foreach (var part in parts)
        {
            foreach (var rule in part)
            {
                var length = rule.Pattern.Length;
                if (length > (rule.Allows ? allows : forbids) && rule.Pattern.Matches(path))
                    (allows, forbids) = rule.Allows ? (length, forbids) : (allows, length);
            }
        }

        return allows >= forbids;
    }
}
