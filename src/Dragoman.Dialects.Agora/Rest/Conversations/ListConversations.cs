using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Conversations;
using Dragoman.Dialects.Agora.Http;

namespace Dragoman.Dialects.Agora.Rest.Conversations;

/// <summary>The conversations of a user, or his pinned ones.</summary>
internal sealed class ListConversations(ConversationList list) : AgoraEndpoint("GET", "/sdk/user/{u}/user_channels/list", Access.Owner)
{
    private const int UsualLimit = 20;
    private const int MaxLimit = 50;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (infos, cursor) = await list.ReadAsync(
            call.App,
            call.UserIn("u"),
            new ListQuery(call.Limit(UsualLimit, MaxLimit), call.Query("cursor"))
            {
                PinnedOnly = call.Query("is_top") == "true",
                WithEmpty = call.Query("needEmptySession") != "false",
            },
            ct);
        return new() { Data = new JsonObject { ["channel_infos"] = infos, ["cursor"] = cursor } };
    }
}

/// <summary>Those with one mark.</summary>
internal sealed class SearchMarked(ConversationList list) : AgoraEndpoint("GET", "/sdk/user/{u}/user_channels/mark/search", Access.Owner)
{
    private const int UsualLimit = 10;
    private const int MaxLimit = 50;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Query("mark") is not { } mark) return AgoraErrors.InvalidParameter.With("param mark must be not empty, please check!");
        if (ConversationMarks.Read(mark) is not (var bits and not 0)) return AgoraErrors.InvalidParameter.With("param mark illegal, please check it!");

        var query = new ListQuery(call.Limit(UsualLimit, MaxLimit), call.Query("cursor")) { Mark = bits };
        var (infos, cursor) = await list.ReadAsync(call.App, call.UserIn("u"), query, ct);
        return new() { Data = new JsonObject { ["channel_infos"] = infos, ["cursor"] = cursor } };
    }
}

/// <summary>The whole list, as older SDKs ask for it.</summary>
internal sealed class ListAllConversations(ConversationList list) : AgoraEndpoint("GET", "/users/{u}/user_channels", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (infos, _) = await list.ReadAsync(call.App, call.UserIn("u"), new ListQuery(int.MaxValue), ct);
        return new() { Data = new JsonObject { ["channel_infos"] = infos } };
    }
}

/// <summary>The same in numbered pages, from 1.</summary>
internal sealed class PageConversations(ConversationList list) : AgoraEndpoint("GET", "/users/{u}/user_channels/page", Access.Owner)
{
    private const int UsualSize = 20;
    private const int MaxSize = 100;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (infos, _) = await list.ReadAsync(call.App, call.UserIn("u"), new ListQuery(int.MaxValue), ct);
        var size = Math.Min(Number("pageSize", UsualSize), MaxSize);
        var page = new JsonArray([.. infos.Skip((Number("pageNum", 1) - 1) * size).Take(size).Select(info => info!.DeepClone())]);
        return new() { Data = new JsonObject { ["channel_infos"] = page } };

        int Number(string name, int usual) =>
            int.TryParse(call.Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 10_000 ? number : usual;
    }
}
