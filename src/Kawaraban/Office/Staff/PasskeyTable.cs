using System.Buffers.Text;
using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kawaraban.Storage;
using Microsoft.AspNetCore.Identity;

namespace Kawaraban.Office.Staff;

/// <summary>A passkey as lists show it.</summary>
/// <param name="Id">Its credential id, base64url.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="CreatedAt">Since when it is known.</param>
/// <param name="UsedAt">When it last let its owner in.</param>
public sealed record PasskeyCard(string Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt);

/// <summary>The passkeys of the staff.</summary>
/// <param name="database">Where they are kept.</param>
/// <param name="audit">What was done.</param>
/// <param name="clock">Tells the time.</param>
public sealed class PasskeyTable(Database database, AuditTrail audit, TimeProvider clock)
{
    private const int LongestName = 60;

    /// <summary>Somebody's, the oldest first.</summary>
    public Task<IReadOnlyList<PasskeyCard>> List(string memberId, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<PasskeyCard>>(
            async session =>
            {
                List<PasskeyCard> cards = [];
                await using var rows = await session.Query(
                    "SELECT credential_id, name, created_at, used_at FROM staff_passkeys WHERE staff_id = @id ORDER BY created_at, credential_id", ("id", memberId));
                while (await rows.ReadAsync(cancellation))
                {
                    cards.Add(new PasskeyCard(
                        rows.GetString(0), rows.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2)),
                        rows.IsDBNull(3) ? null : DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(3))));
                }

                return cards;
            },
            cancellation);

    /// <summary>Takes one away from its owner, unless nothing would be left to come in by.</summary>
    /// <returns>Why not; null when it is gone.</returns>
    public Task<string?> Remove(StaffMember member, string id, CancellationToken cancellation) =>
        database.Write<string?>(
            async session =>
            {
                await using (var row = await session.Query("""
                    SELECT (SELECT count(*) FROM staff_passkeys p WHERE p.staff_id = @member AND p.credential_id <> @id)
                        + (SELECT count(*) FROM staff_credentials c WHERE c.staff_id = @member AND c.password_hash IS NOT NULL)
                    """, ("member", member.Id), ("id", id)))
                {
                    await row.ReadAsync();
                    if (row.GetInt64(0) == 0)
                        return "it is your only way in; make another one first";
                }

                if (await session.Execute("DELETE FROM staff_passkeys WHERE staff_id = @member AND credential_id = @id", ("member", member.Id), ("id", id)) == 0)
                    return "you have no such passkey";
                await audit.Add(session, Actor.Of(member), "passkey.remove", StaffTable.Target(member));
                return null;
            },
            cancellation);

    internal async Task Add(Session session, StaffMember member, UserPasskeyInfo passkey, string name)
    {
        var called = string.Concat(name.Where(letter => !char.IsControl(letter)).Take(LongestName)).Trim();
        await session.Execute("""
            INSERT INTO staff_passkeys (credential_id, staff_id, name, passkey, created_at) VALUES (@id, @member, @name, @passkey, @now)
            """,
            ("id", Base64Url.EncodeToString(passkey.CredentialId)), ("member", member.Id), ("name", called.Length == 0 ? "passkey" : called),
            ("passkey", JsonSerializer.Serialize(KeptPasskey.Of(passkey), PasskeyJson.Default.KeptPasskey)), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
        await audit.Add(session, Actor.Of(member), "passkey.add", StaffTable.Target(member), called);
    }

    internal Task Used(UserPasskeyInfo passkey, CancellationToken cancellation) =>
        database.Write(
            session => session.Execute(
                "UPDATE staff_passkeys SET passkey = @passkey, used_at = @now WHERE credential_id = @id",
                ("passkey", JsonSerializer.Serialize(KeptPasskey.Of(passkey), PasskeyJson.Default.KeptPasskey)),
                ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", Base64Url.EncodeToString(passkey.CredentialId))),
            cancellation);

    internal Task<(StaffMember Member, UserPasskeyInfo Passkey)?> Find(byte[] credentialId, CancellationToken cancellation) =>
        database.Read<(StaffMember Member, UserPasskeyInfo Passkey)?>(
            async session =>
            {
                await using var row = await session.Query(
                    $"SELECT p.passkey, {StaffTable.Columns} FROM staff_passkeys p JOIN staff s ON s.id = p.staff_id WHERE p.credential_id = @id",
                    ("id", Base64Url.EncodeToString(credentialId)));
                return await row.ReadAsync(cancellation) ? (StaffTable.Read(row, 1), Read(row)) : null;
            },
            cancellation);

    internal Task<IList<UserPasskeyInfo>> Of(string memberId, CancellationToken cancellation) =>
        database.Read<IList<UserPasskeyInfo>>(
            async session =>
            {
                List<UserPasskeyInfo> found = [];
                await using var rows = await session.Query("SELECT passkey FROM staff_passkeys WHERE staff_id = @id", ("id", memberId));
                while (await rows.ReadAsync(cancellation))
                    found.Add(Read(rows));
                return found;
            },
            cancellation);

    private static UserPasskeyInfo Read(DbDataReader row) =>
        JsonSerializer.Deserialize(row.GetString(0), PasskeyJson.Default.KeptPasskey)?.ToPasskey() ?? throw new StorageException("a passkey's row is empty");
}

/// <summary>What is kept of a passkey (WebAuthn Level 3 §4, "credential record"); its attestation is looked at once and thrown away.</summary>
internal sealed record KeptPasskey(
    byte[] Id, byte[] PublicKey, DateTimeOffset CreatedAt, uint Counter, string[]? Transports, bool IsUserVerified, bool IsBackupEligible, bool IsBackedUp)
{
    public static KeptPasskey Of(UserPasskeyInfo passkey) => new(
        passkey.CredentialId, passkey.PublicKey, passkey.CreatedAt, passkey.SignCount, passkey.Transports, passkey.IsUserVerified, passkey.IsBackupEligible,
        passkey.IsBackedUp);

    public UserPasskeyInfo ToPasskey() => new(Id, PublicKey, CreatedAt, Counter, Transports, IsUserVerified, IsBackupEligible, IsBackedUp, [], []);
}

[JsonSerializable(typeof(KeptPasskey))]
internal sealed partial class PasskeyJson : JsonSerializerContext;
