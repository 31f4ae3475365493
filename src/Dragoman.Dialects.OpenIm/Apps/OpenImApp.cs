using System.Text;
using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Webhooks;
using Dragoman.Engine;
using Dragoman.Engine.Relations;
using Dragoman.Engine.Sessions;

namespace Dragoman.Dialects.OpenIm.Apps;

/// <summary>One app as this dialect sees it.</summary>
internal sealed class OpenImApp(AppId id, string name, OpenImAppOptions options, OpenImSettings settings, AppWebhooks webhooks)
{
    private readonly HashSet<string> _admins = [.. options.AdminUserIds];
    private int _connections;

    public AppId Id { get; } = id;
    public string Name { get; } = name;
    public OpenImSettings Settings { get; } = settings;
    public AppWebhooks Webhooks { get; } = webhooks;
    public IReadOnlyList<string> AdminUserIds { get; } = options.AdminUserIds;
    public byte[] Secret { get; } = Encoding.UTF8.GetBytes(options.Secret);
    public LoginPolicy Logins { get; } = MultiLogin.Of(settings.MultiLogin.Policy, settings.MultiLogin.MaxNumOneEnd);
    public FriendCheck FriendCheck { get; } = settings.FriendVerify ? FriendCheck.ReceiverHasSender : FriendCheck.Off;
    public TimeSpan TokenLifetime { get; } = TimeSpan.FromDays(settings.TokenPolicy.Expire);

    public bool IsAdmin(string userId) => _admins.Contains(userId);

    public Caller CallerOf(string userId, string operationId = "") =>
        new(Id, new UserId(userId), IsAdmin(userId), operationId) { GroupTypes = GroupInfos.Types };

    /// <summary>The app itself, for what nobody has to be allowed to.</summary>
    public Caller Itself(string operationId) => CallerOf(AdminUserIds[0], operationId);

    /// <summary>Counts a connection in, unless the app has its fill.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _connections) <= Settings.WebsocketMaxConnNum) return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _connections);
}
