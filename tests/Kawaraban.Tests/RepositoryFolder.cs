namespace Kawaraban.Tests;

/// <summary>Finds the repository that the tests were built from.</summary>
internal static class RepositoryFolder
{
    /// <summary>The folder that holds <c>Kawaraban.slnx</c>.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Kawaraban.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("the tests run outside the repository: Kawaraban.slnx is in no folder above them");
    }
}
