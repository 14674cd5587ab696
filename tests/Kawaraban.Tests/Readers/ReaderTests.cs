using System.Net;
using Kawaraban.Office;
using Kawaraban.Office.Staff;
using Kawaraban.Readers;
using Kawaraban.Tests.Office;

namespace Kawaraban.Tests.Readers;

/// <summary>Readers' personal data: sealed, masked, shown one at a time for a reason.</summary>
public sealed class ReaderTests
{
    private const string Root = "/office/admin/readers";

    private static readonly ReaderAddress Address = new("hanako@example.jp");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_is_shown_for_a_reason_and_that_is_on_the_trail()
    {
        await using var site = await OfficeSite.Start();
        var id = await site.Get<ReaderTable>().Add(Address, "山田花子", "2026-11", Cancellation);
        using var browser = await site.SignedIn(StaffRole.Administrator);
        var list = await browser.Get(Root);
        Assert.Contains("h•••@•••.jp", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hanako", list.Text, StringComparison.Ordinal);

        Assert.DoesNotContain("hanako", (await browser.Get($"{Root}/{id}")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post($"{Root}/{id}", ("reason", " "))).Status);
        Assert.DoesNotContain(await site.Audit.List(null, null, 50, Cancellation), row => row.Action == "readers.look");

        var shown = await browser.Post($"{Root}/{id}", ("reason", "they asked what we have of them"));
        Assert.Contains("hanako@example.jp", shown.Text, StringComparison.Ordinal);
        Assert.Contains("山田花子", shown.Text, StringComparison.Ordinal);
        var row = Assert.Single(await site.Audit.List(null, $"reader {id}", 50, Cancellation));
        Assert.Equal(("readers.look", "they asked what we have of them"), (row.Action, row.Reason));
    }

    [Fact]
    public async Task An_operator_sees_nothing_of_readers()
    {
        await using var site = await OfficeSite.Start();
        var id = await site.Get<ReaderTable>().Add(Address, null, "2026-11", Cancellation);
        using var browser = await site.SignedIn(StaffRole.Operator);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get(Root)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Post($"{Root}/{id}", ("reason", "curious"))).Status);
        Assert.DoesNotContain("Readers", (await browser.Get("/office")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_is_found_without_being_shown_and_registered_once()
    {
        await using var site = await OfficeSite.Start();
        var readers = site.Get<ReaderTable>();
        var id = await readers.Add(Address, null, "2026-11", Cancellation);
        Assert.Equal(id, await readers.Add(new ReaderAddress(" Hanako@Example.jp "), "other", "2026-11", Cancellation));
        using var browser = await site.SignedIn(StaffRole.Administrator);
        Assert.Equal($"{Root}/{id}", (await browser.Post($"{Root}/find", ("address", "HANAKO@example.jp"))).Location);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post($"{Root}/find", ("address", "taro@example.jp"))).Status);
    }

    [Fact]
    public async Task Who_is_forgotten_is_gone()
    {
        await using var site = await OfficeSite.Start();
        var readers = site.Get<ReaderTable>();
        var id = await readers.Add(Address, "山田花子", "2026-11", Cancellation);
        using var browser = await site.SignedIn(StaffRole.Administrator);
        Assert.Equal(Root, (await browser.Post($"{Root}/{id}/erase", ("reason", "they asked"))).Location);
        Assert.Null(await readers.Find(Address, Cancellation));
        Assert.Empty(await readers.List(10, Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"{Root}/{id}", ("reason", "again"))).Status);
    }

    [Fact]
    public async Task The_database_shows_neither_name_nor_address()
    {
        await using var site = await OfficeSite.Start();
        await site.Get<ReaderTable>().Add(Address, "山田花子", "2026-11", Cancellation);
        var row = await site.Database.Read(
            async session =>
            {
                await using var rows = await session.Query("SELECT address, address_index, name FROM reader_accounts");
                await rows.ReadAsync();
                return $"{rows.GetString(0)} {rows.GetString(1)} {rows.GetString(2)}";
            },
            Cancellation);
        Assert.DoesNotContain("hanako", row, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("花子", row, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_is_written_into_a_log_is_masked()
    {
        var reader = new Reader("1", Address, "山田花子", "2026-11", default, default);
        Assert.DoesNotContain("hanako", $"{reader} {reader.Address}", StringComparison.Ordinal);
        Assert.DoesNotContain("花子", reader.ToString(), StringComparison.Ordinal);
    }
}
