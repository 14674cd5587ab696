using System.Net;
using Kawaraban.Office.Staff;
using Kawaraban.Readers;
using Kawaraban.Storage;
using Kawaraban.Tests.Office;
using Kawaraban.Tests.Storage;
using Npgsql;

namespace Kawaraban.Postgres.Tests;

/// <summary>What the role of operators' processes may do in the database, tried.</summary>
public sealed class OfficeWallTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Forbidden =>
    [
        "SELECT * FROM reader_accounts",
        "SELECT * FROM kawaraban_readers.reader_accounts",
        "SELECT * FROM kawaraban_readers.reader_follows",
        "INSERT INTO kawaraban_readers.reader_accounts (id, address, address_index, consent, consented_at, created_at) VALUES ('x', 'x', 'x', 'x', 0, 0)",
        "DROP SCHEMA kawaraban_readers CASCADE",
        "UPDATE staff SET role = 'administrator'",
        "INSERT INTO staff (id, address, address_key, name, role, status, created_at) VALUES ('x', 'x', 'x', 'x', 'administrator', 'active', 0)",
        "DELETE FROM staff",
        "UPDATE audit SET actor = 'somebody'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "INSERT INTO office_openings (role, ends_at) VALUES ('operator', 9000000000000)",
        "GRANT ALL ON SCHEMA kawaraban_readers TO kawaraban_office",
        "ALTER TABLE staff DISABLE TRIGGER ALL",
    ];

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task The_operators_login_is_refused(string statement)
    {
        await using var temporary = new TemporaryDatabase();
        _ = temporary.Database;
        var address = Login(temporary);
        await using var connection = new NpgsqlConnection(
            $"Host=127.0.0.1;Port={PostgresServer.Current.Port};Username=office_login;Database={new Uri(address).AbsolutePath.Trim('/')};Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(statement, connection);
        var error = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));
        Assert.True(error.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedTable, $"{error.SqlState}: {error.MessageText}");
    }

    [Fact]
    public async Task With_that_login_the_office_works_and_the_readers_do_not()
    {
        // The site disposes of it.
        var temporary = new TemporaryDatabase();
        _ = temporary.Database;
        await using var operators = Database.Open(Login(temporary));
        await using var site = await OfficeSite.Start(temporary, operators);
        using var browser = site.Browser();
        await ComingInTests.ByLink(site, browser, await site.Invite("aoi@example.com", by: temporary.Database));
        foreach (var path in new[] { "/office", "/office/sources", "/office/dead-letters", "/office/me" })
            Assert.Equal(HttpStatusCode.OK, (await browser.Get(path)).Status);
        await Assert.ThrowsAsync<StorageException>(() => site.Get<ReaderTable>().List(10, Cancellation));
        await Assert.ThrowsAsync<StorageException>(() => site.Staff.ChangeRole(Actor.Nobody, "aoi@example.com", StaffRole.Administrator, null, Cancellation));
    }

    // A login is of the whole server: made once.
    private static string Login(TemporaryDatabase temporary)
    {
        temporary.Run("""
            DO $body$ BEGIN
                CREATE ROLE office_login LOGIN IN ROLE kawaraban_office;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END $body$
            """);
        return new UriBuilder(temporary.Address) { UserName = "office_login", Password = "" }.Uri.AbsoluteUri;
    }
}
