using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kawaraban.Bench;

/// <summary>A small table of results, printed for people or as JSON.</summary>
internal sealed class Table(string title, params string[] columns)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<object?[]> rows = [];

    /// <summary>Adds a row; numbers are shown with three significant digits, null as a dash.</summary>
    public void Add(params object?[] cells) => rows.Add(cells);

    /// <summary>Prints tables as text, or all of them as one JSON object.</summary>
    public static void Print(bool isJson, params IEnumerable<Table> tables)
    {
        if (!isJson)
        {
            foreach (var table in tables)
                table.Print();
            return;
        }

        var all = new JsonObject();
        foreach (var table in tables)
            all[table.Title] = table.ToJson();
        Console.WriteLine(all.ToJsonString(Readable));
    }

    private string Title { get; } = title;

    private JsonArray ToJson()
    {
        var array = new JsonArray();
        foreach (var row in rows)
        {
            var one = new JsonObject();
            for (var i = 0; i < columns.Length; i++)
                one[columns[i]] = row[i] switch
                {
                    double number => JsonValue.Create(Math.Round(number, 4)),
                    int number => JsonValue.Create(number),
                    long number => JsonValue.Create(number),
                    null => null,
                    var other => JsonValue.Create(other.ToString()),
                };
            array.Add((JsonNode)one);
        }

        return array;
    }

    private void Print()
    {
        var cells = rows.ConvertAll(row => Array.ConvertAll(row, Show));
        var widths = columns.Select((name, i) => cells.Select(row => row[i].Length).Append(name.Length).Max()).ToArray();
        Console.WriteLine($"\n{Title}\n");
        Console.WriteLine(Line(columns, widths));
        Console.WriteLine(string.Join("  ", widths.Select(width => new string('-', width))));
        foreach (var row in cells)
            Console.WriteLine(Line(row, widths));
    }

    private static string Line(string[] cells, int[] widths) =>
        string.Join("  ", cells.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])));

    private static string Show(object? cell) => cell switch
    {
        null => "-",
        double number when Math.Abs(number) >= 100 => number.ToString("#,##0", CultureInfo.InvariantCulture),
        double number => number.ToString("0.##", CultureInfo.InvariantCulture),
        int or long => ((IFormattable)cell).ToString("#,##0", CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };
}
