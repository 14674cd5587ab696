using Kawaraban.Storage;
using Npgsql;

namespace Kawaraban.Tests.Storage;

/// <summary>A database of its own, gone at the end of the test.</summary>
public sealed class TemporaryDatabase : IAsyncDisposable
{
    private readonly string name;
    private Database? database;

    public TemporaryDatabase()
        : this(isEmpty: false)
    {
    }

    private TemporaryDatabase(bool isEmpty) => name = PostgresServer.Current.Create(isEmpty);

    /// <summary>What a clock that tests turn leaves the database between two steps: here every statement is a journey.</summary>
    public static TimeSpan Pace { get; } = TimeSpan.FromMilliseconds(10);

    /// <summary>What the setting would hold.</summary>
    public string Address => PostgresServer.Current.Address(name);

    public Database Database => database ??= Database.Open(Address);

    /// <summary>One without tables.</summary>
    public static TemporaryDatabase Empty() => new(isEmpty: true);

    /// <summary>How many rows the transaction has written so far.</summary>
    public static async Task<long> RowsWritten(Session session)
    {
        await using var row = await session.Query("SELECT CAST(sum(n_tup_ins + n_tup_upd + n_tup_del) AS BIGINT) FROM pg_stat_xact_user_tables");
        await row.ReadAsync();
        return row.GetInt64(0);
    }

    public long CountTables() => Value<long>("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'");

    /// <summary>As a new start of the program does.</summary>
    public async Task Reopen()
    {
        if (database is not null)
            await database.DisposeAsync();
        database = null;
    }

    /// <summary>Runs SQL on a connection of the test's own.</summary>
    public void Run(string sql)
    {
        using var connection = Connect();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row.</summary>
    public T Value<T>(string sql)
    {
        using var connection = Connect();
        using var command = new NpgsqlCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        await Reopen();
        PostgresServer.Current.Drop(name);
    }

    private NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={PostgresServer.Current.Port};Username=postgres;Database={name};Pooling=false");
        connection.Open();
        return connection;
    }
}
