namespace Kawaraban.Storage;

/// <summary>Whose SQL is spoken. A statement that both understand is one text; where they differ two stand side by side.</summary>
public enum Dialect
{
    /// <summary>SQLite: a file of this machine.</summary>
    Sqlite,

    /// <summary>PostgreSQL: a server that many processes and machines share.</summary>
    Postgres,
}
