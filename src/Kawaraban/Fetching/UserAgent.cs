using System.Reflection;

namespace Kawaraban.Fetching;

/// <summary>The name by which we introduce ourselves: honest, and with somebody to write to.</summary>
/// <remarks>RFC 9110 §10.1.5. A publisher who sees us in a log must be able to tell what we are, and whom to ask to stop.</remarks>
public static class UserAgent
{
    /// <summary>The product's name, which a <c>robots.txt</c> would use.</summary>
    public const string Product = "Kawaraban";

    /// <summary>Writes the header: <c>Kawaraban/0.1 (+https://example.com/about-our-crawler)</c>.</summary>
    /// <param name="contact">A page or mail address in printable ASCII without parentheses; null or empty for none.</param>
    public static string With(string? contact)
    {
        var version = typeof(UserAgent).Assembly.GetName().Version;
        var product = $"{Product}/{version?.Major ?? 0}.{version?.Minor ?? 0}";
        return string.IsNullOrWhiteSpace(contact) ? product : $"{product} (+{contact.Trim()})";
    }
}
