using System.Security.Cryptography;
using System.Text;
using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Sessions;

namespace Dragoman.Dialects.Agora.Apps;

/// <summary>One app as this dialect sees it.</summary>
internal sealed class AgoraApp(AppId id, string name, AgoraAppOptions options, AgoraSettings settings)
{
    /// <summary>Tokens of a user that are good at the same time; the oldest make room.</summary>
    private const int MaxUserTokens = 100;

    private const int MaxAppTokens = 500;

    public AppId Id { get; } = id;
    public string Name { get; } = name;
    public AgoraAppOptions Options { get; } = options;
    public AgoraSettings Settings { get; } = settings;

    /// <summary><c>org#app</c>.</summary>
    public string Key { get; } = $"{options.OrgName}#{options.AppName}";

    /// <summary>How answers name the app; the same for ever, because clients keep it.</summary>
    public Guid Uuid { get; } = new(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.OrgName}#{options.AppName}")).AsSpan(0, 16));

    public LoginPolicy Devices { get; } = new DevicePolicy(
        settings.SingleDevice ? 1 : settings.DevicesPerPlatform, settings.SingleDevice, settings.RefuseDevices, MaxUserTokens);

    public LoginPolicy OwnTokens { get; } = new DevicePolicy(1, isForAll: false, refusesWhenFull: false, MaxAppTokens);

    /// <summary>What its plan allows of groups.</summary>
    public GroupQuota GroupQuota { get; } = QuotaOf(settings.Groups);

    /// <summary>The app itself, with everything allowed.</summary>
    public Caller Itself { get; } = new(id, AgoraId.TheApp, IsAdministrator: true) { GroupQuota = QuotaOf(settings.Groups) };

    private static GroupQuota QuotaOf(GroupSettings groups) => new(groups.PerUser, groups.PerApp, groups.Members, groups.Threads, groups.ThreadsPerUser);
}
