using Microsoft.AspNetCore.Identity;

namespace Kawaraban.Office.Staff;

/// <summary>What Identity's passkey ceremonies ask of a store of users: to find people and their passkeys. They change nothing through it.</summary>
internal sealed class PasskeyStore(PasskeyTable passkeys, StaffTable staff) : IUserPasskeyStore<StaffMember>
{
    public Task<StaffMember?> FindByIdAsync(string userId, CancellationToken cancellationToken) => staff.Find(userId, cancellationToken);

    public Task<StaffMember?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => staff.Find(normalizedUserName, cancellationToken);

    public async Task<StaffMember?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        (await passkeys.Find(credentialId, cancellationToken))?.Member;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(StaffMember user, byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.Find(credentialId, cancellationToken) is { } found && found.Member.Id == user.Id ? found.Passkey : null;

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(StaffMember user, CancellationToken cancellationToken) => passkeys.Of(user.Id, cancellationToken);

    public Task<string> GetUserIdAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Address);

    public Task<string?> GetNormalizedUserNameAsync(StaffMember user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    public Task AddOrUpdatePasskeyAsync(StaffMember user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Elsewhere();

    public Task RemovePasskeyAsync(StaffMember user, byte[] credentialId, CancellationToken cancellationToken) => throw Elsewhere();

    public Task SetUserNameAsync(StaffMember user, string? userName, CancellationToken cancellationToken) => throw Elsewhere();

    public Task SetNormalizedUserNameAsync(StaffMember user, string? normalizedName, CancellationToken cancellationToken) => throw Elsewhere();

    public Task<IdentityResult> CreateAsync(StaffMember user, CancellationToken cancellationToken) => throw Elsewhere();

    public Task<IdentityResult> UpdateAsync(StaffMember user, CancellationToken cancellationToken) => throw Elsewhere();

    public Task<IdentityResult> DeleteAsync(StaffMember user, CancellationToken cancellationToken) => throw Elsewhere();

    public void Dispose()
    {
        // It holds nothing of its own.
    }

    // Every change has its row on the audit trail, in the same transaction.
    private static NotSupportedException Elsewhere() => new("the staff is changed through StaffTable and PasskeyTable");
}
