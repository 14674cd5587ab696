namespace Kawaraban.Hosting;

/// <summary>A setting is wrong or unknown. The message names it, where it stands and what would be right.</summary>
public sealed class SettingsException(string message) : Exception(message);
