using System.Collections.Concurrent;
using Kawaraban.Crawling;
using Kawaraban.Recipes;

namespace Kawaraban.Office;

/// <summary>Documents of sources as they were fetched a short while ago, so that somebody who works on a recipe asks the site once and not with every
/// letter. Whoever loses them fetches again.</summary>
/// <param name="preview">Fetches, politely.</param>
/// <param name="clock">Tells how old they are.</param>
internal sealed class PreviewDocuments(RecipePreview preview, TimeProvider clock)
{
    private const int MostKept = 16;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<(long SourceId, string Address), Kept> kept = new();

    /// <summary>A preview on the document as it is on the web, or was a short while ago.</summary>
    /// <param name="source">The source.</param>
    /// <param name="recipe">The recipe to try; null for the source's own.</param>
    /// <param name="cancellation">Gives up waiting; what is being fetched is there for who asks next.</param>
    public async Task<PreviewReport> Of(RecipeSource source, string? recipe, CancellationToken cancellation)
    {
        var address = EffectiveRecipe.Of(recipe ?? source.Recipe, source.Url, null, source.Platform).Compiled.Document.Source?.Address ?? source.Url.AbsoluteUri;
        var now = clock.GetUtcNow();
        foreach (var (key, old) in kept)
        {
            if (old.Until <= now || kept.Count > MostKept)
                kept.TryRemove(KeyValuePair.Create(key, old));
        }

        var one = kept.GetOrAdd((source.SourceId, address), _ => new Kept(now + Fresh, new(() => Fetch(source, recipe))));
        RecipeSample? sample = null;
        try
        {
            var first = await one.Report.Value.WaitAsync(cancellation);
            sample = first.Sample;
            return sample is null ? first : await preview.Of(source, new PreviewOptions(recipe, sample), cancellation);
        }
        finally
        {
            // Nothing was had, and may be at the next attempt.
            if (sample is null && one.Report.Value.IsCompleted)
                kept.TryRemove(KeyValuePair.Create((source.SourceId, address), one));
        }
    }

    /// <summary>The document itself; null when there is none at hand.</summary>
    public RecipeSample? Find(long sourceId) =>
        kept.Where(one => one.Key.SourceId == sourceId && one.Value.Until > clock.GetUtcNow() && one.Value.Report is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            .Select(one => one.Value.Report.Value.Result.Sample).FirstOrDefault(sample => sample is not null);

    /// <summary>The next preview fetches again.</summary>
    public void Forget(long sourceId)
    {
        foreach (var (key, old) in kept)
        {
            if (key.SourceId == sourceId)
                kept.TryRemove(KeyValuePair.Create(key, old));
        }
    }

    private async Task<PreviewReport> Fetch(RecipeSource source, string? recipe)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        return await preview.Of(source, new PreviewOptions(recipe), patience.Token);
    }

    private sealed record Kept(DateTimeOffset Until, Lazy<Task<PreviewReport>> Report);
}
