using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Push;

/// <summary>Sets the number that the app's icon shows when the next push arrives.</summary>
public sealed class SetBadge(IDeviceStore store, LogWriter journal, TimeProvider clock)
{
    /// <param name="device">The device that says what it shows; null sets it on all that are known.</param>
    /// <returns>Done; or NotPermitted.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId user, DeviceSlot? device, int badge, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);

        DeviceSlot[] devices = device is { } one ? [one] : [.. (await store.ListAsync(caller.App, user, ct)).Select(d => d.Device)];
        if (devices.Length == 0) return default(Done);

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var refusal = await journal.CommitAsync(new WriteUnit([.. devices.Select(d => new PutBadge(caller.App, user, d, badge, now))]));
        return refusal is null ? default(Done) : refusal;
    }
}
