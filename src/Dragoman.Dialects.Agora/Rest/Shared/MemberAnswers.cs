using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;

namespace Dragoman.Dialects.Agora.Rest.Shared;

/// <summary>Answers about members of groups and rooms: one for each who was named, in either of the vendor's shapes (section 11.1).</summary>
/// <param name="action">What was done, in the vendor's word.</param>
/// <param name="idName">How the group or room is called in an answer: <c>groupid</c> or <c>id</c>.</param>
internal sealed class MemberAnswers(string action, string idName, string id)
{
    public static bool IsNewShape(AgoraCall call) => call.Query("version") == "v3";

    /// <summary>An object for one who was named alone, else a list.</summary>
    public JsonNode Of(IReadOnlyList<ItemOutcome> items, bool isAlone, Func<ItemOutcome, string> reason) =>
        isAlone && items.Count == 1 ? One(items[0], reason) : List(items, reason);

    /// <summary>The same where newer clients always get a short list.</summary>
    public JsonNode Of(AgoraCall call, IReadOnlyList<ItemOutcome> items, bool isAlone, Func<ItemOutcome, string> reason)
    {
        if (!IsNewShape(call)) return Of(items, isAlone, reason);
        return new JsonArray([.. items.Select(item =>
        {
            var one = new JsonObject { ["user"] = item.Subject.Value, ["result"] = item.IsDone };
            if (!item.IsDone) one["reason"] = reason(item);
            return (JsonNode)one;
        })]);
    }

    public JsonObject One(ItemOutcome item, Func<ItemOutcome, string> reason)
    {
        var one = new JsonObject { ["result"] = item.IsDone, ["action"] = action, ["user"] = item.Subject.Value, [idName] = id };
        if (!item.IsDone) one["reason"] = reason(item);
        return one;
    }

    public JsonArray List(IReadOnlyList<ItemOutcome> items, Func<ItemOutcome, string> reason) =>
        new([.. items.Select(item => (JsonNode)One(item, reason))]);
}
