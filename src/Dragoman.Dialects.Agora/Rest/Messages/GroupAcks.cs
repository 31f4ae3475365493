using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Rest.Messages;

/// <summary>Who has read a message of a group.</summary>
internal sealed class GroupAcks(GroupReceipts receipts, TimeProvider clock) : AgoraEndpoint("GET", "/chatgroups/{g}/acks/{m}", Access.Users)
{
    private const int MaxLimit = 500;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (!long.TryParse(call.TextIn("m"), NumberStyles.None, CultureInfo.InvariantCulture, out var message)) return AgoraErrors.Table[Condition.MessageNotFound];

        var limit = call.Limit(MaxLimit, MaxLimit);
        var read = await receipts.ListAsync(call.Caller, new(call.TextIn("g")), new(message), call.Query("key") ?? "", limit, ct);
        if (!read.TryGet(out var page, out var refusal)) return refusal;

        var isLast = page.Readers.Count < limit;
        return new()
        {
            Data = new JsonObject
            {
                ["userlist"] = new JsonArray([.. page.Readers.Select(r => (JsonNode?)JsonValue.Create(r.Reader.Value))]),
                ["total"] = page.Total,
                ["is_last"] = isLast,
                ["next_key"] = isLast ? "" : page.Readers[^1].Reader.Value,
                ["timestamp"] = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                ["ackmid"] = call.TextIn("m"),
            },
        };
    }
}
