using Kawaraban.Crawling;
using Spectre.Console;

namespace Kawaraban.Commands;

/// <summary>Shows a crawl as it goes: a bar on a terminal, with what went wrong above it; a line a visit elsewhere.</summary>
internal sealed class CrawlDisplay : IProgress<CrawlProgress>
{
    private readonly IAnsiConsole console;
    private readonly ProgressTask? bar;
    private readonly Dictionary<string, int> outcomes = [];
    private int failed;
    private int newPosts;

    private CrawlDisplay(IAnsiConsole console, ProgressTask? bar)
    {
        this.console = console;
        this.bar = bar;
    }

    /// <summary>How many visits ended how.</summary>
    public IReadOnlyDictionary<string, int> Outcomes => outcomes;

    /// <summary>Shows a crawl on stderr.</summary>
    /// <param name="crawl">Crawls, and tells what it is given of every visit.</param>
    public static async Task<T> Show<T>(Func<CrawlDisplay, Task<T>> crawl)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi)
            return await crawl(new CrawlDisplay(console, null));
        return await console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn { Width = 30 }, new TaskDescriptionColumn(), new ElapsedTimeColumn())
            .StartAsync(progress => crawl(new CrawlDisplay(console, progress.AddTask("…", maxValue: double.MaxValue))));
    }

    /// <inheritdoc/>
    public void Report(CrawlProgress value)
    {
        var last = value.Last;
        outcomes[last.Outcome] = outcomes.GetValueOrDefault(last.Outcome) + 1;
        failed += last.IsSuccess ? 0 : 1;
        newPosts += last.NewPosts;

        // A feed names itself in the sentence; its name must not steer the terminal.
        if (bar is null || !last.IsSuccess)
            Say(string.Concat(last.Sentence.Where(character => !char.IsControl(character))));
        if (bar is null)
            return;
        bar.MaxValue = Math.Max(value.Total, 1);
        bar.Value = value.Done;
        bar.Description = $"{value.Done} of {value.Total}, {newPosts} new posts, {failed} not well";
    }

    /// <summary>Shows a sentence above the bar, or as a line.</summary>
    public void Say(string sentence)
    {
        if (bar is null)
            Console.Error.WriteLine(sentence);
        else
            console.WriteLine(sentence);
    }
}
