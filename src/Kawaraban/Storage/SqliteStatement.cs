using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kawaraban.Storage;

/// <summary>A statement of SQLite that is prepared once and run again and again.</summary>
/// <remarks>
/// The provider's command looks up every parameter by its name each time it runs, and makes an object of each text it binds; for a statement
/// that writes a post that costs as much as writing it.
/// </remarks>
internal sealed class SqliteStatement : IDisposable
{
    private const int OnStack = 256;

    private readonly sqlite3 connection;
    private readonly sqlite3_stmt statement;
    private readonly int[] places;

    private SqliteStatement(sqlite3 connection, sqlite3_stmt statement, int[] places) =>
        (this.connection, this.statement, this.places) = (connection, statement, places);

    /// <summary>Prepares it.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Its parameters, in the order in which they will be given.</param>
    /// <exception cref="SqliteException">It is no statement of this database.</exception>
    public static SqliteStatement Prepare(SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        // An open connection has a handle.
        var handle = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(handle, sql, out var statement, out var rest), handle);
        try
        {
            if (!string.IsNullOrWhiteSpace(rest) || parameters.Length != raw.sqlite3_bind_parameter_count(statement))
                throw new ArgumentException($"one statement and all of its parameters are wanted: {sql}", nameof(sql));
            var places = new int[parameters.Length];
            for (var i = 0; i < places.Length; i++)
            {
                places[i] = raw.sqlite3_bind_parameter_index(statement, "@" + parameters[i].Name);
                if (places[i] == 0)
                    throw new ArgumentException($"the statement has no @{parameters[i].Name}: {sql}", nameof(parameters));
            }

            return new SqliteStatement(handle, statement, places);
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    /// <summary>Runs it to its end; rows that it gives are not looked at.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        for (var i = 0; i < parameters.Length; i++)
            Bind(places[i], parameters[i].Value);
        int result;
        do
            result = raw.sqlite3_step(statement);
        while (result == raw.SQLITE_ROW);
        var changed = raw.sqlite3_changes(connection);
        // Says again what went wrong; must come first, as a statement that is under way keeps its transaction from ending.
        var again = raw.sqlite3_reset(statement);
        Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : again, connection);
        return changed;
    }

    /// <inheritdoc/>
    public void Dispose() => statement.Dispose();

    private void Bind(int place, object? value) => Check(
        value switch
        {
            null => raw.sqlite3_bind_null(statement, place),
            long number => raw.sqlite3_bind_int64(statement, place, number),
            int number => raw.sqlite3_bind_int64(statement, place, number),
            string text => BindText(place, Session.Storable(text)),
            _ => throw new ArgumentException($"{value.GetType().Name} is no kind of value that a statement takes"),
        },
        connection);

    // SQLite copies it. An empty span has no address, which would be a null.
    private int BindText(int place, string text)
    {
        if (text.Length == 0)
            return raw.sqlite3_bind_text(statement, place, "");
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most <= OnStack ? null : ArrayPool<byte>.Shared.Rent(most);
        var bytes = rented ?? stackalloc byte[OnStack];
        var result = raw.sqlite3_bind_text(statement, place, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return result;
    }

    private static void Check(int result, sqlite3 connection) => SqliteException.ThrowExceptionForRC(result, connection);
}
