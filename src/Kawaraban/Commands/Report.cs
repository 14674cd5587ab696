using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Kawaraban.Catalog;
using Kawaraban.Crawling;
using Kawaraban.Office.Staff;
using Kawaraban.Recipes;
using Kawaraban.Scheduling;
using Kawaraban.Sources;

namespace Kawaraban.Commands;

/// <summary>Prints results for programs.</summary>
public static class Report
{
    /// <summary>Prints a value as indented JSON, Japanese as it is.</summary>
    public static void Json<T>(T value, JsonTypeInfo<T> type)
    {
        using var output = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }))
            JsonSerializer.Serialize(writer, value, type);
        output.WriteByte((byte)'\n');
    }
}

/// <summary>What is printed as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FoundPost[]))]
[JsonSerializable(typeof(SourceCard))]
[JsonSerializable(typeof(SourceCard[]))]
[JsonSerializable(typeof(ShownSource[]))]
[JsonSerializable(typeof(CheckedFeed))]
[JsonSerializable(typeof(Finding[]))]
[JsonSerializable(typeof(DeadLetter[]))]
[JsonSerializable(typeof(ShownDeadLetter[]))]
[JsonSerializable(typeof(StaffReport))]
[JsonSerializable(typeof(StaffReport[]))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(CrawlRunReport))]
[JsonSerializable(typeof(PreviewReport))]
[JsonSerializable(typeof(SuggestionReport))]
[JsonSerializable(typeof(TestedSample[]))]
[JsonSerializable(typeof(RecipeVersion[]))]
[JsonSerializable(typeof(ReshapingReport))]
[JsonSerializable(typeof(Article))]
[JsonSerializable(typeof(Article[]))]
[JsonSerializable(typeof(TwinCandidates[]))]
[JsonSerializable(typeof(TwinsFound))]
internal sealed partial class ReportJson : JsonSerializerContext;
