namespace Kawaraban.Fetching;

/// <summary>Why there is no connection. Carries the words through the HTTP handler, and never leaves the folder.</summary>
internal sealed class NoConnectionException(string code, string sentence, Exception? cause = null) : IOException(sentence, cause)
{
    /// <summary>The code of a refusal of ours.</summary>
    public const string Forbidden = "forbidden-address";

    /// <summary>The code of a proxy that does not take us to the target.</summary>
    public const string Proxy = "proxy";

    /// <summary>The stable name of the outcome.</summary>
    public string Code { get; } = code;
}
