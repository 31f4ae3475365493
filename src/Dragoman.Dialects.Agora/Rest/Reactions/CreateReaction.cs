using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Engine;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Rest.Reactions;

/// <summary>Somebody reacts to a message.</summary>
internal sealed class CreateReaction(AddReaction add, TimeProvider clock) : ReactionEndpoint("POST", "/reaction/user/{u}", clock)
{
    protected override async ValueTask<AgoraReply> ServeAsync(AgoraCall call, UserId user, CancellationToken ct)
    {
        if (!TryReadId(call.Body.Number("msgId")?.ToString(CultureInfo.InvariantCulture), out var id)) return Illegal;

        var reaction = call.Body.Text("message") ?? "";
        var added = await add.RunAsync(call.Caller, user, id, reaction, call.App.Settings.Limits.Reactions, ct);
        if (!added.TryGet(out var done, out var refusal)) return ErrorOf(refusal);

        var group = Jids.ConferenceOf(done.Message.Conversation);
        var at = TimeOf(done.Tally.Since);
        return Ok(new JsonObject
        {
            ["id"] = ReactionJson.IdOf(id, reaction),
            ["msgId"] = id.Value.ToString(CultureInfo.InvariantCulture),
            ["msgType"] = group is null ? "chat" : "groupchat",
            ["groupId"] = group,
            ["reaction"] = reaction,
            ["createdAt"] = at,
            ["updatedAt"] = at,
        });
    }

    private static string TimeOf(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
