using System.Data.Common;

namespace Kawaraban.Storage;

/// <summary>How a database is read and written: what <see cref="Database"/> promises, each engine keeps in its own way.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>What messages call it; holds no password.</summary>
    string Name { get; }

    /// <summary>The migrations that opening it has applied.</summary>
    IReadOnlyList<string> MigrationsApplied { get; }

    /// <inheritdoc cref="Database.Read{T}"/>
    Task<T> Read<T>(Func<Session, Task<T>> question, CancellationToken cancellation);

    /// <inheritdoc cref="Database.Write{T}"/>
    Task<T> Write<T>(Func<Session, Task<T>> change, CancellationToken cancellation);

    /// <summary>Puts an error of the engine's into words.</summary>
    StorageException Explain(DbException error);
}
