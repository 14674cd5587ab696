namespace Kawaraban.Office.Provider;

/// <summary>The provider did not answer, or not as one does. The message says what happened; it is for the log.</summary>
public sealed class ProviderException(string message) : Exception(message);
