using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Conversations;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Agora.Threads;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Rest.Conversations;

/// <summary>What was said in a conversation, in both directions.</summary>
internal sealed class MessageRoaming(ReadHistory history, MetaRenderer renderer, Conferences conferences, Afterwards afterwards) : AgoraEndpoint("POST", "/users/{u}/messageroaming", Access.Owner)
{
    private const int UsualCount = 20;
    private const int MaxCount = 50;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        if (!Channels.TryReadQueue(call.App.Id, user, call.Body.Text("queue"), out var queue)) return AgoraErrors.InvalidParameter.With("queue is invalid");
        var conversation = await conferences.FindAsync(queue.Value, ct);

        var count = call.Body.Number("pull_number") is > 0 and var wanted ? (int)Math.Min(wanted, MaxCount) : UsualCount;
        var query = new HistoryQuery(call.Body.Number("start") is > 0 and var start ? start : null, count, call.Body.Flag("is_positive") == true)
        {
            Kinds = KindsOf(call.Body.Text("msgType")),
            Sender = call.Body.Text("userId") is { Length: > 0 } sender ? UserNames.Fold(sender) : null,
            From = call.Body.Number("startTime") is > 0 and var from ? from : 0,
            To = call.Body.Number("endTime") is > 0 and var to ? to : long.MaxValue,
        };
        var read = await history.RunAsync(user, conversation, query, ct);
        if (!read.TryGet(out var page, out var refusal))
        {
            if (refusal.Condition != Condition.ConversationNotFound) return refusal;
            page = new([], 0, IsLast: true); // who never talked has no history
        }

        var shown = new List<(Entry Entry, Meta Meta)>(page.Entries.Count);
        foreach (var entry in page.Entries)
        {
            if (renderer.Render(entry).For(user) is { } meta) shown.Add((entry, meta));
        }

        await afterwards.AddAsync(call.App, user, conversation, shown, ct);
        return new()
        {
            Data = new JsonObject
            {
                ["msgs"] = new JsonArray([.. shown.Select(one => (JsonNode)Show(one.Entry, one.Meta))]),
                ["next_key"] = page.Next is 0 or long.MaxValue ? "" : page.Next.ToString(CultureInfo.InvariantCulture),
                ["is_last"] = page.IsLast,
            },
        };
    }

    private static JsonObject Show(Entry entry, Meta meta) => new()
    {
        ["msg"] = Convert.ToBase64String(meta.ToByteArray()),
        ["msg_id"] = entry.Id.Value.ToString(CultureInfo.InvariantCulture),
        ["timestamp"] = entry.SentAt,
    };

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
