using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using QRCoder;

namespace Kawaraban.Office;

/// <summary>Coming in for the first time.</summary>
/// <param name="Who">Who was invited.</param>
/// <param name="Secret">What the person's app makes codes from, in groups of four.</param>
/// <param name="Picture">The same as a QR code, a data URL.</param>
public sealed record WelcomePage(OfficeVisit Visit, StaffMember Who, string Secret, string Picture) : OfficePage(Visit, $"Welcome, {Who.Name}");

/// <summary>The recovery codes, shown once.</summary>
public sealed record RecoveryCodesPage(OfficeVisit Visit, IReadOnlyList<string> Codes) : OfficePage(Visit, "Your recovery codes");

/// <summary>From an invitation to a way of coming in again.</summary>
internal sealed class WelcomePages(Welcome welcome, CredentialTable credentials)
{
    /// <summary>Maps the pages. They are open to all: the link is the proof.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Open(OfficeEndpoints.Welcome + "/{link}", Link);
        routes.Open(OfficeEndpoints.Welcome, Choose);
        routes.OpenChange(OfficeEndpoints.Welcome, WithPassword);
    }

    // The secret leaves the address at once, so that it is neither in the history nor sent along as a referrer.
    private async Task<Reply> Link(OfficeVisit visit, CancellationToken cancellation)
    {
        var cookie = await welcome.Begin(visit.Part("link"), visit.Cookie, visit.Caller, cancellation);
        if (cookie is null)
            return await TooOld(visit, cancellation);
        visit.Give(cookie);
        return OfficePress.SeeOther(visit.Link(OfficeEndpoints.Welcome));
    }

    private async Task<Reply> Choose(OfficeVisit visit, CancellationToken cancellation) =>
        await Page(visit, cancellation) is { } page ? await Print(page, cancellation) : await TooOld(visit, cancellation);

    private async Task<Reply> WithPassword(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await Page(visit, cancellation) is not { } page || visit.Cookie is not { } cookie)
            return await TooOld(visit, cancellation);
        var (password, again, code) = (visit.Exact("password"), visit.Exact("again"), visit.Field("code").Replace(" ", "", StringComparison.Ordinal));
        var secret = page.Secret.Replace(" ", "", StringComparison.Ordinal);
        var problems = new Dictionary<string, string>();
        if (Passwords.Problem(password, page.Who) is { } weak)
            problems["password"] = weak;
        else if (again != password)
            problems["again"] = "is another one";
        if (!credentials.IsCodeOf(secret, code))
            problems["code"] = "is not the one that the app shows now; is the clock of the device right?";
        if (problems.Count > 0)
            return await Print(page with { Problems = problems, Status = 422 }, cancellation);

        if (await welcome.WithPassword(page.Who, password, secret, code, cookie, visit.Caller, cancellation) is not { } welcomed)
            return await TooOld(visit, cancellation);
        visit.Give(welcomed.Cookie);
        var codes = new RecoveryCodesPage(visit, welcomed.RecoveryCodes);
        return await OfficePress.Print(Slices.RecoveryCodes.Create(codes), codes, cancellation);
    }

    private async Task<WelcomePage?> Page(OfficeVisit visit, CancellationToken cancellation)
    {
        if (visit is not { Session: { Stage: SessionStage.Welcome, Member: { Status: StaffStatus.Invited } member }, Cookie: { } cookie })
            return null;
        var secret = await welcome.Secret(cookie, cancellation);
        return new WelcomePage(visit, member, string.Join(' ', secret.Chunk(4).Select(four => new string(four))), Picture(visit, member, secret));
    }

    // https://github.com/google/google-authenticator/wiki/Key-Uri-Format
    private static string Picture(OfficeVisit visit, StaffMember member, string secret)
    {
        var name = Uri.EscapeDataString(visit.Options.Name);
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(
            $"otpauth://totp/{name}:{Uri.EscapeDataString(member.Address)}?secret={secret}&issuer={name}", QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(code);
        return "data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(4));
    }

    private static Task<Reply> TooOld(OfficeVisit visit, CancellationToken cancellation)
    {
        var page = new OfficeNotice(
            visit, "This link does not hold", "It was used, or replaced by a newer one, or is older than three days. An administrator can make you another.")
        { Status = 404 };
        return OfficePress.Print(Slices.Notice.Create(page), page, cancellation);
    }

    private static Task<Reply> Print(WelcomePage page, CancellationToken cancellation) => OfficePress.Print(Slices.Welcome.Create(page), page, cancellation);
}
