using System.Data.Common;
using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Kawaraban.Storage;

/// <summary>A connection for the length of one question or one transaction, with its prepared statements.</summary>
/// <remarks>
/// Questions asked now and then go through Dapper on <see cref="Connection"/>; PostgreSQL plans them anew for the values they are asked
/// with. What runs for every crawl and every post goes through <see cref="Execute"/> and <see cref="Query"/>, which keep the statement
/// prepared, on PostgreSQL with one plan for all values: preparing costs several times what running does.
/// </remarks>
public sealed class Session : IAsyncDisposable
{
    // By reference: the statements are constants, and comparing their text would cost what the cache saves.
    private readonly Dictionary<string, DbCommand> prepared = new(ReferenceEqualityComparer.Instance);

    internal Session(DbConnection connection, Dialect dialect)
    {
        Connection = connection;
        Dialect = dialect;
    }

    /// <summary>The connection, inside a transaction when the session came from <see cref="Database.Write{T}"/>.</summary>
    public DbConnection Connection { get; }

    /// <summary>Whose SQL it speaks.</summary>
    public Dialect Dialect { get; }

    /// <summary>The statements it has run so far: for whoever examines their plans.</summary>
    internal IEnumerable<string> Statements => prepared.Keys;

    /// <summary>Whether it lay idle before: then its server may have gone since.</summary>
    internal bool WasIdle { get; set; }

    /// <summary>Runs a statement and says how many rows it changed.</summary>
    /// <param name="sql">A constant text: it is the key under which the prepared statement is kept.</param>
    /// <param name="parameters">Every parameter of the statement, by the name it has there: whole numbers, texts and nulls.</param>
    public async Task<int> Execute(string sql, params (string Name, object? Value)[] parameters) =>
        await (await Bind(sql, parameters)).ExecuteNonQueryAsync();

    /// <summary>Runs a statement and reads its rows. Dispose the reader before another statement runs.</summary>
    /// <inheritdoc cref="Execute" path="/param"/>
    public async Task<DbDataReader> Query(string sql, params (string Name, object? Value)[] parameters) =>
        await (await Bind(sql, parameters)).ExecuteReaderAsync();

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var command in prepared.Values)
            await command.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private async ValueTask<DbCommand> Bind(string sql, (string Name, object? Value)[] parameters)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in parameters)
                command.Parameters.Add(Parameter(command, name));
            if (Dialect == Dialect.Postgres)
                await command.PrepareAsync();
            prepared.Add(sql, command);
        }

        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = (Dialect == Dialect.Postgres ? Text(parameters[i].Value) : parameters[i].Value) ?? DBNull.Value;
        return command;
    }

    private DbParameter Parameter(DbCommand command, string name)
    {
        // The server knows the type from the statement; from a null we do not.
        if (Dialect == Dialect.Postgres)
            return new NpgsqlParameter { ParameterName = name, NpgsqlDbType = NpgsqlDbType.Unknown };
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        return parameter;
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => Storable(text),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{value.GetType().Name} is no kind of value that a statement takes"),
    };

    // PostgreSQL takes no U+0000, and no UTF-8 has half a surrogate pair; SQLite's provider replaces the latter just so.
    private static string Storable(string text)
    {
        if (!text.AsSpan().Contains('\0') && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
    }
}
