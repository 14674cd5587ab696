using System.Data.Common;

namespace Kawaraban.Storage;

/// <summary>A connection for the length of one question or one transaction, with its prepared statements.</summary>
/// <remarks>
/// Questions asked now and then go through Dapper on <see cref="Connection"/>. What runs for every crawl and every post goes through
/// <see cref="Execute"/> and <see cref="Query"/>, which keep the statement prepared: preparing costs several times what running does.
/// </remarks>
public sealed class Session : IAsyncDisposable
{
    // By reference: the statements are constants, and comparing their text would cost what the cache saves.
    private readonly Dictionary<string, DbCommand> prepared = new(ReferenceEqualityComparer.Instance);

    internal Session(DbConnection connection) => Connection = connection;

    /// <summary>The connection, inside a transaction when the session came from <see cref="Database.Write{T}"/>.</summary>
    public DbConnection Connection { get; }

    /// <summary>Runs a statement and says how many rows it changed.</summary>
    /// <param name="sql">A constant text: it is the key under which the prepared statement is kept.</param>
    /// <param name="parameters">Every parameter of the statement, by the name it has there.</param>
    public async Task<int> Execute(string sql, params (string Name, object? Value)[] parameters) =>
        await Bind(sql, parameters).ExecuteNonQueryAsync();

    /// <summary>Runs a statement and reads its rows. Dispose the reader before the statement runs again.</summary>
    /// <inheritdoc cref="Execute" path="/param"/>
    public async Task<DbDataReader> Query(string sql, params (string Name, object? Value)[] parameters) =>
        await Bind(sql, parameters).ExecuteReaderAsync();

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var command in prepared.Values)
            await command.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private DbCommand Bind(string sql, (string Name, object? Value)[] parameters)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }

            prepared.Add(sql, command);
        }

        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        return command;
    }
}
