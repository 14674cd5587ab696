namespace Kawaraban.Commands;

/// <summary>A person named a source that is not there.</summary>
public sealed class UnknownSourceException(string which)
    : Exception($"there is no source \"{which}\"; name its number, its address or its company (kawaraban sources list shows them)");
