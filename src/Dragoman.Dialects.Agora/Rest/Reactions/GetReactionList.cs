using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Engine;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Rest.Reactions;

/// <summary>How people have reacted to several messages; one that the user cannot see has no reactions.</summary>
internal sealed class GetReactionList(ListReactions reactions, TimeProvider clock) : ReactionEndpoint("GET", "/reaction/user/{u}", clock)
{
    private const int MaxMessages = 20;

    protected override async ValueTask<AgoraReply> ServeAsync(AgoraCall call, UserId user, CancellationToken ct)
    {
        var names = (call.Query("msgIdList") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length > MaxMessages) return AgoraErrors.BadRequest.With("msgIdList exceeds the maximum number limit");
        if (call.Query("msgType") == "groupchat" && call.Query("groupId") is null) return AgoraErrors.BadRequest.With("groupId can not be null!");

        var list = new JsonArray();
        foreach (var name in names)
        {
            if (!TryReadId(name, out var id)) return Illegal;
            var read = await reactions.RunAsync(call.Caller, user, id, ct);
            if (!read.TryGet(out var tallies, out var refusal))
            {
                if (refusal.Condition != Condition.MessageNotFound) return ErrorOf(refusal);
                tallies = [];
            }

            list.Add(new JsonObject { ["msgId"] = id.Value.ToString(CultureInfo.InvariantCulture), ["reactionList"] = ReactionJson.Of(id, tallies) });
        }

        return Ok(list);
    }
}
