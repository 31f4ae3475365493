using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Push;

/// <summary>Forgets how a device can be woken, as after a logout. The badge stays.</summary>
public sealed class UnregisterDevice(IDeviceStore store, LogWriter journal)
{
    /// <returns>Done, also when nothing was known; or NotPermitted.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId user, DeviceSlot device, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);
        var known = await store.ListAsync(caller.App, user, ct);
        if (known.All(d => d.Device != device || d.Token.Length == 0)) return default(Done);

        var refusal = await journal.CommitAsync(new WriteUnit([new RemoveDeviceToken(caller.App, user, device)]));
        return refusal is null ? default(Done) : refusal;
    }
}
