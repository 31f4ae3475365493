namespace Dragoman.Engine.Push;

/// <summary>How a device is woken whose client names it, through one of the app's certificates.</summary>
/// <param name="Device">As the client calls it.</param>
/// <param name="Notifier">The certificate's name at the app.</param>
/// <param name="UpdatedAt">Unix milliseconds.</param>
public sealed record PushBinding(UserId User, DialectId Dialect, string Device, string Notifier, string Token, long UpdatedAt);
