using System.Globalization;
using System.Text;

namespace Kawaraban.Hosting;

/// <summary>Writes a message a line: the time, a mark where somebody should look, the sentence.</summary>
/// <remarks>What others have written may stand in a sentence; it cannot begin a line of its own or steer a terminal.</remarks>
internal sealed class PlainConsole(TextWriter console, TimeProvider clock) : ILoggerProvider, ILogger
{
    /// <summary>One logger for everybody: whose message it is does not stand in the line.</summary>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <summary>What is written is chosen by filters, before it comes here.</summary>
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'} ");
        line.Append(logLevel switch
        {
            LogLevel.Critical or LogLevel.Error => "ERROR ",
            LogLevel.Warning => "! ",
            _ => "",
        });
        foreach (var character in formatter(state, exception))
            line.Append(char.IsControl(character) ? ' ' : character);
        line.AppendLine();
        if (exception is not null)
            line.Append(exception).AppendLine();

        // One call a message, as the writers of a console take turns; a console that is gone is no reason to stop.
        try
        {
            console.Write(line.ToString());
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Nothing is held back, so there is nothing to write at the end.</summary>
    public void Dispose()
    {
    }
}
