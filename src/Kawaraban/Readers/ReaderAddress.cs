namespace Kawaraban.Readers;

/// <summary>A reader's mail address. Written into a log or a message it is masked; who needs all of it asks for <see cref="InFull"/>.</summary>
/// <param name="InFull">The whole of it.</param>
public sealed record ReaderAddress(string InFull)
{
    /// <summary>What two addresses share that are one.</summary>
    public string Key => InFull.Trim().ToLowerInvariant();

    /// <summary>The first letter and the domain's last part: <c>a•••@•••.jp</c>.</summary>
    public string Masked
    {
        get
        {
            var at = InFull.LastIndexOf('@');
            var dot = InFull.LastIndexOf('.');
            return at < 1 || dot < at ? "•••" : $"{InFull[0]}•••@•••{InFull[dot..]}";
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Masked;
}
