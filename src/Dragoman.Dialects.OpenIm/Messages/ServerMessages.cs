using System.Security.Cryptography;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>What came of a message that the app's server sent.</summary>
/// <param name="Modified">As a webhook wrote it anew; null when it is as it was sent.</param>
internal sealed record ServerSent(string ServerMsgId, string ClientMsgId, long SendTime, MsgData? Modified);

/// <summary>Sends messages that come over HTTP through the same rules as those of clients.</summary>
internal sealed class ServerMessages(SendDirectMessage direct, SendGroupMessage group, SendAnnouncement announcement, SendLicence licence)
{
    /// <summary>32 hex digits that no other message has.</summary>
    public static string NewClientMsgId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <param name="rights">What the message passes besides what its sender and its type let it pass.</param>
    /// <param name="channel">The changes for a notification that is not shown in the chat.</param>
    public async ValueTask<(ServerSent? Sent, OpenImError? Error)> SendAsync(
        OpenImApp app, Caller caller, MsgData message, CancellationToken ct, SendRights rights = SendRights.None, LogChannel channel = LogChannel.Timeline)
    {
        if (licence.Check(app, message.SessionType, message.ContentType) is { } forbidden) return (null, forbidden);

        var bytes = message.ToByteArray();
        if (!MsgDataView.TryParse(bytes, out var view)) return (null, OpenImErrors.Args.With("the message is malformed"));
        if (MessageRules.Check(view) is { } invalid) return (null, invalid);

        var receipt = new Receipt();
        var draft = MessageRules.DraftOf(view, view.ClientMsgId.ToArray(), default, receipt, app.IsAdmin(message.SendID), app.FriendCheck);
        draft = draft with { Rights = draft.Rights | rights, Channel = channel };
        var sender = new UserId(message.SendID);
        var result = message.SessionType switch
        {
            Conversations.GroupChat => await group.RunAsync(caller, sender, new GroupId(message.GroupID), draft, ct),
            Conversations.SystemChat => await announcement.RunAsync(caller, sender, new UserId(message.RecvID), draft, ct),
            _ => await direct.RunAsync(caller, sender, new UserId(message.RecvID), draft, ct),
        };
        if (!result.TryGet(out var sent, out var refusal))
        {
            // Who was to announce something and does not exist is 1101 here, where everybody else is 1004.
            return refusal.Condition == Condition.AccountNotFound && message.SessionType == Conversations.SystemChat
                ? (null, OpenImErrors.UserIdNotFound.With(refusal.Subject ?? ""))
                : (null, OpenImErrors.Of(refusal));
        }


        var clientMsgId = receipt.Modified?.ClientMsgID ?? message.ClientMsgID;
        return (new(OpenImIds.ServerMsgId(sent.Id), clientMsgId, sent.SentAt, receipt.Modified), null);
    }

    /// <summary>The caller waits itself; this only hears how the message was rewritten.</summary>
    private sealed class Receipt : ModifiableReceipt
    {
        protected override void OnSent(in SentMessage sent)
        {
            // The caller has it from the operation.
        }

        protected override void OnRefused(Refusal refusal)
        {
            // So it has the refusal.
        }
    }
}
