using Kawaraban.Recipes;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>What became of giving a source another recipe.</summary>
/// <param name="Samples">The pinned samples that come out differently.</param>
public abstract record RecipeChange(IReadOnlyList<SampleOutcome> Samples);

/// <summary>It has it.</summary>
/// <param name="Version">The number of the version.</param>
/// <param name="Samples">The pinned samples that come out differently, and were let.</param>
public sealed record RecipeChanged(long Version, IReadOnlyList<SampleOutcome> Samples) : RecipeChange(Samples);

/// <summary>Nothing was changed: samples would come out differently.</summary>
public sealed record SamplesDiffer(IReadOnlyList<SampleOutcome> Samples) : RecipeChange(Samples);

/// <summary>Nothing was changed: such a recipe cannot be this source's.</summary>
/// <param name="Sentence">Why, and what to do.</param>
public sealed record RecipeRefused(string Sentence) : RecipeChange([]);

/// <summary>Nothing was changed: somebody else has changed it meanwhile.</summary>
public sealed record RecipeOvertaken() : RecipeChange([]);

/// <summary>Gives sources their recipes, if their pinned samples stay as they are.</summary>
/// <param name="recipes">The recipes.</param>
/// <param name="samples">The samples.</param>
/// <param name="politenessKey">Which addresses share a site.</param>
public sealed class RecipeChanging(RecipeTable recipes, SampleTable samples, Func<Uri, string> politenessKey)
{
    /// <summary>Sets one, unless that breaks a sample or leads away from the source's site.</summary>
    /// <param name="source">The source, as it was when the change began: if its recipe is another by now, nothing is changed.</param>
    /// <param name="recipe">One that <see cref="RecipeReader"/> has read; null for none.</param>
    /// <param name="who">Who wants it.</param>
    /// <param name="why">Why; null when that is not said.</param>
    /// <param name="isForced">Even where samples come out differently.</param>
    /// <param name="also">What else belongs into the transaction; hears the version. Null for nothing.</param>
    /// <param name="cancellation">Withdraws it.</param>
    public async Task<RecipeChange> Set(
        RecipeSource source, string? recipe, string who, string? why, bool isForced, Func<Session, long, Task>? also, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (recipe is not null && RecipeReader.TryRead(recipe, out var compiled, out _)
            && CanonicalUrl.Web(compiled.Document.Source?.Address) is { } address && politenessKey(address) != source.PolitenessKey)
        {
            return new RecipeRefused(
                $"source.address leads to {address.Host}, another site than the source's ({source.Url.Host}); add a source with that address instead");
        }

        var broken = (await Test(source, recipe, cancellation)).Where(outcome => outcome.Failures.Count > 0).ToList();
        if (broken.Count > 0 && !isForced)
            return new SamplesDiffer(broken);
        return await recipes.SetOver(source.SourceId, source.Version, recipe, who, why, also, cancellation) is { } version
            ? new RecipeChanged(version, broken)
            : new RecipeOvertaken();
    }

    /// <summary>What a recipe makes of a source's samples.</summary>
    public async Task<IReadOnlyList<SampleOutcome>> Test(RecipeSource source, string? recipe, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        return [.. (await samples.Of(source.SourceId, cancellation))
            .Select(sample => SampleTest.Run(sample, recipe, source.Url, source.Platform, politenessKey))];
    }
}
