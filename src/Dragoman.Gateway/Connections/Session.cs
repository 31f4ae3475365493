using Dragoman.Engine;
using Dragoman.Engine.Sessions;

namespace Dragoman.Gateway.Connections;

/// <summary>A logged-in connection. Each dialect derives its own, with whatever it must remember of its client.</summary>
public abstract class Session(ClientConnection connection, AppId app, UserId user, DeviceSlot slot, GrantKey grant)
{
    public ClientConnection Connection { get; } = connection;
    public SessionId Id => Connection.Id;
    public AppId App { get; } = app;
    public UserId User { get; } = user;
    public DialectId Dialect => Slot.Dialect;
    public DeviceSlot Slot { get; } = slot;
    public GrantKey Grant { get; } = grant;

    public SessionInfo Info => new(Id, Slot, Grant) { Kind = Kind, Device = Device, IsAwakePhone = IsAwakePhone };

    /// <inheritdoc cref="SessionInfo.Kind"/>
    public abstract DeviceKind Kind { get; }

    /// <inheritdoc cref="SessionInfo.Device"/>
    public virtual string Device => "";

    /// <inheritdoc cref="SessionInfo.IsAwakePhone"/>
    protected virtual bool IsAwakePhone => false;

    /// <summary>Tells the client, in its own words, why it has to go, and ends the connection.</summary>
    public abstract void Kick(SessionEnd end);
}
