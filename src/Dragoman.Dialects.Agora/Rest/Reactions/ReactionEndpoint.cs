using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;

namespace Dragoman.Dialects.Agora.Rest.Reactions;

/// <summary>A route of section 4.13: answers without the usual envelope, and refusals that are all 400.</summary>
internal abstract class ReactionEndpoint(string methods, string template, TimeProvider clock) : AgoraEndpoint(methods, template, Access.Owner)
{
    protected static readonly AgoraError Illegal = AgoraErrors.Table[Condition.ReactionNotOwned];
    private static readonly AgoraError NotOpen = AgoraErrors.BadRequest.With("this appKey is not open reaction service!");

    public sealed override ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct) =>
        call.App.Settings.Features.Reactions ? ServeAsync(call, call.UserIn("u"), ct) : new(NotOpen);

    protected abstract ValueTask<AgoraReply> ServeAsync(AgoraCall call, UserId user, CancellationToken ct);

    protected AgoraReply Ok(JsonNode? data = null)
    {
        var answer = new JsonObject { ["requestStatusCode"] = "ok", ["timestamp"] = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        if (data is not null) answer["data"] = data;
        return AgoraReply.Bare(answer);
    }

    /// <summary>A message that somebody has no part in is to him as one that is not there.</summary>
    protected static AgoraError ErrorOf(Refusal refusal) => refusal.Condition switch
    {
        Condition.MessageNotFound or Condition.NotPermitted or Condition.NotInRoom => Illegal,
        Condition.NotGroupMember => AgoraErrors.BadRequest.With("The user not in this group!"),
        _ => refusal,
    };

    protected static bool TryReadId(string? text, out MessageId id)
    {
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        id = new(number);
        return isNumber;
    }
}
