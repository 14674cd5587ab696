using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Kawaraban.Hosting;

/// <summary>Writes a message a line: the time, a mark where somebody should look, the sentence.</summary>
/// <remarks>What others have written may stand in a sentence; it cannot begin a line of its own or steer a terminal.</remarks>
internal sealed class PlainConsole(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    /// <summary>The name it is chosen by.</summary>
    public const string FormatterName = "plain";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z' ", CultureInfo.InvariantCulture));
        textWriter.Write(logEntry.LogLevel switch
        {
            LogLevel.Critical or LogLevel.Error => "ERROR ",
            LogLevel.Warning => "! ",
            _ => "",
        });
        foreach (var character in logEntry.Formatter(logEntry.State, logEntry.Exception))
            textWriter.Write(char.IsControl(character) ? ' ' : character);
        textWriter.WriteLine();
        if (logEntry.Exception is not null)
            textWriter.WriteLine(logEntry.Exception);
    }
}
