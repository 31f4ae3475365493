using Dragoman.Engine.Push;

namespace Dragoman.Engine.Ports;

/// <summary>Adds or replaces a token; the badge of the device stays.</summary>
public sealed record PutDeviceToken(AppId App, DeviceToken Device) : StoreChange(App);

public sealed record RemoveDeviceToken(AppId App, UserId User, DeviceSlot Device) : StoreChange(App);

/// <summary>Adds or replaces what is known of a device and certificate.</summary>
public sealed record PutPushBinding(AppId App, PushBinding Binding) : StoreChange(App);

/// <param name="Notifier">Empty is all of the device.</param>
public sealed record RemovePushBindings(AppId App, UserId User, DialectId Dialect, string Device, string Notifier) : StoreChange(App);

/// <param name="At">Unix milliseconds.</param>
public sealed record PutBadge(AppId App, UserId User, DeviceSlot Device, int Badge, long At) : StoreChange(App);
