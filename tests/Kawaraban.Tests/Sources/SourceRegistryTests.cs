using Kawaraban.Sources;
using Kawaraban.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Sources;

public sealed class SourceRegistryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_source_is_added_once_and_due_at_once()
    {
        await using var temporary = new TemporaryDatabase();
        var registry = Registry(temporary);
        var (source, isNew) = await registry.Add(new NewSource(new Uri("https://a.example/feed"), "A"), Cancellation);
        Assert.True(isNew);
        Assert.Equal(
            new SourceCard(1, "https://a.example/feed", "A", "A", "a", null, "a.example", "active", "new", 0, null, null, null, Now, null) { HealthSentence = "it has not been visited yet" }, source);
        Assert.Equal((source, false), await registry.Add(new NewSource(new Uri("https://A.example/feed"), "other"), Cancellation));
        Assert.Equal(Now.ToUnixTimeMilliseconds(), temporary.Value<long>("SELECT ready_at FROM leases WHERE politeness_key = 'a.example'"));
    }

    [Fact]
    public async Task Importing_twice_adds_nothing()
    {
        await using var temporary = new TemporaryDatabase();
        var registry = Registry(temporary);
        var list = new OpmlList([new("A", "https://a.example/1", null), new("Ａ", "https://a.example/2", null), new("B", "https://b.example/", null)], null);
        var first = await registry.Import(list, Cancellation);
        Assert.Equal(["https://a.example/1", "https://a.example/2", "https://b.example/"], first.Added.Select(source => source.Url));
        Assert.Equal(2L, temporary.Value<long>("SELECT count(*) FROM companies"));
        var second = await registry.Import(list, Cancellation);
        Assert.Empty(second.Added);
        Assert.Equal(3, second.Known);
        Assert.Equal(3, (await registry.List(Cancellation)).Count);
    }

    [Fact]
    public async Task What_is_not_imported_is_told_with_the_reason()
    {
        await using var temporary = new TemporaryDatabase();
        var report = await Registry(temporary).Import(
            new OpmlList([new("a", null, null), new("b", "ftp://b.example/", null), new("c", "https://c.example/", null), new("c", "https://c.example/#x", null)], "end"),
            Cancellation);
        Assert.Single(report.Added);
        Assert.Equal("end", report.Problem);
        Assert.Equal(
            ["it names no address of a feed (xmlUrl)", "the address \"ftp://b.example/\" is neither http nor https", "it is in the list twice"],
            report.Skipped.Select(skipped => skipped.Reason));
    }

    [Fact]
    public async Task Companies_of_one_slug_are_numbered()
    {
        await using var temporary = new TemporaryDatabase();
        var registry = Registry(temporary);
        await registry.Import(new OpmlList([new("A B", "https://a.example/", null), new("A-B", "https://b.example/", null), new("a.b", "https://c.example/", null)], null), Cancellation);
        Assert.Equal(["a-b", "a-b-2", "a-b-3"], (await registry.List(Cancellation)).Select(source => source.CompanySlug).Order());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("https://a.example/feed")]
    [InlineData("a.example/feed")]
    [InlineData("acme")]
    [InlineData("Acme")]
    public async Task A_source_is_found_by_what_people_call_it(string which)
    {
        await using var temporary = new TemporaryDatabase();
        var registry = Registry(temporary);
        await registry.Add(new NewSource(new Uri("https://a.example/feed"), "Acme"), Cancellation);
        await registry.Add(new NewSource(new Uri("https://b.example/feed"), "Globex"), Cancellation);
        Assert.Equal("Acme", Assert.Single(await registry.Find(which, Cancellation)).Company);
    }

    [Fact]
    public async Task A_paused_source_is_never_due()
    {
        await using var temporary = new TemporaryDatabase();
        var registry = Registry(temporary);
        var (source, _) = await registry.Add(new NewSource(new Uri("https://a.example/feed")), Cancellation);
        await registry.Pause(source.Id, Cancellation);
        Assert.Equal(long.MaxValue, temporary.Value<long>("SELECT ready_at FROM leases"));
        await registry.Resume(source.Id, Cancellation);
        Assert.Equal(Now.ToUnixTimeMilliseconds(), temporary.Value<long>("SELECT ready_at FROM leases"));
    }

    [Fact]
    public async Task The_lists_of_the_corpus_are_imported_whole()
    {
        var lists = Corpus.Folder("lists");
        await using var temporary = new TemporaryDatabase();
        var registry = Registry(temporary);
        foreach (var file in Directory.GetFiles(lists, "*.opml").Order())
        {
            var list = Opml.Read(await File.ReadAllBytesAsync(file, Cancellation));
            Assert.Null(list.Problem);
            var report = await registry.Import(list, Cancellation);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{Path.GetFileName(file)}: {list.Outlines.Count} feeds, {report.Added.Count} added, {report.Known} known, {report.Skipped.Count} skipped");
            foreach (var skipped in report.Skipped)
                TestContext.Current.TestOutputHelper?.WriteLine($"  {skipped.Title} {skipped.XmlUrl}: {skipped.Reason}");
            Assert.Equal(list.Outlines.Count, report.Added.Count + report.Known + report.Skipped.Count);
            Assert.Empty((await registry.Import(list, Cancellation)).Added);
        }

        Assert.True((await registry.List(Cancellation)).Count > 1000);
    }

    private static SourceRegistry Registry(TemporaryDatabase temporary) => new(temporary.Database, url => url.Host, new FakeTimeProvider(Now));
}
