namespace Kawaraban.Bench.Enduring;

/// <summary>What an endurance run has shown: the origin's count beside the database's.</summary>
internal sealed record EnduranceReport
{
    /// <summary>From the import to the end.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How many times a process was killed.</summary>
    public required int Kills { get; init; }

    /// <summary>How many answers the killed may have had in hand.</summary>
    public required int MayBeForgotten { get; init; }

    /// <summary>How the processes ended that were asked to stop.</summary>
    public required IReadOnlyList<int> ExitCodes { get; init; }

    /// <summary>All requests, of whatever kind.</summary>
    public required long Requests { get; init; }

    /// <summary>How many hosts were asked.</summary>
    public required int Hosts { get; init; }

    /// <summary>The greatest number of requests at once.</summary>
    public required int MostAtOnce { get; init; }

    /// <summary>The same to one politeness key.</summary>
    public required int MostAtOnceToOneHost { get; init; }

    /// <summary>The least time between an answer and the next request to its key.</summary>
    public required TimeSpan? LeastGap { get; init; }

    /// <summary>What was against manners.</summary>
    public required IReadOnlyList<string> Breaches { get; init; }

    /// <summary>How many times the origin has sent a feed, or that it has not changed, to the end.</summary>
    public required int Answers { get; init; }

    /// <summary>How many visits that went well are written down.</summary>
    public required int Successes { get; init; }

    /// <summary>Sources of which more visits are written down than were answered.</summary>
    public required IReadOnlyList<int> Unanswered { get; init; }

    /// <summary>Sources that could be visited and were not.</summary>
    public required IReadOnlyList<int> Lost { get; init; }

    /// <summary>Sources that were due once and were visited twice.</summary>
    public required IReadOnlyList<int> Doubled { get; init; }

    /// <summary>How many posts there are.</summary>
    public required long Posts { get; init; }

    /// <summary>How many there are in the feeds.</summary>
    public required long PostsExpected { get; init; }

    /// <summary>How many the history says were new.</summary>
    public required long NewPosts { get; init; }

    /// <summary>How many the companies count.</summary>
    public required long PostsOfCompanies { get; init; }

    /// <summary>How many can be searched for.</summary>
    public required long PostsInIndex { get; init; }

    /// <summary>How many leases nobody has given back.</summary>
    public required long Held { get; init; }

    /// <summary>How many orders were set aside.</summary>
    public required long DeadLetters { get; init; }
}
