namespace Kawaraban.Feeds;

/// <summary>Why a document is not a feed.</summary>
public enum NotAFeedReason
{
    /// <summary>There are no bytes, or nothing but white space.</summary>
    Empty,

    /// <summary>It is an HTML page.</summary>
    Html,

    /// <summary>It is a picture, an archive or another binary file.</summary>
    Binary,

    /// <summary>It is XML, but not a format of feeds.</summary>
    OtherXml,

    /// <summary>It is JSON, but not a JSON Feed.</summary>
    OtherJson,

    /// <summary>It is text of some other kind.</summary>
    Text,

    /// <summary>It is larger than the parser's limit.</summary>
    TooLarge,
}

/// <summary>The document is not a feed. The message says what it is, in a sentence that a publisher understands.</summary>
public sealed class NotAFeedException(NotAFeedReason reason, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public NotAFeedReason Reason { get; } = reason;
}
