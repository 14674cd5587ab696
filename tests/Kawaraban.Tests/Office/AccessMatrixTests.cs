using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Kawaraban.Hosting;
using Kawaraban.Office;
using Kawaraban.Office.Hours;
using Kawaraban.Office.Staff;
using Kawaraban.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Kawaraban.Tests.Office;

/// <summary>Every endpoint of the running application, with every kind of caller, against the table in <c>docs/access.md</c>.</summary>
public sealed partial class AccessMatrixTests
{
    private const string Table = "docs/access.md";

    /// <summary>The callers, in the order of the table's columns.</summary>
    private static readonly (string Name, Func<House, Task<OfficeBrowser>> Browser, Func<OfficeBrowser, (string? Token, string? Origin)> Form)[] Callers =
    [
        ("nobody", house => Task.FromResult(house.Nobody()), Own),
        ("operator", house => house.In(StaffRole.Operator), Own),
        ("administrator", house => house.In(StaffRole.Administrator), Own),
        ("disabled", house => house.Disabled(), Own),
        ("expired", house => house.Expired(), Own),
        ("wrong token", house => house.In(StaffRole.Administrator), _ => ("bm90IG91cnM", null)),
        ("other origin", house => house.In(StaffRole.Administrator), browser => (browser.FormToken, "https://evil.example")),
        ("token", house => house.Program(), _ => (null, null)),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_answers_every_caller_as_the_table_says()
    {
        await using var house = await House.Start(HoursOptions.Always);
        Assert.True(AccessHours.TryParse($"{DateTime.UtcNow.AddDays(3):ddd} 10:00-11:00 UTC", out var another, out _));
        await using var closed = await House.Start(new HoursOptions(another, another, null));
        var written = Rows(await File.ReadAllLinesAsync(Path.Combine(RepositoryFolder.Path, Table), Cancellation));
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (method, endpoint) in house.Endpoints)
            found[$"{method} {ContentHash().Replace(endpoint.RoutePattern.RawText!, "-HASH.")}"] = await Row(house, closed, method, endpoint);
        Assert.True(found.Count > 40, $"only {found.Count} endpoints were found");

        var differences = found.Where(row => written.GetValueOrDefault(row.Key) != row.Value).Select(row => $"| `{row.Key}` | {row.Value} |")
            .Concat(written.Keys.Except(found.Keys).Select(key => $"no longer there: {key}")).ToList();
        Assert.True(differences.Count == 0, $"{Table} differs; these rows are what the application does:\n{string.Join('\n', differences)}");
    }

    private static async Task<string> Row(House house, House closed, string method, RouteEndpoint endpoint)
    {
        var policy = endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? "open";
        var row = new StringBuilder(policy);
        foreach (var (_, browserOf, formOf) in Callers)
        {
            using var browser = await browserOf(house);
            var (token, origin) = formOf(browser);
            row.Append(" | ").Append(await Outcome(browser, method, endpoint, token, origin));
        }

        using var late = await closed.In(StaffRole.Administrator);
        return row.Append(" | ").Append(await Outcome(late, method, endpoint, late.FormToken, null)).ToString();
    }

    private static async Task<string> Outcome(OfficeBrowser browser, string method, RouteEndpoint endpoint, string? token, string? origin)
    {
        var path = House.Path(endpoint.RoutePattern);
        var isChange = method == "POST";
        using var form = isChange ? new FormUrlEncodedContent([KeyValuePair.Create("token", token ?? "")]) : null;
        var answer = await browser.Send(new HttpMethod(method), path, form, origin is null ? browser.Headers : [.. browser.Headers, ("Origin", origin)]);
        Assert.True((int)answer.Status is < 500 or 503, $"{method} {path} answered {answer.Status}");
        return answer.IsToTheDoor ? "door"
            : answer.Status == HttpStatusCode.Unauthorized ? "401"
            : answer.Status == HttpStatusCode.Forbidden ? "403"
            : "in";

    }

    // The addresses of style sheets change with their content.
    [GeneratedRegex("-[0-9a-f]{10}\\.")]
    private static partial Regex ContentHash();

    private static (string? Token, string? Origin) Own(OfficeBrowser browser) => (browser.FormToken, null);

