using Npgsql;

namespace Kawaraban.Storage;

/// <summary>Where a PostgreSQL database is, as <c>postgres://user:password@host:port/name?sslmode=require</c>.</summary>
/// <remarks>
/// The form is libpq's (PostgreSQL documentation, 34.1.1.2 "Connection URIs"). A socket's folder is given as <c>?host=/run/postgresql</c>.
/// What is left out comes from where PostgreSQL's own programs look: <c>PGUSER</c>, <c>PGPASSWORD</c>, <c>~/.pgpass</c>.
/// </remarks>
internal sealed class PostgresAddress
{
    private readonly NpgsqlConnectionStringBuilder connection;

    private PostgresAddress(NpgsqlConnectionStringBuilder connection)
    {
        this.connection = connection;
        var host = connection.Host!.Contains(':', StringComparison.Ordinal) ? $"[{connection.Host}]" : connection.Host;
        var user = connection.Username is { } name ? Uri.EscapeDataString(name) : null;
        Name = IsSocket
            ? $"postgres:///{connection.Database}?host={host}{(user is null ? "" : $"&user={user}")}"
            : $"postgres://{(user is null ? "" : $"{user}@")}{host}:{connection.Port}/{connection.Database}";
    }

    /// <summary>The address without its password.</summary>
    public string Name { get; }

    /// <summary>Where the server listens, for a person.</summary>
    public string Place => IsSocket ? $"in {connection.Host} (port {connection.Port})" : $"at {connection.Host}:{connection.Port}";

    /// <summary>The command that creates the database.</summary>
    public string CreateCommand =>
        $"createdb -h {connection.Host} -p {connection.Port}{(connection.Username is { } user ? $" -U {user}" : "")} "
        + $"--encoding=UTF8 --template=template0 {connection.Database}";

    /// <summary>The same for Npgsql.</summary>
    public string ConnectionString => connection.ConnectionString;

    private bool IsSocket => connection.Host!.StartsWith('/');

    /// <summary>Whether an address means PostgreSQL.</summary>
    public static bool IsOne(string address) =>
        address.StartsWith("postgres://", StringComparison.Ordinal) || address.StartsWith("postgresql://", StringComparison.Ordinal);

    /// <summary>Reads an address.</summary>
    /// <exception cref="StorageException">It is not one; the message says what is wrong, and does not repeat what may be a password.</exception>
    public static PostgresAddress Parse(string address)
    {
        // libpq allows a user without a host ("34.1.1.2. Connection URIs"); Uri does not.
        if (!Uri.TryCreate(address.Replace("@/", "@localhost/", StringComparison.Ordinal), UriKind.Absolute, out var uri) || uri.Fragment.Length > 0)
            throw Wrong("it is not an address");

        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = uri.IdnHost.Length > 0 ? uri.IdnHost.Trim('[', ']') : "localhost",
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
            ApplicationName = "kawaraban",

            // The pool is ours: a session keeps its connection, and with it its prepared statements.
            Pooling = false,
        };
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            connection.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2)
            connection.Password = Uri.UnescapeDataString(user[1]);
        foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            Add(connection, option);
        if (connection.Database.Length == 0)
            throw Wrong("it names no database");
        return new PostgresAddress(connection);
    }

    private static void Add(NpgsqlConnectionStringBuilder connection, string option)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? option : option[..equals];
        var value = equals < 0 ? "" : Uri.UnescapeDataString(option[(equals + 1)..]);
        switch (name)
        {
            case "host":
                connection.Host = value;
                break;
            case "port" when int.TryParse(value, out var port) && port is > 0 and < 65536:
                connection.Port = port;
                break;
            case "user":
                connection.Username = value;
                break;
            case "password":
                connection.Password = value;
                break;
            case "application_name":
                connection.ApplicationName = value;
                break;
            case "sslrootcert":
                connection.RootCertificate = value;
                break;
            case "sslmode":
                connection.SslMode = value switch
                {
                    "disable" => SslMode.Disable,
                    "allow" => SslMode.Allow,
                    "prefer" => SslMode.Prefer,
                    "require" => SslMode.Require,
                    "verify-ca" => SslMode.VerifyCA,
                    "verify-full" => SslMode.VerifyFull,
                    _ => throw Wrong("sslmode is none of disable, allow, prefer, require, verify-ca and verify-full"),
                };
                break;
            case "port":
                throw Wrong("its port is not a number between 1 and 65535");
            default:
                throw Wrong(
                    $"there is no option \"{name}\" (there are host, port, user, password, sslmode, sslrootcert and application_name)");
        }
    }

    private static StorageException Wrong(string what) => new(
        $"KAWARABAN_DATABASE: {what}; write postgres://user:password@host:port/name, with / : @ # ? in the password as %2F %3A %40 %23 %3F");
}
