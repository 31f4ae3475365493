using Dragoman.Engine.Push;

namespace Dragoman.Engine.Ports;

public interface IDeviceStore
{
    ValueTask<IReadOnlyList<DeviceToken>> ListAsync(AppId app, UserId user, CancellationToken ct);
}
