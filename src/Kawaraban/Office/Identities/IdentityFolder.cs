using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kawaraban.Storage;

namespace Kawaraban.Office.Identities;

/// <summary>A file of a folder of snapshots, read.</summary>
/// <param name="Number">Which.</param>
/// <param name="File">Its path.</param>
/// <param name="Snapshot">What it holds; null when it cannot be read.</param>
/// <param name="Problem">Why it is not to be trusted; null when it is.</param>
public sealed record SnapshotFile(int Number, string File, IdentitySnapshot? Snapshot, string? Problem);

/// <summary>A folder of snapshots: files are added, sealed, and neither changed nor deleted by us.</summary>
/// <remarks>
/// Put it where whoever can delete the database cannot delete it: another disk, a share, a bucket that is mounted. Each file holds the hash
/// of the one before it, so that a missing or a changed one shows.
/// </remarks>
/// <param name="folder">Its path.</param>
/// <param name="seal">Seals them.</param>
public sealed class IdentityFolder(string folder, SealedText seal)
{
    private const string Prefix = "identities-";
    private const string Suffix = ".sealed";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const UnixFileMode ReadableByOwner = UnixFileMode.UserRead;

    /// <summary>Its path.</summary>
    public string Path => folder;

    /// <summary>All of them, checked, the oldest first.</summary>
    public IReadOnlyList<SnapshotFile> Read()
    {
        if (!Directory.Exists(folder))
            return [];
        List<SnapshotFile> found = [];
        string? hash = null;
        foreach (var (number, file) in Files())
        {
            var read = Read(number, file);
            if (read.Problem is null && number != found.Count + 1)
                read = read with { Problem = $"snapshot {found.Count + 1} before it is missing" };
            else if (read.Problem is null && read.Snapshot?.Before != hash)
                read = read with { Problem = "the one before it is not the one that was there when it was taken" };
            found.Add(read);
            hash = HashOf(file);
        }

        return found;
    }

    /// <summary>The newest that can be read; null when there is none.</summary>
    public IdentitySnapshot? Newest() => Files().Reverse().Select(file => Read(file.Number, file.File).Snapshot).FirstOrDefault(snapshot => snapshot is not null);

    /// <summary>Adds one.</summary>
    /// <param name="compose">Makes it, from its number and the hash of the one before it.</param>
    /// <returns>The one that was added.</returns>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public IdentitySnapshot Add(Func<int, string?, IdentitySnapshot> compose)
    {
        try
        {
            Directory.CreateDirectory(folder);
            while (true)
            {
                var last = Files().LastOrDefault();
                var snapshot = compose(last.Number + 1, last.Number == 0 ? null : HashOf(last.File));
                if (Write(snapshot))
                    return snapshot;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{folder}: the snapshot of the staff cannot be written: {e.Message}");
        }
    }

    // Never over another: of two processes that write the same number one begins again with the next. (A move that must not overwrite looks
    // first and moves then, so both would think they were alone.) A file that was broken off shows when it is read, and the next snapshot
    // holds everything again.
    private bool Write(IdentitySnapshot snapshot)
    {
        var text = seal.Seal(JsonSerializer.Serialize(snapshot, IdentityJson.Default.IdentitySnapshot), Purpose(snapshot.Number));
        var file = FileOf(snapshot.Number);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.WriteThrough, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = ReadableByOwner;
        try
        {
            using var stream = new FileStream(file, options);
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
            return true;
        }
        catch (IOException) when (File.Exists(file))
        {
            return false;
        }
    }

    private SnapshotFile Read(int number, string file)
    {
        try
        {
            var json = seal.Open(File.ReadAllText(file), Purpose(number));
            return new SnapshotFile(number, file, JsonSerializer.Deserialize(json, IdentityJson.Default.IdentitySnapshot), null);
        }
        catch (Exception e) when (e is StorageException or JsonException or IOException or UnauthorizedAccessException)
        {
            return new SnapshotFile(number, file, null, e.Message);
        }
    }

    private IEnumerable<(int Number, string File)> Files() =>
        !Directory.Exists(folder) ? [] :
        from file in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}")
        let name = System.IO.Path.GetFileName(file)
        let number = int.TryParse(name.AsSpan(Prefix.Length, name.Length - Prefix.Length - Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0
        where number > 0
        orderby number
        select (number, file);

    private string FileOf(int number) => System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:000000}{Suffix}"));

    // Of a file that another process is writing, once it is whole: nobody may read it before.
    private static string HashOf(string file)
    {
        byte[]? bytes = null;
        IOException? trouble = null;
        SpinWait.SpinUntil(
            () =>
            {
                try
                {
                    bytes = File.ReadAllBytes(file);
                }
                catch (IOException e)
                {
                    trouble = e;
                }

                return bytes is not null;
            },
            Patience);
        return Convert.ToHexStringLower(SHA256.HashData(bytes ?? throw trouble ?? new IOException($"{file} cannot be read")));
    }

    private static string Purpose(int number) => $"identities {number}";
}
