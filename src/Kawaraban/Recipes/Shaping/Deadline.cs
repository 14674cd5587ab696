namespace Kawaraban.Recipes;

/// <summary>Until when a recipe may work on a document.</summary>
/// <param name="clock">Tells how much time has passed.</param>
/// <param name="budget">How long it may take.</param>
internal sealed class Deadline(TimeProvider clock, TimeSpan budget)
{
    /// <summary>What a recipe has for one document: a thousand times what one usually takes.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(3);

    private readonly long begin = clock.GetTimestamp();

    /// <summary>Whether it is over.</summary>
    public bool IsOver => clock.GetElapsedTime(begin) > budget;

    /// <summary>What messages call it.</summary>
    public string Name => $"{budget.TotalSeconds:0.##} s";
}
