using Microsoft.Data.Sqlite;

namespace Kawaraban.Storage;

/// <summary>The database could not do its work. The message says what happened, to which database, and what to do; show it as it is.</summary>
public sealed class StorageException(string message, Exception? cause = null) : Exception(message, cause)
{
    private const string OurMistake = "this is likely a mistake of ours: please report it";

    /// <summary>Whether the database is well and the statement was wrong: it broke a rule of the tables, a limit or the language.</summary>
    public bool IsMistake { get; internal init; }

    /// <summary>Puts an error of SQLite into words.</summary>
    /// <param name="error">What SQLite said (result codes: <see href="https://www.sqlite.org/rescode.html"/>).</param>
    /// <param name="path">The database, as it was configured.</param>
    internal static StorageException From(SqliteException error, string path)
    {
        var (what, next) = error.SqliteErrorCode switch
        {
            5 or 6 => ("another process has been writing for too long", "wait for it or stop it, then try again"),
            8 => ("it is read-only", "allow this user to write to the file and its folder"),
            10 => ($"the disk failed to read or write it ({error.Message})", "look at the disk, then try again; what was committed is kept"),
            11 => ("it is damaged", "restore a backup"),
            13 => ("the disk is full", "make room, then try again; what was committed is kept"),
            14 => ("it cannot be opened", "check that the path names a file in a folder this user may write to"),
            26 => ("the file is not a database", "name another file (KAWARABAN_DATABASE) or move this one away"),
            _ => (error.Message, OurMistake),
        };
        return new StorageException($"database \"{path}\": {what}; {next}", error) { IsMistake = error.SqliteErrorCode is 1 or 18 or 19 or 20 or 21 or 25 };
    }

    /// <summary>An error that no one has put into words.</summary>
    internal static StorageException Unknown(Exception error, string database) =>
        new($"database \"{database}\": {error.Message}; {OurMistake}", error);

    /// <summary>Something was asked of a database that is being closed.</summary>
    internal static StorageException Closing(string database) => new($"database \"{database}\": it is being closed; start again");
}
