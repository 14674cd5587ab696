namespace Kawaraban.Fetching;

/// <summary>A body is packed in a way we do not know, or wrongly. Never leaves the folder.</summary>
internal sealed class UnpackException(string sentence, Exception? cause = null) : Exception(sentence, cause);
