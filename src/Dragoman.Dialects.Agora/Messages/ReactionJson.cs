using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>Reactions as the vendor shows them.</summary>
internal static class ReactionJson
{
    private const string Key = "reaction";

    /// <summary>A number of its own for each kind of reaction to a message: the same whenever it is asked for.</summary>
    public static string IdOf(MessageId message, string reaction)
    {
        const ulong Offset = 14_695_981_039_346_656_037, Prime = 1_099_511_628_211;
        var hash = Offset;
        foreach (var part in Encoding.UTF8.GetBytes($"{message.Value}/{reaction}")) hash = (hash ^ part) * Prime;
        return ((hash >> 11) + 1).ToString(CultureInfo.InvariantCulture); // below 2^53, as clients want numbers
    }

    public static JsonArray Of(MessageId message, IEnumerable<ReactionTally> tallies) => new([.. tallies.Select(tally => Of(message, tally))]);

    public static JsonObject Of(MessageId message, ReactionTally tally) => new()
    {
        ["reactionId"] = IdOf(message, tally.Reaction),
        ["reaction"] = tally.Reaction,
        ["count"] = tally.Count,
        ["userCount"] = tally.Count,
        ["state"] = tally.IsOwn,
        ["userList"] = Names(tally.Users),
    };

    public static JsonArray Names(IEnumerable<UserId> users) => new([.. users.Select(user => (JsonNode?)JsonValue.Create(user.Value))]);

    /// <summary>Puts them beside the message that a meta carries.</summary>
    public static void AddTo(Meta meta, Entry message, IReadOnlyList<ReactionTally> tallies)
    {
        if (Bodies.Parse(meta.Payload.Span) is not { } body) return;
        BodyMeta.Add(body, Key, Of(message.Id, tallies));
        meta.Payload = body.ToByteString();
    }
}
