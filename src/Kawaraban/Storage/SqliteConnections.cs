using Microsoft.Data.Sqlite;

namespace Kawaraban.Storage;

/// <summary>Opens SQLite files the way we use them.</summary>
internal static class SqliteConnections
{
    static SqliteConnections()
    {
        // Counting how much memory is in use takes a lock at every piece that is asked for or given back, and nobody asks for the sum.
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <summary>Opens the one connection that writes, creating the file where there is none.</summary>
    /// <exception cref="StorageException">The file may be read only.</exception>
    public static SqliteConnection OpenForWriting(string path)
    {
        // page_size: a new file's; a post's text and entry fill a page of 8 kB better than several of 4, and half as many are written.
        // NORMAL: a killed process loses nothing; a power cut may lose the last commits, which the next crawl fetches again.
        // temp_store: of a statement that fails the pages it touched are put back from copies; in a file, these would be half of all that is
        // written. wal_autocheckpoint, in pages: what is written again and again moves to the file once in 16 MB (8 where pages have 4 kB).
        var connection = Open(path, """
            PRAGMA busy_timeout = 30000;
            PRAGMA page_size = 8192;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            PRAGMA foreign_keys = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA wal_autocheckpoint = 2000;
            PRAGMA cache_size = -8000;
            """);
        if (SQLitePCL.raw.sqlite3_db_readonly(connection.Handle, "main") != 1)
            return connection;
        connection.Dispose();
        throw new StorageException($"database \"{path}\": it is read-only; allow this user to write to the file and its folder");
    }

    /// <summary>Opens one of the connections that read.</summary>
    public static SqliteConnection OpenForReading(string path) => Open(path, """
        PRAGMA busy_timeout = 10000;
        PRAGMA query_only = ON;
        PRAGMA cache_size = -4000;
        """);

    private static SqliteConnection Open(string path, string pragmas)
    {
        // The pool here is ours: Microsoft's would give back connections without our settings.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
