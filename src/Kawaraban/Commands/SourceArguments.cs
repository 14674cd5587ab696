using System.CommandLine;
using Kawaraban.Crawling;
using Kawaraban.Hosting;
using Kawaraban.Sources;

namespace Kawaraban.Commands;

/// <summary>How a person names a source or an address on the command line.</summary>
internal static class SourceArguments
{
    /// <summary>The address of a feed or a site.</summary>
    public static Argument<string> Address()
    {
        var address = new Argument<string>("URL") { Description = "The address of a feed, or of a site that has one." };
        address.Validators.Add(result =>
        {
            if (!SourceUrl.TryParse(result.Tokens[0].Value, out _, out var problem))
                result.AddError($"the address {problem}");
        });
        return address;
    }

    /// <summary>A source that is there.</summary>
    public static Argument<string> Which() => new("SOURCE") { Description = "Its number, its address, or its company's name (all of its sources)." };

    /// <summary>Reads an address that <see cref="Address"/> has let through.</summary>
    public static Uri Read(string? text) =>
        SourceUrl.TryParse(text, out var url, out var problem) ? url : throw new ArgumentException($"the address {problem}", nameof(text));

    /// <summary>The sources a person means, at least one.</summary>
    /// <exception cref="UnknownSourceException">There is none.</exception>
    public static async Task<IReadOnlyList<SourceCard>> Find(Installation installation, string? which, CancellationToken cancellation) =>
        await installation.Sources.Find(which ?? "", cancellation) is { Count: > 0 } found ? found : throw new UnknownSourceException(which ?? "");

    /// <summary>Finds the feed behind an address, and tells on stderr what it does and why it did not find one.</summary>
    public static async Task<FeedFound?> FindFeed(Installation installation, Uri url, CancellationToken cancellation)
    {
        switch (await installation.FeedFinder.Find(url, new Tries(), cancellation))
        {
            case FeedFound found:
                foreach (var other in found.Others)
                    await Console.Error.WriteLineAsync($"the page has another feed: {other.Url}{(other.Title is null ? "" : $" ({other.Title})")}");
                return found;
            case NoFeedFound none:
                await Console.Error.WriteLineAsync($"kawaraban: {url}: {none.Sentence}");
                if (none.IsPage)
                    await Console.Error.WriteLineAsync($"kawaraban recipe suggest {url} proposes a recipe that finds the posts on the page itself");
                return null;
            default:
                throw new InvalidOperationException("the search for a feed ended in a way that is not known here");
        }
    }

    private sealed class Tries : IProgress<Uri>
    {
        public void Report(Uri value) => Console.Error.WriteLine($"looking at {value}");
    }
}
