using System.Collections;
using Kawaraban.Hosting;

namespace Kawaraban.Tests.Hosting;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kawaraban-settings-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Without_any_setting_the_defaults_hold() =>
        Assert.Equal("data/kawaraban.db", Read().Database);

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        WriteFile("""{ "database": "file.db", "crawling": { "gap": 1, "parallel": 7 }, "web": { "name": "from the file" } }""");
        var settings = Read(new() { ["KAWARABAN_DATABASE"] = "environment.db", ["KAWARABAN_CRAWLING_GAP"] = "3" }, ("database", "call.db"));

        Assert.Equal("call.db", settings.Database);
        Assert.Equal(TimeSpan.FromSeconds(3), settings.Crawling.Gap);
        Assert.Equal(7, settings.Crawling.Parallel);
        Assert.Equal("from the file", settings.Web.Name);
    }

    [Fact]
    public void A_misspelt_variable_is_named_with_the_nearest_right_one()
    {
        var problem = Assert.Throws<SettingsException>(() => Read(new() { ["KAWARABAN_DATBASE"] = "x" }));
        Assert.Contains("KAWARABAN_DATBASE", problem.Message, StringComparison.Ordinal);
        Assert.Contains("did you mean KAWARABAN_DATABASE?", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_of_the_file_is_named()
    {
        WriteFile("""{ "crawling": { "speed": 9 } }""");
        Assert.Contains("crawling.speed", Assert.Throws<SettingsException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_JSON_is_named_with_the_line()
    {
        WriteFile("{\n  \"database\": \n}");
        Assert.Contains("kawaraban.json, line 3", Assert.Throws<SettingsException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crawling.parallel", "0")]
    [InlineData("crawling.parallel", "many")]
    [InlineData("crawling.gap", "-1")]
    [InlineData("crawling.schedule", "every 5m")]
    [InlineData("crawling.interval", "60")]
    [InlineData("crawling.history", "0")]
    [InlineData("fetching.max-bytes", "12")]
    [InlineData("fetching.timeout", "1e9")]
    [InlineData("fetching.allow-private-networks", "yes")]
    [InlineData("fetching.contact", "me\r\nX-Evil: 1")]
    [InlineData("web.time-zone", "Asia/Edo")]
    [InlineData("web.public-url", "ftp://example.com")]
    [InlineData("web.urls", "8080")]
    public void A_value_that_cannot_be_is_refused_by_name(string key, string value) =>
        Assert.StartsWith($"{key}: ", Assert.Throws<SettingsException>(() => Read([], (key, value))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_schedule_may_be_written_as_an_interval_too_and_who_speaks_last_decides()
    {
        Assert.Equal("daily 06:00", Read().Crawling.Schedule.ToString());
        Assert.Equal("adaptive", Read([], ("crawling.schedule", "adaptive")).Crawling.Schedule.ToString());
        Assert.Equal("every 90m", Read(new() { ["KAWARABAN_CRAWLING_SCHEDULE"] = "adaptive" }, ("crawling.interval", "5400")).Crawling.Schedule.ToString());
    }

    [Fact]
    public void A_proxy_that_cannot_be_is_refused_without_its_password()
    {
        Assert.Equal("http://***@proxy.example:3128", Read([], ("fetching.proxy", "http://user:secret@proxy.example:3128")).Fetching.Proxy?.ToString());
        var message = Assert.Throws<SettingsException>(() => Read([], ("fetching.proxy", "ftp://user:secret@proxy.example"))).Message;
        Assert.StartsWith("fetching.proxy: \"ftp://***@proxy.example\" begins with none of", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Listening_on_all_interfaces_is_allowed() => Assert.Equal("http://*:80;http://+:81", Read([], ("web.urls", "http://*:80;http://+:81")).Web.Urls);

    [Fact]
    public void The_reference_in_the_documentation_is_that_of_the_table()
    {
        var file = Path.Combine(RepositoryFolder.Path, "docs/configuration.md");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(file, SettingsReference.Markdown());
        Assert.True(SettingsReference.Markdown() == File.ReadAllText(file), "run the tests with UPDATE_DOCS=1 to write docs/configuration.md anew");
    }

    private void WriteFile(string text) => File.WriteAllText(Path.Combine(folder, SettingsReader.FileName), text);

    private Settings Read(Hashtable? environment = null, params (string Key, string Value)[] commandLine) =>
        SettingsReader.Read(folder, environment ?? [], commandLine.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
}
