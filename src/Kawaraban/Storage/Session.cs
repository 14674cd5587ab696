using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
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
    private readonly Dictionary<string, SqliteStatement> changes = new(ReferenceEqualityComparer.Instance);
    private readonly List<(long Place, string Sql, (string Name, object? Value)[] Parameters)> last = [];

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
    internal IEnumerable<string> Statements => prepared.Keys.Concat(changes.Keys);

    /// <summary>How many characters the statements hold that wait for the end of the transaction.</summary>
    internal long Waiting { get; private set; }

    /// <summary>Whether it lay idle before: then its server may have gone since.</summary>
    internal bool WasIdle { get; set; }

    /// <summary>Runs a statement and says how many rows it changed.</summary>
    /// <param name="sql">A constant text: it is the key under which the prepared statement is kept.</param>
    /// <param name="parameters">Every parameter of the statement, by the name it has there: whole numbers, texts and nulls.</param>
    public async Task<int> Execute(string sql, params (string Name, object? Value)[] parameters) =>
        Connection is SqliteConnection sqlite
            ? Run(sqlite, sql, parameters)
            : await (await Bind(sql, parameters)).ExecuteNonQueryAsync();

    /// <summary>Runs a statement before the transaction ends; what it writes cannot be read in the transaction.</summary>
    /// <remarks>
    /// For the index of words: on SQLite it writes down what it has gathered whenever a statement begins that might have to be undone alone
    /// (sqlite.org/vtab.html, "xSavepoint"), and whenever a row does not come after the last one; both cost several times what gathering does.
    /// PostgreSQL runs the statement at once.
    /// </remarks>
    /// <param name="place">Where it comes among those that wait; of the same place, what was asked for first.</param>
    /// <param name="sql">A constant text: it is the key under which the prepared statement is kept.</param>
    /// <param name="parameters">Every parameter of the statement, by the name it has there: whole numbers, texts and nulls.</param>
    public Task ExecuteLast(long place, string sql, params (string Name, object? Value)[] parameters)
    {
        if (Dialect == Dialect.Postgres)
            return Execute(sql, parameters);
        last.Add((place, sql, parameters));
        foreach (var (_, value) in parameters)
            Waiting += value is string text ? text.Length : 0;
        return Task.CompletedTask;
    }

    /// <summary>Runs a statement and reads its rows. Dispose the reader before another statement runs.</summary>
    /// <inheritdoc cref="Execute" path="/param"/>
    public async Task<DbDataReader> Query(string sql, params (string Name, object? Value)[] parameters) =>
        await (await Bind(sql, parameters)).ExecuteReaderAsync();

    /// <summary>Runs what waits for the end of the transaction.</summary>
    internal async Task ExecuteWaiting()
    {
        foreach (var (_, sql, parameters) in last.OrderBy(statement => statement.Place))
            await Execute(sql, parameters);
        ForgetWaiting();
    }

    /// <summary>Runs none of it: the transaction is undone.</summary>
    internal void ForgetWaiting()
    {
        last.Clear();
        Waiting = 0;
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var change in changes.Values)
            change.Dispose();
        foreach (var command in prepared.Values)
            await command.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private int Run(SqliteConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        if (!changes.TryGetValue(sql, out var change))
            changes.Add(sql, change = SqliteStatement.Prepare(connection, sql, parameters));
        return change.Run(parameters);
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
            command.Parameters[i].Value = (Dialect == Dialect.Postgres ? Text(parameters[i].Value) : Storable(parameters[i].Value)) ?? DBNull.Value;
        return command;
    }

    private DbParameter Parameter(DbCommand command, string name)
    {
        // The server knows the type from the statement; from a null we do not.
        if (Dialect == Dialect.Postgres)
            return new NpgsqlParameter { ParameterName = name, NpgsqlDbType = NpgsqlDbType.Unknown };
        var parameter = command.CreateParameter();
        // With its sign, or the provider tries them all.
        parameter.ParameterName = "@" + name;
        return parameter;
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => Storable(text),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{value.GetType().Name} is no kind of value that a statement takes"),
    };

    // What SQLite is asked for is what it was given: a text with U+0000 would end there.
    private static object? Storable(object? value) => value is string text ? Storable(text) : value;

    /// <summary>A text as both engines take it: PostgreSQL knows no U+0000, SQLite ends texts there, and no UTF-8 has half a surrogate pair.</summary>
    internal static string Storable(string text)
    {
        if (!text.AsSpan().Contains('\0') && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
    }
}
