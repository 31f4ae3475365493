using System.Text;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Push;

/// <summary>Notes and forgets how named devices are woken.</summary>
public sealed class BindPush(AccountDirectory accounts, IDeviceStore devices, LogWriter journal, TimeProvider clock)
{
    /// <summary>Of one user and dialect; the ones that were bound longest ago make room.</summary>
    private const int MaxBindings = 20;

    private const int MaxNameChars = 256;

    /// <param name="notifier">Empty, without a token: every certificate of the device.</param>
    /// <param name="token">Empty forgets the one that is there.</param>
    /// <returns>What the user has now; or NotPermitted, AccountNotFound, DeviceTokenMissing, DeviceTokenTooLong.</returns>
    public async ValueTask<Result<IReadOnlyList<PushBinding>>> RunAsync(
        Caller caller, UserId user, DialectId dialect, string device, string notifier, string token, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);
        if (await accounts.FindAsync(caller.App, user, ct) is null) return new Refusal(Condition.AccountNotFound, user.Value);
        if (token.Length > 0 && notifier.Length == 0) return Condition.DeviceTokenMissing;
        if (Encoding.UTF8.GetByteCount(token) > RegisterDevice.MaxTokenBytes || device.Length > MaxNameChars || notifier.Length > MaxNameChars)
            return Condition.DeviceTokenTooLong;

        var changes = new List<StoreChange>();
        if (token.Length == 0)
        {
            changes.Add(new RemovePushBindings(caller.App, user, dialect, device, notifier));
        }
        else
        {
            var bound = (await devices.BindingsAsync(caller.App, user, dialect, ct)).Where(b => b.Device != device || b.Notifier != notifier);
            foreach (var old in bound.OrderByDescending(b => b.UpdatedAt).Skip(MaxBindings - 1))
                changes.Add(new RemovePushBindings(caller.App, user, dialect, old.Device, old.Notifier));
            changes.Add(new PutPushBinding(caller.App, new(user, dialect, device, notifier, token, clock.GetUtcNow().ToUnixTimeMilliseconds())));
        }

        if (await journal.CommitAsync(new WriteUnit(changes)) is { } refusal) return refusal;
        return Result.Of(await devices.BindingsAsync(caller.App, user, dialect, ct));
    }

    /// <returns>What the user has; or NotPermitted, AccountNotFound.</returns>
    public async ValueTask<Result<IReadOnlyList<PushBinding>>> ListAsync(Caller caller, UserId user, DialectId dialect, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);
        if (await accounts.FindAsync(caller.App, user, ct) is null) return new Refusal(Condition.AccountNotFound, user.Value);
        return Result.Of(await devices.BindingsAsync(caller.App, user, dialect, ct));
    }
}
