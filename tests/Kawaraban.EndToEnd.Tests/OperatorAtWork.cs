using Kawaraban.Office.Staff;
using Kawaraban.Storage;
using Microsoft.Playwright;

namespace Kawaraban.EndToEnd.Tests;

/// <summary>A browser in which an operator is in: the directory and the session are written beside the running program.</summary>
public static class OperatorAtWork
{
    public static async Task<IBrowserContext> Begin(SampleSite site, BrowserNewContextOptions options, StaffRole role = StaffRole.Operator)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var database = Storage.Database.Open(site.Database);
        var clock = TimeProvider.System;
        var staff = new StaffTable(database, new AuditTrail(database, clock), clock);
        var text = $"{role}@example.com";
        Assert.True(StaffAddress.TryParse(text, out var address, out _));
        var member = await staff.Find(address.Key, cancellation)
            ?? (await staff.Invite(Actor.CommandLine("test"), role == StaffRole.Operator ? "Aoi Tanaka" : "Ren Sato", address, role, cancellation)).Member!;
        await database.Write(session => session.Execute("UPDATE staff SET status = 'active' WHERE id = @id", ("id", member.Id)), cancellation);
        var cookie = await new SessionTable(database, clock).Begin(null, SessionStage.Open, member.Id, new Caller("127.0.0.1", "test"), cancellation);
        options.BaseURL = site.Url;
        var context = await site.Browser.NewContextAsync(options);
        await context.AddCookiesAsync([new Cookie { Name = "kawaraban-office", Value = cookie, Url = site.Url, HttpOnly = true }]);
        return context;
    }

    public static async Task<IPage> Page(SampleSite site, int width = 1280, bool hasScript = true, ColorScheme colors = ColorScheme.Light, StaffRole role = StaffRole.Operator)
    {
        var context = await Begin(
            site,
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                JavaScriptEnabled = hasScript,
                ColorScheme = colors,
                Locale = "en",
                TimezoneId = "Asia/Tokyo",
            },
            role);
        return await context.NewPageAsync();
    }
}
