using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Conversations;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Rest.Conversations;

/// <summary>What was said in a conversation, in both directions.</summary>
internal sealed class MessageRoaming(ReadHistory history, ReactionTallies reactions, MetaRenderer renderer) : AgoraEndpoint("POST", "/users/{u}/messageroaming", Access.Owner)
{
    private const int UsualCount = 20;
    private const int MaxCount = 50;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        if (!Channels.TryReadQueue(call.App.Id, user, call.Body.Text("queue"), out var conversation)) return AgoraErrors.InvalidParameter.With("queue is invalid");

        var count = call.Body.Number("pull_number") is > 0 and var wanted ? (int)Math.Min(wanted, MaxCount) : UsualCount;
        var query = new HistoryQuery(call.Body.Number("start") is > 0 and var start ? start : null, count, call.Body.Flag("is_positive") == true)
        {
            Kinds = KindsOf(call.Body.Text("msgType")),
            Sender = call.Body.Text("userId") is { Length: > 0 } sender ? UserNames.Fold(sender) : null,
            From = call.Body.Number("startTime") is > 0 and var from ? from : 0,
            To = call.Body.Number("endTime") is > 0 and var to ? to : long.MaxValue,
        };
        var read = await history.RunAsync(user, conversation.Value, query, ct);
        if (!read.TryGet(out var page, out var refusal))
        {
            if (refusal.Condition != Condition.ConversationNotFound) return refusal;
            page = new([], 0, IsLast: true); // who never talked has no history
        }

        var tallies = await reactions.OfAsync(user, page.Entries, ct);
        return new()
        {
            Data = new JsonObject
            {
                ["msgs"] = new JsonArray([.. page.Entries.Select(entry => Show(entry, user, tallies)).OfType<JsonObject>()]),
                ["next_key"] = page.Next is 0 or long.MaxValue ? "" : page.Next.ToString(CultureInfo.InvariantCulture),
                ["is_last"] = page.IsLast,
            },
        };
    }

    private JsonObject? Show(Entry entry, UserId reader, IReadOnlyDictionary<MessageId, IReadOnlyList<ReactionTally>> tallies)
    {
        if (renderer.Render(entry).For(reader) is not { } meta) return null;
        if (tallies.TryGetValue(entry.Id, out var own)) ReactionJson.AddTo(meta, entry, own);
        return new()
        {
            ["msg"] = Convert.ToBase64String(meta.ToByteArray()),
            ["msg_id"] = entry.Id.Value.ToString(CultureInfo.InvariantCulture),
            ["timestamp"] = entry.SentAt,
        };
    }

    private static HashSet<ContentKind>? KindsOf(string? types)
    {
        if (string.IsNullOrEmpty(types)) return null;

        var kinds = new HashSet<ContentKind>();
        foreach (var type in types.Split(',', StringSplitOptions.TrimEntries))
        {
            ContentKind[] named = type switch
            {
                "txt" => [ContentKind.Text, ContentKind.Bundle, ContentKind.Other],
                "img" => [ContentKind.Image],
                "audio" => [ContentKind.Voice],
                "video" => [ContentKind.Video],
                "file" => [ContentKind.File],
                "loc" => [ContentKind.Location],
                "cmd" => [ContentKind.Command],
                "custom" => [ContentKind.Custom],
                "combine" => [ContentKind.Bundle],
                _ => [],
            };
            kinds.UnionWith(named);
        }

        return kinds;
    }
}
