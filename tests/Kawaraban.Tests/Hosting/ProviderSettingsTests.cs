using System.Collections;
using Kawaraban.Hosting;

namespace Kawaraban.Tests.Hosting;

public sealed class ProviderSettingsTests
{
    private static readonly Dictionary<string, string> Good = new()
    {
        ["web.public-url"] = "https://example.com",
        ["office.oidc.authority"] = "https://id.example.com/pool",
        ["office.oidc.client-id"] = "kawaraban",
        ["office.oidc.client-secret"] = "very secret",
        ["office.oidc.administrators"] = "admins, heads",
        ["office.oidc.operators"] = "operators",
    };

    [Fact]
    public void A_provider_is_named_with_its_groups()
    {
        var options = Read(Good).Provider.ToOptions();
        Assert.Equal(["admins", "heads"], options?.Administrators);
        Assert.Equal("groups", options?.GroupsClaim);
        Assert.False(options?.IsOnlyWay);
        Assert.True(Read(new(Good) { ["office.oidc.sign-in"] = "only" }).Provider.IsOnlyWay);
        Assert.Null(Read([]).Provider.ToOptions());
    }

    [Theory]
    [InlineData("office.oidc.authority", "ftp://id.example.com")]
    [InlineData("office.oidc.authority", "https://me@id.example.com")]
    [InlineData("office.oidc.authority", "http://id.example.com")]
    [InlineData("office.oidc.authority", "")]
    [InlineData("office.oidc.client-id", "")]
    [InlineData("office.oidc.client-id", "with space")]
    [InlineData("office.oidc.sign-in", "both")]
    [InlineData("office.oidc.name", "")]
    [InlineData("office.oidc.scopes", "email profile")]
    [InlineData("office.oidc.groups-claim", " ")]
    [InlineData("office.oidc.operators", "operators,admins")]
    [InlineData("office.oidc.secret", "x")]
    public void What_cannot_be_stops_the_start_and_is_named(string key, string value)
    {
        var settings = new Dictionary<string, string>(Good) { [key] = value };
        Assert.Contains(key, Assert.Throws<SettingsException>(() => Read(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_groups_or_an_address_of_ours_nobody_could_get_in()
    {
        Assert.Contains("office.oidc.administrators", Problem(new(Good) { ["office.oidc.administrators"] = "", ["office.oidc.operators"] = " , " }), StringComparison.Ordinal);
        var without = new Dictionary<string, string>(Good);
        without.Remove("web.public-url");
        Assert.Contains("web.public-url", Problem(without), StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_http_is_for_this_machine_and_private_networks_alone()
    {
        Assert.NotNull(Read(new(Good) { ["office.oidc.authority"] = "http://127.0.0.1:9000/pool" }).Provider.Authority);
        Assert.NotNull(Read(new(Good) { ["office.oidc.authority"] = "http://id.intern", ["fetching.allow-private-networks"] = "true" }).Provider.Authority);
    }

    [Fact]
    public void The_secret_is_never_repeated()
    {
        Assert.DoesNotContain("very secret", Problem(new(Good) { ["office.oidc.client-id"] = "" }), StringComparison.Ordinal);
        Assert.Equal("***", SettingsTable.Find("office.oidc.client-secret")?.Shown("very secret"));
    }

    private static string Problem(Dictionary<string, string> settings) => Assert.Throws<SettingsException>(() => Read(settings)).Message;

    private static Settings Read(Dictionary<string, string> settings) => SettingsReader.Read(Path.GetTempPath(), new Hashtable(), settings);
}
