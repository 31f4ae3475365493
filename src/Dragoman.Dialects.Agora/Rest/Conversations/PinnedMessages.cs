using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Conversations;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.Agora.Rest.Conversations;

/// <summary>A message is pinned in its conversation, or no longer.</summary>
internal sealed class ChangePin(PinMessage pin, UnpinMessage unpin, Conferences conferences) : AgoraEndpoint("POST,DELETE", "/sdk/user/{u}/user_channel/pin", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (!call.App.Settings.Features.PinnedMessages) return PinErrors.NotOpen;
        var user = call.UserIn("u");
        if (!PinErrors.TryRead(call.App.Id, user, call.Body.Text("type"), call.Body.Text("to"), out var named)) return AgoraErrors.InvalidParameter;
        if (call.Body.Number("pin_msg_id") is not ({ } id and > 0)) return PinErrors.BadId;

        var message = new MessageId(id);
        var conversation = await conferences.FindAsync(named.Value, ct);
        var done = HttpMethods.IsPost(call.Http.Request.Method)
            ? await pin.RunAsync(call.Caller, user, conversation, message, call.App.Settings.Limits.PinnedMessages, ct)
            : await unpin.RunAsync(call.Caller, user, conversation, message, ct);
        return done.TryGet(out _, out var refusal) ? new AgoraReply { Data = new JsonObject { ["result"] = "ok" } } : PinErrors.Of(refusal);
    }
}

/// <summary>The pinned messages of a conversation, those that were pinned last first.</summary>
internal sealed class ListPinnedMessages(ListPins pins, ConversationList shown, Conferences conferences) : AgoraEndpoint("GET", "/sdk/user/{u}/user_channel/pin", Access.Owner)
{
    private const int UsualCount = 10;
    private const int MaxCount = 50;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (!call.App.Settings.Features.PinnedMessages) return PinErrors.NotOpen;
        var user = call.UserIn("u");
        if (!PinErrors.TryRead(call.App.Id, user, call.Query("type"), call.Query("to"), out var named)) return AgoraErrors.InvalidParameter;
        if (PageCursor.SkipOf(call.Query("cursor")) is not { } skip) return PageCursor.Invalid;

        var limit = call.Limit(UsualCount, MaxCount);
        var conversation = await conferences.FindAsync(named.Value, ct);
        var read = await pins.RunAsync(call.Caller, user, conversation, skip, limit + 1, ct);
        if (!read.TryGet(out var page, out var refusal))
        {
            // Two who never talked have pinned nothing.
            if (refusal.Condition != Condition.ConversationNotFound || conversation.Kind != ConversationKind.Direct) return PinErrors.Of(refusal);
            page = [];
        }

        return new()
        {
            Data = new JsonObject
            {
                ["msg_infos"] = new JsonArray([.. page.Take(limit).Select(one => new JsonObject
                {
                    ["message"] = shown.MetaOf(call.App, one.Message),
                    ["pin_opt_at"] = one.At,
                    ["pin_operator"] = one.By.Value,
                })]),
                ["cursor"] = page.Count > limit ? PageCursor.At(skip + limit) : "",
            },
        };
    }
}

/// <summary>What the routes of pins have in common.</summary>
internal static class PinErrors
{
    public static readonly AgoraError NotOpen = AgoraErrors.Forbidden.With("pin message service not open!");
    public static readonly AgoraError BadId = AgoraErrors.IllegalArgument.With("param pin_msg_id illegal, please check it!");
    private static readonly AgoraError NoMessage = AgoraErrors.Forbidden.With("the message does not exist") with { ErrorCode = 91102 };
    private static readonly AgoraError NoPart = AgoraErrors.IllegalArgument.With("the user is not in the conversation") with { ErrorCode = 91104 };

    /// <param name="type">As of <see cref="Channels.TryRead"/>, or <c>chatroom</c>.</param>
    public static bool TryRead(AppId app, UserId user, string? type, string? to, [NotNullWhen(true)] out ConversationKey? conversation)
    {
        if (Channels.TryRead(app, user, type, to, out conversation)) return true;
        if (string.IsNullOrEmpty(to) || !string.Equals(type, "chatroom", StringComparison.OrdinalIgnoreCase)) return false;
        conversation = ConversationKey.Room(app, new(to));
        return true;
    }

    public static AgoraError Of(Refusal refusal) => refusal.Condition switch
    {
        Condition.MessageNotFound => NoMessage,
        Condition.NotGroupMember or Condition.NotInRoom => NoPart,
        _ => refusal,
    };
}
