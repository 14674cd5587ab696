using System.Security.Cryptography;
using Kawaraban.Storage;
using OtpNet;

namespace Kawaraban.Office.Staff;

/// <summary>What somebody may come in by.</summary>
/// <param name="HasPassword">A password, which a code has to follow.</param>
/// <param name="RecoveryCodes">How many recovery codes are left.</param>
public sealed record Ways(bool HasPassword, int RecoveryCodes);

/// <summary>Passwords, the codes that follow them, and the codes for who lost the device that makes those.</summary>
/// <param name="database">Where they are kept: as hashes, and sealed.</param>
/// <param name="seal">Seals what codes are made from.</param>
/// <param name="clock">Tells the time.</param>
public sealed class CredentialTable(Database database, SealedText seal, TimeProvider clock)
{
    private const int RecoveryCodes = 10;
    private const int SecretBytes = 20;

    // No letters that are taken for each other, as in RFC 4648's base 32 without 0, 1 and 8; sixteen of them are 80 bits.
    private const string CodeLetters = "abcdefghijkmnpqrstuvwxyz2345679";
    private const int CodeLength = 16;

    /// <summary>A new secret that codes are made from (RFC 6238), in base 32 as apps take it.</summary>
    public static string NewSecret() => Base32Encoding.ToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Which ways somebody has.</summary>
    public Task<Ways> Find(string memberId, CancellationToken cancellation) =>
        database.Read(
            async session =>
            {
                await using var row = await session.Query(
                    "SELECT password_hash, totp_secret, recovery_codes FROM staff_credentials WHERE staff_id = @id", ("id", memberId));
                return await row.ReadAsync()
                    ? new Ways(!row.IsDBNull(0) && !row.IsDBNull(1), row.IsDBNull(2) ? 0 : Split(row.GetString(2)).Length)
                    : new Ways(false, 0);
            },
            cancellation);

    /// <summary>Whether a password is somebody's; takes as long when there is nobody.</summary>
    public async Task<bool> IsPassword(string? memberId, string password, CancellationToken cancellation)
    {
        var hash = memberId is null ? null : await database.Read(
            async session =>
            {
                await using var row = await session.Query(
                    "SELECT password_hash FROM staff_credentials WHERE staff_id = @id AND totp_secret IS NOT NULL", ("id", memberId));
                return await row.ReadAsync() && !row.IsDBNull(0) ? row.GetString(0) : null;
            },
            cancellation);
        return Passwords.IsRight(password, hash);
    }

    /// <summary>Whether a code is one that a secret makes now, give or take half a minute.</summary>
    public bool IsCodeOf(string secret, string code) => StepOf(secret, code) is not null;

    /// <summary>Gives somebody a password and the secret of its codes, in one transaction, with new recovery codes.</summary>
    /// <returns>The recovery codes; they are told once.</returns>
    internal async Task<IReadOnlyList<string>> Set(Session session, string memberId, string password, string secret, string code)
    {
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(CodeLetters, CodeLength)).ToList();
        await session.Execute("""
            INSERT INTO staff_credentials (staff_id, password_hash, totp_secret, totp_step, recovery_codes)
            VALUES (@id, @hash, @secret, @step, @codes)
            ON CONFLICT (staff_id) DO UPDATE SET password_hash = @hash, totp_secret = @secret, totp_step = @step, recovery_codes = @codes
            """,
            ("id", memberId), ("hash", Passwords.Hash(password)), ("secret", seal.Seal(secret, Purpose(memberId))),
            ("step", StepOf(secret, code) ?? 0), ("codes", string.Join(' ', codes.Select(Tokens.Hash))));
        return codes;
    }

    /// <summary>Takes a code of somebody's device, or one of their recovery codes; each is taken once.</summary>
    public Task<bool> TakeCode(string memberId, string typed, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                var code = new string([.. typed.Where(letter => !char.IsWhiteSpace(letter) && letter != '-')]).ToLowerInvariant();
                string? secret, recovery;
                await using (var row = await session.Query(
                    "SELECT totp_secret, recovery_codes FROM staff_credentials WHERE staff_id = @id", ("id", memberId)))
                {
                    if (!await row.ReadAsync())
                        return false;
                    (secret, recovery) = (row.IsDBNull(0) ? null : row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1));
                }

                if (code.Length == CodeLength && recovery is not null)
                {
                    var hash = Tokens.Hash(code);
                    var left = Split(recovery).Where(kept => !Tokens.AreEqual(kept, hash)).ToList();
                    return left.Count < Split(recovery).Length && await session.Execute(
                        "UPDATE staff_credentials SET recovery_codes = @left WHERE staff_id = @id AND recovery_codes = @recovery",
                        ("left", string.Join(' ', left)), ("id", memberId), ("recovery", recovery)) == 1;
                }

                return secret is not null && StepOf(seal.Open(secret, Purpose(memberId)), code) is { } step && await session.Execute(
                    "UPDATE staff_credentials SET totp_step = @step WHERE staff_id = @id AND totp_step < @step", ("step", step), ("id", memberId)) == 1;
            },
            cancellation);

    private static string[] Split(string codes) => codes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Purpose(string memberId) => $"staff_credentials.totp_secret of {memberId}";

    // RFC 6238 §5.2: one step before or after, for clocks that differ and people who type slowly.
    private long? StepOf(string secret, string code) =>
        new Totp(Base32Encoding.ToBytes(secret)).VerifyTotp(clock.GetUtcNow().UtcDateTime, code, out var step, new VerificationWindow(1, 1)) ? step : null;
}
