using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Kawaraban.Storage;

/// <summary>What PostgreSQL and the way to it say when something fails, and what that means.</summary>
internal static class PostgresErrors
{
    /// <summary>Whether another process got in the way of a change, so that doing it again from its beginning is likely to go well.</summary>
    /// <remarks>
    /// A key that is there already counts: between looking for a row in vain and adding it, another process may have added it
    /// (READ COMMITTED); the second time it is found. A mistake of ours breaks the rule again, and is then told.
    /// </remarks>
    public static bool IsConflict(Exception error) =>
        error is PostgresException
        {
            SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation
        };

    /// <summary>Puts an error into words (codes: PostgreSQL documentation, appendix A).</summary>
    public static StorageException Explain(DbException error, PostgresAddress address)
    {
        var (what, next) = error is PostgresException told ? Told(told, address) : Untold(error, address);
        return new StorageException($"database \"{address.Name}\": {what}; {next}", error)
        {
            // The classes of data, of constraints, of the language and of limits.
            IsMistake = error.SqlState is ['2', '2' or '3', ..] or ['4', '2', ..] or ['5', '4', ..],
        };
    }

    private static (string What, string Next) Told(PostgresException error, PostgresAddress address) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            ($"the server does not let us in ({error.MessageText})",
             "check the user and the password in KAWARABAN_DATABASE, and the server's pg_hba.conf"),
        PostgresErrorCodes.InvalidCatalogName => ("the server has no such database", $"create it: {address.CreateCommand}"),
        PostgresErrorCodes.InsufficientPrivilege =>
            ($"this user may not do that ({error.MessageText})", "make the user the owner of the database: ALTER DATABASE … OWNER TO …"),
        PostgresErrorCodes.InvalidSchemaName =>
            ("no schema is there to hold the tables", "create the first one that the user's search_path names: CREATE SCHEMA …"),
        PostgresErrorCodes.TooManyConnections =>
            ("the server has no connection left", "raise its max_connections or run fewer processes (16 connections each)"),
        PostgresErrorCodes.CannotConnectNow => ($"the server does not take connections now ({error.MessageText})", "try again in a moment"),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown =>
            ($"the server ended the connection ({error.MessageText})", "try again when it is back; what was committed is kept"),
        PostgresErrorCodes.DiskFull => ("the server's disk is full", "make room, then try again; what was committed is kept"),
        PostgresErrorCodes.OutOfMemory =>
            ("the server is out of memory", "give it more or ask it less, then try again; what was committed is kept"),
        PostgresErrorCodes.ReadOnlySqlTransaction => ("it is read-only", "name the primary server, not a standby"),
        PostgresErrorCodes.LockNotAvailable => ("another process has been writing for too long", "wait for it or stop it, then try again"),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected =>
            ("other processes got in the way of a change again and again", "try again; what was committed is kept"),
        PostgresErrorCodes.QueryCanceled =>
            ("a statement took too long", "look at what else the server does, then try again; what was committed is kept"),
        PostgresErrorCodes.IoError =>
            ($"the server's disk failed to read or write ({error.MessageText})",
             "look at the disk, then try again; what was committed is kept"),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted =>
            ($"it is damaged ({error.MessageText})", "restore a backup"),
        _ => ($"{error.MessageText} ({error.SqlState})", "this is likely a mistake of ours: please report it"),
    };

    private static (string What, string Next) Untold(DbException error, PostgresAddress address) => Cause(error) switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.AddressNotAvailable } =>
            ($"nobody listens {address.Place}", "start PostgreSQL there, or check the address in KAWARABAN_DATABASE"),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
            ("there is no host of that name", "check the address in KAWARABAN_DATABASE"),
        TimeoutException => ("the server did not answer in time", "look whether it is up and the network lets us through, then try again"),
        SocketException or IOException =>
            ($"the connection to the server broke ({error.Message})", "try again when it is back; what was committed is kept"),
        _ => ($"{error.Message}", "check the address in KAWARABAN_DATABASE and that the server is up"),
    };

    private static Exception Cause(Exception error) =>
        error.InnerException is { } inner and (SocketException or TimeoutException or IOException)
            ? inner is IOException { InnerException: SocketException socket } ? socket : inner
            : error;
}
