using Kawaraban.Bench.Enduring;
using Kawaraban.Tests.Storage;

namespace Kawaraban.Faults.Tests;

/// <summary>The small version of <c>bench endure</c>; what is asserted is what the origin has counted.</summary>
public sealed class EnduranceTests
{
    [Fact]
    public async Task Three_processes_that_are_killed_at_random_lose_nothing_do_nothing_twice_and_trouble_nobody()
    {
        using var server = new PostgresServer();
        var field = new RoughField(Sources: 500, Hosts: 60, Hot: 170, TimeSpan.FromMilliseconds(30));
        var report = await Endurance.Run(
            new EndurancePlan(field, [UnderTest.Program], server.Address(server.Create(isEmpty: true)), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(150)),
            TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage($"{report.Kills} kills in {report.Elapsed.TotalSeconds:0} s, least gap {report.LeastGap?.TotalMilliseconds:0.0} ms");

        Assert.True(report.Kills >= 3, $"{report.Kills} kills");
        Assert.Empty(report.Breaches);
        Assert.Equal(1, report.MostAtOnceToOneHost);
        Assert.InRange(report.MostAtOnce, 2, 8);
        Assert.True(report.LeastGap >= field.Gap);

        Assert.Empty(report.Lost);
        Assert.Empty(report.Doubled);
        Assert.Empty(report.Unanswered);
        Assert.InRange(report.Answers - report.Successes, 0, report.MayBeForgotten);
        Assert.Equal(report.PostsExpected, report.Posts);
        Assert.Equal(report.Posts, report.NewPosts);
        Assert.Equal(report.Posts, report.PostsOfCompanies);
        Assert.Equal(report.Posts, report.PostsInIndex);

        Assert.Equal([0, 0, 0], report.ExitCodes);
        Assert.Equal((0, 0), (report.Held, report.DeadLetters));
    }
}
