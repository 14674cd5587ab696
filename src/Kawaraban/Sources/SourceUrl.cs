using Kawaraban.Unicode;

namespace Kawaraban.Sources;

/// <summary>The address of a source, in the one form by which it is known again.</summary>
public static class SourceUrl
{
    /// <summary>Reads an address as people and lists write it.</summary>
    /// <param name="text">An http or https address; <c>feed:</c> addresses and addresses without a scheme are understood.</param>
    /// <param name="url">The address without fragment, host in lower case.</param>
    /// <param name="problem">Why it is none, to follow the words "the address".</param>
    public static bool TryParse(
        string? text,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? url,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? problem)
    {
        url = null;
        var trimmed = text?.Trim() ?? "";
        problem = trimmed.Length == 0 ? "is missing" : null;
        if (problem is not null)
            return false;

        // "feed://host/path" stands for http, "feed:https://…" for what follows.
        if (trimmed.StartsWith("feed://", StringComparison.OrdinalIgnoreCase))
            trimmed = "http://" + trimmed["feed://".Length..];
        else if (trimmed.StartsWith("feed:", StringComparison.OrdinalIgnoreCase))
            trimmed = trimmed["feed:".Length..];
        if (!trimmed.Contains("://", StringComparison.Ordinal) && !trimmed.StartsWith('/') && trimmed.Contains('.', StringComparison.Ordinal))
            trimmed = "https://" + trimmed;

        if (!Uri.TryCreate(trimmed, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
            problem = $"\"{text}\" cannot be read";
        else if (parsed.Scheme is not ("http" or "https"))
            problem = $"\"{text}\" is neither http nor https";
        else if (parsed.UserInfo.Length > 0)
            problem = $"of {parsed.Host} holds a user name or a password, which would be seen by everybody who sees the source";
        else if (Host(parsed) is not { } host)
            problem = $"\"{text}\" cannot be read";
        else
            url = new UriBuilder(parsed) { Host = host, Fragment = "" }.Uri;
        return url is not null;
    }

    // ｅｘａｍｐｌｅ.com means example.com (UTS #46 §4), but a sign that stands for several may hold one that ends a host.
    private static string? Host(Uri url)
    {
        if (url.HostNameType != UriHostNameType.Dns)
            return url.Host;
        var host = Compatibility.Compose(url.Host);
        return Uri.CheckHostName(host) == UriHostNameType.Unknown ? null : host;
    }
}
