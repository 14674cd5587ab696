namespace Kawaraban.Feeds.Markup;

/// <summary>The kinds of damage that are mended.</summary>
internal enum RepairKind : byte
{
    JunkBeforeRoot,
    JunkAfterRoot,
    BareLessThan,
    BareAmpersand,
    UndefinedEntity,
    ControlCharacter,
    UnclosedElement,
    CrossedTags,
    StrayEndTag,
    UnclosedTag,
    UnclosedQuotation,
    UnclosedCData,
    UnclosedComment,
    Truncated,
    UndeclaredPrefix,
    WrongNamespace,
    MissingNamespace,
    MarkupInText,
    DoubleEscaped,
    DoubleEncoded,
    WindowsCharacter,
    UnknownEncoding,
    WrongEncoding,
    MissingEncoding,
    UndecodableBytes,
    UnreadableDate,
    MissingRoot,
    MissingVersion,
    BadJson,
    WrongJsonType,
    BadBase64,
    DuplicateId,
}

/// <summary>The code and the sentence of each kind of repair.</summary>
internal static class RepairSentences
{
    /// <summary>How many kinds there are.</summary>
    public const int KindCount = (int)RepairKind.DuplicateId + 1;

    /// <summary>The stable name for programs.</summary>
    public static string Code(RepairKind kind) => kind switch
    {
        RepairKind.JunkBeforeRoot => "junk-before-root",
        RepairKind.JunkAfterRoot => "junk-after-root",
        RepairKind.BareLessThan => "bare-less-than",
        RepairKind.BareAmpersand => "bare-ampersand",
        RepairKind.UndefinedEntity => "undefined-entity",
        RepairKind.ControlCharacter => "control-character",
        RepairKind.UnclosedElement => "unclosed-element",
        RepairKind.CrossedTags => "crossed-tags",
        RepairKind.StrayEndTag => "stray-end-tag",
        RepairKind.UnclosedTag => "unclosed-tag",
        RepairKind.UnclosedQuotation => "unclosed-quotation",
        RepairKind.UnclosedCData => "unclosed-cdata",
        RepairKind.UnclosedComment => "unclosed-comment",
        RepairKind.Truncated => "truncated",
        RepairKind.UndeclaredPrefix => "undeclared-prefix",
        RepairKind.WrongNamespace => "wrong-namespace",
        RepairKind.MissingNamespace => "missing-namespace",
        RepairKind.MarkupInText => "markup-in-text",
        RepairKind.DoubleEscaped => "double-escaped",
        RepairKind.DoubleEncoded => "double-encoded",
        RepairKind.WindowsCharacter => "windows-character",
        RepairKind.UnknownEncoding => "unknown-encoding",
        RepairKind.WrongEncoding => "wrong-encoding",
        RepairKind.MissingEncoding => "missing-encoding",
        RepairKind.UndecodableBytes => "undecodable-bytes",
        RepairKind.UnreadableDate => "unreadable-date",
        RepairKind.MissingRoot => "missing-root",
        RepairKind.MissingVersion => "missing-version",
        RepairKind.BadJson => "bad-json",
        RepairKind.WrongJsonType => "wrong-json-type",
        RepairKind.BadBase64 => "bad-base64",
        RepairKind.DuplicateId => "duplicate-id",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What was wrong and what was done, for the publisher to read.</summary>
    public static string Sentence(RepairKind kind, string? detail) => kind switch
    {
        RepairKind.JunkBeforeRoot => "There is something before the XML of the feed; it was passed over.",
        RepairKind.JunkAfterRoot => "There is something after the end of the feed; it was passed over.",
        RepairKind.BareLessThan => "A \"<\" begins no tag; it was taken as text. Write it as \"&lt;\".",
        RepairKind.BareAmpersand => "An \"&\" begins no reference; it was taken as text. Write it as \"&amp;\".",
        RepairKind.UndefinedEntity => $"The entity \"&{detail};\" is not defined in XML; it was read as HTML reads it. Write the character itself.",
        RepairKind.ControlCharacter => $"A control character{Of(detail)} is not allowed in XML; it was left out.",
        RepairKind.UnclosedElement => $"The element{Of(detail)} is not closed; it was closed where the next one begins.",
        RepairKind.CrossedTags => $"The end tag{Of(detail)} closes an outer element first; the inner ones were closed with it.",
        RepairKind.StrayEndTag => $"The end tag{Of(detail)} closes nothing; it was passed over.",
        RepairKind.UnclosedTag => "A tag does not end with \">\"; it was ended where the next one begins.",
        RepairKind.UnclosedQuotation => "The value of an attribute has no closing quotation mark; it was ended with the tag.",
        RepairKind.UnclosedCData => "A CDATA section is not closed with \"]]>\"; it was ended with its element or the document.",
        RepairKind.UnclosedComment => "A comment is not closed with \"-->\"; it was ended at the next \">\".",
        RepairKind.Truncated => "The document ends in the middle; what was complete has been read.",
        RepairKind.UndeclaredPrefix => $"The prefix{Of(detail)} is not declared; it was read as it is usually meant.",
        RepairKind.WrongNamespace => $"The namespace{Of(detail)} is not the module's; it was read as the prefix is usually meant.",
        RepairKind.MissingNamespace => "The feed does not declare the namespace of its format; it was read as if it did.",
        RepairKind.MarkupInText => $"The element{Of(detail)} holds unescaped markup; it was kept as HTML. Escape it or wrap it in CDATA.",
        RepairKind.DoubleEscaped => "The HTML is escaped twice; it was unescaped twice.",
        RepairKind.DoubleEncoded => "A text was encoded in UTF-8 twice; it was decoded twice.",
        RepairKind.WindowsCharacter => "A Windows-1252 character stands where Unicode has a control character; it was read as Windows means it.",
        RepairKind.UnknownEncoding => $"The declared encoding{Of(detail)} does not exist; the encoding was detected.",
        RepairKind.WrongEncoding => $"The document is not in the encoding that it declares; it was read as {detail}.",
        RepairKind.MissingEncoding => $"The document is not in UTF-8 and does not say so; it was read as {detail}.",
        RepairKind.UndecodableBytes => $"Some bytes mean nothing in {detail}; they were read as \"\uFFFD\".",
        RepairKind.UnreadableDate => $"The date{Of(detail)} cannot be read; it was left unknown.",
        RepairKind.MissingRoot => "The element that holds the feed is missing; its entries were read all the same.",
        RepairKind.MissingVersion => "The feed does not say which version of its format it is in.",
        RepairKind.BadJson => $"The JSON is damaged; what came before the damage has been read.{(detail is null ? "" : " " + detail)}",
        RepairKind.WrongJsonType => $"The value of{Of(detail)} has the wrong type; it was converted or left out.",
        RepairKind.BadBase64 => "A content that should be in base64 is not; it was taken as text.",
        RepairKind.DuplicateId => $"The id{Of(detail)} belongs to more than one entry.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Of(string? detail) => string.IsNullOrEmpty(detail) ? "" : $" \"{detail}\"";
}
