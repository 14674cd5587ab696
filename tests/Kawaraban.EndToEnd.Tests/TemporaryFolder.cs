using Microsoft.Data.Sqlite;

namespace Kawaraban.EndToEnd.Tests;

/// <summary>A working folder that is gone at the end of the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Name { get; } = Directory.CreateTempSubdirectory("kawaraban-").FullName;

    /// <summary>Where the program keeps its data unless told otherwise.</summary>
    public string Database => Path.Combine(Name, "data", "kawaraban.db");

    public string File(string name, string text)
    {
        var path = Path.Combine(Name, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The first value of the first row.</summary>
    public T Value<T>(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    public void Dispose() => Directory.Delete(Name, recursive: true);
}
