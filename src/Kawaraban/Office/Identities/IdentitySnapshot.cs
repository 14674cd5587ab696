using System.Text.Json.Serialization;
using Kawaraban.Office.Staff;

namespace Kawaraban.Office.Identities;

/// <summary>Who worked here at a moment: all that it takes to let them in again, and no secret.</summary>
/// <param name="Number">Of the snapshot: 1, 2, 3.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="Trail">The number of the last row on the audit trail that it holds: a later change of the staff is missing.</param>
/// <param name="Before">The hash of the file of the snapshot before it; null for the first. One that was changed or taken away shows.</param>
/// <param name="People">Everybody.</param>
public sealed record IdentitySnapshot(int Number, DateTimeOffset TakenAt, long Trail, string? Before, IReadOnlyList<SavedPerson> People);

/// <summary>Somebody, as a snapshot keeps them.</summary>
/// <param name="Id">Our own id.</param>
/// <param name="Address">Mail address.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Status">Whether they got in.</param>
/// <param name="CreatedAt">Since when they are known.</param>
/// <param name="Passkeys">Their passkeys: public keys, which are no secret.</param>
public sealed record SavedPerson(
    string Id, string Address, string Name, string Role, string Status, DateTimeOffset CreatedAt, IReadOnlyList<SavedPasskey> Passkeys)
{
    /// <summary>Of somebody.</summary>
    public static SavedPerson Of(StaffMember member, IReadOnlyList<SavedPasskey> passkeys) =>
        new(member.Id, member.Address, member.Name, member.Role.Word(), member.Status.Word(), member.CreatedAt, passkeys);
}

/// <summary>A passkey, as a snapshot keeps it.</summary>
/// <param name="Id">Its credential id, base64url.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Passkey">The record of it, as its row holds it.</param>
/// <param name="CreatedAt">Since when it is known.</param>
public sealed record SavedPasskey(string Id, string Name, string Passkey, DateTimeOffset CreatedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IdentitySnapshot))]
internal sealed partial class IdentityJson : JsonSerializerContext;
