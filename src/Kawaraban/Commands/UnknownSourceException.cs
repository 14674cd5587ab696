namespace Kawaraban.Commands;

/// <summary>A person named a source that is not there, or several where one is needed.</summary>
public sealed class UnknownSourceException(string which, string? sentence = null)
    : Exception(sentence ?? $"there is no source \"{which}\"; name its number, its address or its company (kawaraban sources list shows them)");
