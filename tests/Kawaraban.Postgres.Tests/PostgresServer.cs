using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kawaraban.Storage;
using Npgsql;

namespace Kawaraban.Tests.Storage;

/// <summary>A PostgreSQL of the tests' own, from Debian's package: a temporary folder, a free port of this machine, gone at the end.</summary>
/// <remarks>
/// It runs as a child that the kernel interrupts (a fast shutdown) when the thread that started it ends, however that happens: a killed test
/// run leaves a folder, which the next one removes, but no server.
/// </remarks>
public sealed class PostgresServer : IDisposable
{
    private const string Prefix = "kawaraban-postgres-";
    private const string Template = "template_kawaraban";
    private static PostgresServer? current;

    private readonly string folder = Directory.CreateTempSubdirectory(Prefix).FullName;
    private readonly BlockingCollection<Action> wishes = [];
    private readonly ManualResetEventSlim isReady = new();
    private readonly Thread keeper;
    private readonly string programs = Programs();
    private readonly NpgsqlDataSource administrator;
    private readonly bool isDurable;
    private Process? server;
    private int databases;
    private volatile string lastError = "";

    public PostgresServer()
        : this(isDurable: false)
    {
    }

    private PostgresServer(bool isDurable)
    {
        this.isDurable = isDurable;
        RemoveLeftovers();
        Port = FreePort();
        keeper = new Thread(Keep) { IsBackground = true, Name = "PostgreSQL" };
        keeper.Start();
        Wish(Make);
        Start();
        administrator = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres;Maximum Pool Size=4");
        Run($"CREATE DATABASE {Template}; CREATE ROLE guarded LOGIN PASSWORD 'right'");
        Database.Open(Address(Template)).DisposeAsync().AsTask().GetAwaiter().GetResult();
        current = this;
    }

    /// <summary>One of which what is committed outlives its falling over.</summary>
    public static PostgresServer Durable() => new(isDurable: true);

    public static PostgresServer Current => current ?? throw new InvalidOperationException("the assembly's fixture has not been made");

    public int Port { get; }

    /// <summary>Where the server's socket is.</summary>
    public string SocketFolder => folder;

    /// <summary>Makes a database, with our tables or without.</summary>
    public string Create(bool isEmpty)
    {
        var name = $"t{Interlocked.Increment(ref databases)}";
        Run($"CREATE DATABASE {name} TEMPLATE {(isEmpty ? "template0" : Template)}");
        return name;
    }

    public void Drop(string database) => Run($"DROP DATABASE {database} WITH (FORCE)");

    public string Address(string database) => $"postgres://postgres@127.0.0.1:{Port}/{database}";

    /// <summary>Runs SQL as the administrator.</summary>
    public void Run(string sql)
    {
        // One after the other: a database cannot be made in a transaction, which several statements at once are.
        using var connection = administrator.OpenConnection();
        foreach (var statement in sql.Split(';'))
        {
            using var command = new NpgsqlCommand(statement, connection);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Starts the server again.</summary>
    public void Start() => Wish(Launch);

    /// <summary>Stops the server; databases stay.</summary>
    /// <param name="isCrash">Whether it falls over, instead of ending what is under way.</param>
    public void Stop(bool isCrash = false) => Wish(() => End(isCrash));

    public void Dispose()
    {
        administrator.Dispose();
        if (server is not null)
            Stop();
        wishes.CompleteAdding();
        keeper.Join();
        wishes.Dispose();
        isReady.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    // A folder of a server that lives belongs to another test run.
    private static void RemoveLeftovers()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var file = Path.Combine(folder, "data", "postmaster.pid");
            var isOld = Directory.GetCreationTimeUtc(folder) < DateTime.UtcNow.AddMinutes(-1);
            if (isOld && !(File.Exists(file) && Directory.Exists($"/proc/{File.ReadLines(file).First()}")))
                Directory.Delete(folder, recursive: true);
        }
    }

    private static string Programs()
    {
        var versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return versions.Where(version => File.Exists($"{version}/bin/initdb"))
            .OrderByDescending(version => double.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Select(version => $"{version}/bin")
            .FirstOrDefault() ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql (./test does so)");
    }

    // The thread that the server's life hangs on.
    private void Keep()
    {
        foreach (var wish in wishes.GetConsumingEnumerable())
            wish();
    }

    private void Wish(Action wish)
    {
        var done = new TaskCompletionSource();
        wishes.Add(() =>
        {
            try
            {
                wish();
                done.SetResult();
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        done.Task.GetAwaiter().GetResult();
    }

    private void Make()
    {
        if (Environment.UserName == "root")
            Process.Start("chown", ["postgres", folder]).WaitForExit();
        var data = Path.Combine(folder, "data");
        using (var making = Start($"{programs}/initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "--auth=trust"))
            WaitFor(making);
        var access = File.ReadAllText(Path.Combine(data, "pg_hba.conf"));
        File.WriteAllText(Path.Combine(data, "pg_hba.conf"), $"host all guarded 127.0.0.1/32 scram-sha-256\n{access}");
    }

    private void Launch()
    {
        isReady.Reset();
        server = Start(
            $"{programs}/postgres", "-D", Path.Combine(folder, "data"), "-p", $"{Port}", "-k", folder, "-F", "-c", "listen_addresses=127.0.0.1",
            "-c", $"synchronous_commit={(isDurable ? "on" : "off")}", "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "autovacuum=off", "-c", "lc_messages=C");
        while (!isReady.Wait(TimeSpan.FromMilliseconds(200)))
        {
            if (server.HasExited)
                WaitFor(server);
        }
    }

    // SIGINT: fast shutdown. SIGQUIT: as if the power had gone, for all that is under way (PostgreSQL documentation, 19.5).
    private void End(bool isCrash)
    {
        using var ending = server!;
        server = null;
        Process.Start("sh", ["-c", $"kill -{(isCrash ? "QUIT" : "INT")} {ending.Id}"]).WaitForExit();
        ending.WaitForExit();
        if (!isCrash)
            WaitFor(ending);
    }

    // setpriv becomes the program itself, so its number is the program's. PostgreSQL refuses to run as root.
    private Process Start(string program, params string[] arguments)
    {
        string[] identity = Environment.UserName == "root" ? ["--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        var start = new ProcessStartInfo("setpriv", [.. identity, "--pdeathsig", "INT", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            lastError = line.Data ?? lastError;
            if (lastError.EndsWith("database system is ready to accept connections", StringComparison.Ordinal))
                isReady.Set();
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void WaitFor(Process process)
    {
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', process.StartInfo.ArgumentList)}: it ended with {process.ExitCode}: {lastError}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
