using System.Text;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Push;

/// <summary>Notes how a device can be woken; it replaces what was known of this kind of device.</summary>
public sealed class RegisterDevice(LogWriter journal, TimeProvider clock)
{
    public const int MaxTokenBytes = 1024;

    /// <param name="life">How long the token is good for; null is for ever.</param>
    /// <returns>Done; or NotPermitted, DeviceTokenMissing, DeviceTokenTooLong.</returns>
    public async ValueTask<Result<Done>> RunAsync(
        Caller caller, UserId user, DeviceSlot device, PushProvider provider, string token, TimeSpan? life, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);
        if (token.Length == 0) return Condition.DeviceTokenMissing;
        if (Encoding.UTF8.GetByteCount(token) > MaxTokenBytes) return Condition.DeviceTokenTooLong;

        var now = clock.GetUtcNow();
        var refusal = await journal.CommitAsync(new WriteUnit([new PutDeviceToken(caller.App, new DeviceToken
        {
            User = user,
            Device = device,
            Provider = provider,
            Token = token,
            ExpiresAt = life is { } end ? (now + end).ToUnixTimeMilliseconds() : 0,
            UpdatedAt = now.ToUnixTimeMilliseconds(),
        })]));
        return refusal is null ? default(Done) : refusal;
    }
}
