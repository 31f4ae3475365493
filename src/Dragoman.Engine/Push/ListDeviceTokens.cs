using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Push;

/// <param name="Devices">One for each kind of device of which anything is known.</param>
public sealed record DeviceTokens(IReadOnlyList<DeviceToken> Devices);

/// <summary>What is known of a user's devices.</summary>
public sealed class ListDeviceTokens(IDeviceStore store)
{
    /// <returns>The devices; or NotPermitted.</returns>
    public async ValueTask<Result<DeviceTokens>> RunAsync(Caller caller, UserId user, CancellationToken ct) =>
        caller.MayActFor(user)
            ? new DeviceTokens(await store.ListAsync(caller.App, user, ct))
            : new Refusal(Condition.NotPermitted, user.Value);
}
