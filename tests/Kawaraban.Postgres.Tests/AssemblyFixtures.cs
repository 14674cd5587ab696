using Kawaraban.Tests.Storage;

[assembly: AssemblyFixture(typeof(PostgresServer))]
