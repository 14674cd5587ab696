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

    // Whole or not at all, and never over another: two processes that start together end with the same one.
    private static void Make(string file)
    {
        var draft = $"{file}.{Environment.ProcessId}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnersAlone;
        using (var writer = new StreamWriter(draft, options))
            writer.WriteLine(SealedText.NewKey());
        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }
}
