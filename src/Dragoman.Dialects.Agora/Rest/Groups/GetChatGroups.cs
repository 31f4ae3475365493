using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary><c>GET /chatgroups/{g,g…}</c>: details of one group or several.</summary>
internal sealed class GetChatGroups(RosterDirectory rosters, UserConversations conversations, EngineLimits limits, TimeProvider clock)
    : AgoraEndpoint("GET", "/chatgroups/{g}", Access.Users)
{
    private const int Most = 100;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var ids = call.TextIn("g").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ids.Length is 0 or > Most) return AgoraErrors.InvalidParameter.With($"groupIds size is more than max limit : {Most}");

        var data = new JsonArray();
        foreach (var id in ids.Select(id => new GroupId(id)))
        {
            var roster = GroupErrors.IsPossible(id) ? await rosters.FindAsync(call.App.Id, id, ct) : null;
            if (roster is not { Group.IsDismissed: false })
            {
                if (ids.Length == 1) return GroupErrors.Missing(id);
                data.Add("group id doesn't exist");
                continue;
            }

            data.Add(GroupViews.Details(
                roster, call.Caller, clock.GetUtcNow().ToUnixTimeMilliseconds(), call.Query("joined_time") == "true", await IsShieldedAsync(call, id, ct), limits.MaxGroupMembers));
        }

        return new() { Data = data, Count = data.Count };
    }

    private async ValueTask<bool> IsShieldedAsync(AgoraCall call, GroupId group, CancellationToken ct) =>
        !call.Caller.IsAdministrator
        && await conversations.FindSettingsAsync(call.Caller.User, ConversationKey.Group(call.App.Id, group), ct) is { Receive: ReceiveOption.Refuse };
}