    private static Dictionary<string, string> Rows(IEnumerable<string> lines) =>
        lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | ", 2))
            .ToDictionary(cells => cells[0].Trim('`'), cells => cells[1]);

    /// <summary>The application as it runs, all roles but the crawler.</summary>
    private sealed class House : IAsyncDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("kawaraban-").FullName;
        private readonly Uri address = new($"http://127.0.0.1:{FreePort()}");
        private readonly Dictionary<StaffRole, StaffMember> members = [];
        private Installation? installation;
        private WebApplication? site;

        public IEnumerable<(string Method, RouteEndpoint Endpoint)> Endpoints =>
            from endpoint in ((IEndpointRouteBuilder)site!).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]
            from method in methods
            where method != "HEAD"
            select (method, endpoint);

        public static async Task<House> Start(HoursOptions hours)
        {
            var house = new House();
            var settings = new Settings
            {
                Database = System.IO.Path.Combine(house.folder, "kawaraban.db"),
                Hours = hours,
                Web = new WebSettings { Urls = house.address.AbsoluteUri, PublicUrl = house.address },

                // One that does not answer: what is asked is who gets as far as that.
                Provider = new ProviderSettings { Authority = new Uri($"http://127.0.0.1:{FreePort()}"), ClientId = "kawaraban", Administrators = ["admins"] },
            };
            house.installation = Installation.Open(settings);
            house.site = Site.Build(house.installation, Roles.All & ~Roles.Crawler);
            await Site.Listen(house.site, settings);
            foreach (var role in Enum.GetValues<StaffRole>())
                house.members[role] = await house.Somebody(role);
            return house;
        }

        // A part of a path that is what the route wants, and nothing that is there.
        public static string Path(RoutePattern pattern) =>
            "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
            {
                RoutePatternLiteralPart literal => literal.Content,
                RoutePatternParameterPart { IsCatchAll: true } => "no/such/page",
                RoutePatternParameterPart => "999999",
                _ => "",
            }))));

        public OfficeBrowser Nobody() => new(address);

        public async Task<OfficeBrowser> In(StaffRole role) => await In(members[role]);

        public async Task<OfficeBrowser> Disabled()
        {
            var member = await Somebody(StaffRole.Administrator);
            var browser = await In(member);
            await installation!.Database.Write(
                session => session.Execute("UPDATE staff SET status = 'disabled' WHERE id = @id", ("id", member.Id)), Cancellation);
            return browser;
        }

        public async Task<OfficeBrowser> Expired()
        {
            var browser = await In(StaffRole.Administrator);
            await installation!.Database.Write(
                session => session.Execute("UPDATE staff_sessions SET ends_at = 1 WHERE token_hash = @hash", ("hash", Tokens.Hash(browser.Cookie!))), Cancellation);
            return browser;
        }

        /// <summary>A program that an administrator made a token for, with all that one can be allowed to do.</summary>
        public async Task<OfficeBrowser> Program()
        {
            var made = await installation!.ApiTokens.Make(
                Actor.CommandLine("test"), members[StaffRole.Administrator], "test", [.. ApiTokenTable.ScopesOf(StaffRole.Administrator)], 1, Cancellation);
            return new OfficeBrowser(address) { Headers = [("Authorization", $"Bearer {made.Token}")] };
        }

        public async ValueTask DisposeAsync()
        {
            await site!.DisposeAsync();
            await installation!.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }

        private async Task<OfficeBrowser> In(StaffMember member)
        {
            var sessions = (SessionTable)site!.Services.GetService(typeof(SessionTable))!;
            return new OfficeBrowser(address) { Cookie = await sessions.Begin(null, SessionStage.Open, member.Id, new Caller("127.0.0.1", "test"), Cancellation) };
        }

        private async Task<StaffMember> Somebody(StaffRole role)
        {
            Assert.True(StaffAddress.TryParse($"{Guid.NewGuid():N}@example.com", out var mail, out _));
            var invited = await installation!.Staff.Invite(Actor.CommandLine("test"), role.Word(), mail, role, Cancellation);
            await installation.Database.Write(
                session => session.Execute("UPDATE staff SET status = 'active' WHERE id = @id", ("id", invited.Member!.Id)), Cancellation);
            return invited.Member! with { Status = StaffStatus.Active };
        }

        private static int FreePort()
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
    }
}
