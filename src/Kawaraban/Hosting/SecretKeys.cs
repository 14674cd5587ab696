using System.Text;
using Kawaraban.Storage;

namespace Kawaraban.Hosting;

/// <summary>Finds the keys that seal what the database must not show: in the settings, or in a file beside a SQLite database.</summary>
/// <param name="settings">The installation's.</param>
internal sealed class SecretKeys(Settings settings)
{
    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The keys. The file is made when there is none yet.</summary>
    /// <exception cref="StorageException">There are none, or they cannot be read.</exception>
    public IReadOnlyList<byte[]> Find()
    {
        if (settings.SecretKeys.Count > 0)
            return settings.SecretKeys;
        if (PostgresAddress.IsOne(settings.Database))
            throw new StorageException("secrets.keys is not set: processes that share a database need the same key. Make one with: openssl rand -base64 32");

        var file = settings.Database + ".key";
        try
        {
            if (!File.Exists(file))
                Make(file);
            return SealedText.ReadKeys(File.ReadAllText(file).Trim())
                ?? throw new StorageException($"{file}: it holds no key; put back the one that was there, or what was sealed with it is lost");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{file}: the key cannot be read or made: {e.Message}");
        }
    }

    // Never over another: of two processes that start together the second finds what the first has made.
    private static void Make(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnersAlone;
        try
        {
            using var stream = new FileStream(file, options);
            stream.Write(Encoding.ASCII.GetBytes(SealedText.NewKey() + "\n"));
            stream.Flush(flushToDisk: true);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Made by the other; it may still be writing its one line.
            SpinWait.SpinUntil(() => new FileInfo(file).Length > 0, TimeSpan.FromSeconds(2));
        }
    }
}
