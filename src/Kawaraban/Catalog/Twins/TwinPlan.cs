using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>Which posts stand together with one, by what speaks for it now.</summary>
/// <param name="Members">They, and those that stand with them already.</param>
/// <param name="Found">Those that are new beside it, each with what it was seen by.</param>
internal sealed record TwinPlan(IReadOnlyList<TwinPost> Members, IReadOnlyList<(TwinPost Post, TwinEvidence Evidence)> Found)
{
    private static readonly TwinPlan Nothing = new([], []);

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty => Members.Count < 2;

    /// <summary>Whose rows are written.</summary>
    public IEnumerable<long> Companies => Members.Select(member => member.CompanyId).Distinct().Order();

    /// <summary>Looks for what is the same article as a post.</summary>
    public static async Task<TwinPlan> Of(Session session, long postId)
    {
        if (await TwinSearch.Find(session, postId) is not { } post)
            return Nothing;
        List<TwinPost> members = [.. await TwinSearch.Group(session, post.GroupId)];
        List<(TwinPost, TwinEvidence)> found = [];
        var same = (await TwinSearch.Candidates(session, post))
            .Select(candidate => (Post: candidate, Evidence: TwinEvidence.Weigh(post, candidate)))
            .Where(pair => pair.Evidence.Likeness == Likeness.Same)
            .OrderByDescending(pair => pair.Evidence.Strength).ThenBy(pair => pair.Post.Id);
        foreach (var (candidate, evidence) in same)
        {
            if (members.Any(member => member.Id == candidate.Id))
                continue;
            var others = await TwinSearch.Group(session, candidate.GroupId);
            // Of one source there is one at most, and what a person has put apart stays so, also by way of a third.
            if (others.Any(other => members.Any(member => member.SourceId == other.SourceId)) || await TwinSearch.AreApart(session, members, others))
                continue;
            members.AddRange(others);
            found.Add((candidate, evidence));
        }

        return new TwinPlan(members, found);
    }
}
