using Kawaraban.Storage;

namespace Kawaraban.Tests.Storage;

public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData("postgres://u:p%40ss%2F@db.example:5433/news", "postgres://u@db.example:5433/news", "at db.example:5433")]
    [InlineData("postgresql://u@db.example/news?sslmode=verify-full", "postgres://u@db.example:5432/news", "at db.example:5432")]
    [InlineData("postgres://[::1]/news?user=u", "postgres://u@[::1]:5432/news", "at ::1:5432")]
    [InlineData("postgres:///news?host=%2Frun%2Fpostgresql&user=u", "postgres:///news?host=/run/postgresql&user=u", "in /run/postgresql (port 5432)")]
    public void Its_name_has_everything_but_the_password(string text, string name, string place)
    {
        var address = PostgresAddress.Parse(text);
        Assert.Equal((name, place), (address.Name, address.Place));
    }

    [Fact]
    public void The_password_is_decoded() =>
        Assert.Contains("Password=p@ss/", PostgresAddress.Parse("postgres://u:p%40ss%2F@h/n").ConnectionString, StringComparison.Ordinal);

    [Theory]
    [InlineData("postgres://u:secret#@h/n", "not an address")]
    [InlineData("postgres://u:secret@h", "names no database")]
    [InlineData("postgres://u:secret@h/n?sslmode=always", "sslmode is none of")]
    [InlineData("postgres://u:secret@h/n?port=0", "port is not a number")]
    [InlineData("postgres://u:secret@h/n?pool=3", "no option \"pool\"")]
    [InlineData("postgres://u:secret@h:99999/n", "not an address")]
    public void What_is_wrong_is_said_without_the_password(string text, string what)
    {
        var error = Assert.Throws<StorageException>(() => PostgresAddress.Parse(text));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }
}
