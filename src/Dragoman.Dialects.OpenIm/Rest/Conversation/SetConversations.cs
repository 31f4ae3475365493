using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;

namespace Dragoman.Dialects.OpenIm.Rest.Conversation;

/// <summary><c>POST /conversation/set_conversations</c>: settings of a conversation, for each of the named users.</summary>
internal sealed class SetConversations(ConfigureConversation configure, SwitchDisappearing disappearing) : OpenImEndpoint<SetConversationsReq, Empty>("/conversation/set_conversations")
{
    private const int MaxUsers = 1_000;

    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, SetConversationsReq request, CancellationToken ct)
    {
        if (Validate(call, request) is { } invalid) return invalid;
        foreach (var userId in request.UserIDs)
        {
            if (call.Access(userId) is { } denied) return denied;
        }

        var asked = request.Conversation;
        foreach (var userId in request.UserIDs.Distinct())
        {
            var user = new UserId(userId);
            var set = await configure.RunAsync(call.Caller, user, KeyOf(call.AppId, user, asked), SettingsOf(asked), ct);
            if (!set.TryGet(out _, out var refusal)) return refusal;
            if (asked.ConversationType != Conversations.SingleChat || asked.IsPrivateChat is not { } isPrivate) continue;

            var switched = await disappearing.RunAsync(
                call.Caller, user, KeyOf(call.AppId, user, asked), isPrivate.Value, old => WithPrivateChat(old, isPrivate.Value), ct);
            if (!switched.TryGet(out _, out refusal)) return refusal;
        }

        return new Empty();
    }

    private static string WithPrivateChat(string settings, bool isPrivate) =>
        (VendorConversationSettings.Read(settings) with { IsPrivateChat = isPrivate }).Write();

    private static OpenImError? Validate(OpenImCall call, SetConversationsReq request)
    {
        if (!call.Given.Has("userIDs") || request.UserIDs.Count is 0 or > MaxUsers) return OpenImErrors.Args.With("userID is empty");
        if (request.Conversation is null) return OpenImErrors.Args.With("conversation is empty");
        return request.Conversation.ConversationType switch
        {
            Conversations.SingleChat or Conversations.SystemChat =>
                request.Conversation.UserID.Length == 0 ? OpenImErrors.Args.With("userID is empty") : null,
            Conversations.GroupChat =>
                request.Conversation.GroupID.Length == 0 ? OpenImErrors.Args.With("groupID is empty") : null,
            _ => OpenImErrors.Args.With("conversationType is invalid"),
        };
    }

    private static ConversationKey KeyOf(AppId app, UserId user, ConversationReq asked) => asked.ConversationType switch
    {
        Conversations.GroupChat => ConversationKey.Group(app, new GroupId(asked.GroupID)),
        Conversations.SystemChat => ConversationKey.Announcement(app, user, new UserId(asked.UserID)),
        _ => ConversationKey.Direct(app, user, new UserId(asked.UserID)),
    };

    private static ConversationSettings SettingsOf(ConversationReq asked) => new(
        asked.RecvMsgOpt is { Value: >= 0 and <= 2 } option ? UserInfos.OptionOf(option.Value) : null,
        asked.IsPinned?.Value,
        asked.GroupAtType is { } at ? Conversations.MarkOf(at.Value) : null,
        asked.Ex?.Value,
        old =>
        {
            var own = VendorConversationSettings.Read(old);
            return (own with
            {
                AttachedInfo = asked.AttachedInfo?.Value ?? own.AttachedInfo,
                IsPrivateChat = asked.ConversationType == Conversations.SingleChat ? own.IsPrivateChat : asked.IsPrivateChat?.Value ?? own.IsPrivateChat,
                BurnDuration = asked.BurnDuration?.Value ?? own.BurnDuration,
                MsgDestructTime = asked.MsgDestructTime?.Value ?? own.MsgDestructTime,
                IsMsgDestruct = asked.IsMsgDestruct?.Value ?? own.IsMsgDestruct,
            }).Write();
        });
}
