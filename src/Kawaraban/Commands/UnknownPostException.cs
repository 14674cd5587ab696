namespace Kawaraban.Commands;

/// <summary>A person named a post that is not there.</summary>
/// <param name="message">What was named, and what to do.</param>
public sealed class UnknownPostException(string message) : Exception(message);
