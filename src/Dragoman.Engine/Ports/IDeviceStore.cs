using Dragoman.Engine.Push;

namespace Dragoman.Engine.Ports;

public interface IDeviceStore
{
    /// <summary>The named devices of a user and dialect, in the order of their names.</summary>
    ValueTask<IReadOnlyList<PushBinding>> BindingsAsync(AppId app, UserId user, DialectId dialect, CancellationToken ct);

    ValueTask<IReadOnlyList<DeviceToken>> ListAsync(AppId app, UserId user, CancellationToken ct);
}
