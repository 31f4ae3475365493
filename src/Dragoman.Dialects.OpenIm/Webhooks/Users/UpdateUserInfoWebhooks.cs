using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Webhooks.Users;

/// <summary>A profile is about to change by one of the two routes that there are for it; each has an event of its own.</summary>
internal abstract class BeforeUpdateProfile(string key, string command, string route) : BeforeWebhook<UpdatingProfile>(key, command)
{
    protected override bool Applies(WebhookEventSettings settings, UpdatingProfile proposal) => proposal.Caller.Route == route;

    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, UpdatingProfile proposal, CancellationToken ct) =>
        new(ProfileBodies.Of(proposal.User, proposal.Change));

    protected override OpenImError? Apply(OpenImApp app, UpdatingProfile proposal, JsonElement answer)
    {
        var change = proposal.Change;
        proposal.Change = change with
        {
            Nickname = WebhookJson.Text(answer, "nickName") ?? change.Nickname,
            Avatar = WebhookJson.Text(answer, "faceURL") ?? change.Avatar,
            Extra = WebhookJson.Text(answer, "ex") ?? change.Extra,
        };
        return null;
    }
}

internal sealed class BeforeUpdateUserInfo()
    : BeforeUpdateProfile("beforeUpdateUserInfo", "callbackBeforeUpdateUserInfoCommand", "/user/update_user_info");

internal sealed class BeforeUpdateUserInfoEx()
    : BeforeUpdateProfile("beforeUpdateUserInfoEx", "callbackBeforeUpdateUserInfoExCommand", "/user/update_user_info_ex");

/// <inheritdoc cref="BeforeUpdateProfile"/>
internal abstract class AfterUpdateProfile(string key, string command, string route) : AfterWebhook<ProfileChanged>(key, command)
{
    protected override bool Applies(ProfileChanged notice, HookEvent happened) => happened.Route == route && notice.Change is not null;

    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, ProfileChanged notice, HookEvent happened, CancellationToken ct) =>
        new(ProfileBodies.Of(notice.User, notice.Change!));
}

internal sealed class AfterUpdateUserInfo()
    : AfterUpdateProfile("afterUpdateUserInfo", "callbackAfterUpdateUserInfoCommand", "/user/update_user_info");

internal sealed class AfterUpdateUserInfoEx()
    : AfterUpdateProfile("afterUpdateUserInfoEx", "callbackAfterUpdateUserInfoExCommand", "/user/update_user_info_ex");

/// <summary>What is not to change is <c>null</c>.</summary>
internal static class ProfileBodies
{
    public static JsonObject Of(UserId user, ProfileChange change) => new()
    {
        ["userID"] = user.Value,
        ["nickName"] = change.Nickname,
        ["faceURL"] = change.Avatar,
        ["ex"] = change.Extra,
    };
}
