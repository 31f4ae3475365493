using System.Collections.Frozen;
using Dragoman.Engine;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>Condition to the status of an acknowledgement (section 8.4). Clients compare the texts.</summary>
internal static class SendRefusals
{
    private static readonly (ErrorCode, string) Unknown = (ErrorCode.Fail, "Sorry, the server has failed");
    private static readonly (ErrorCode, string) NoRight = (ErrorCode.Fail, "Sorry, You do not have permission");

    private static readonly FrozenDictionary<Condition, (ErrorCode Code, string Reason)> Table = new Dictionary<Condition, (ErrorCode, string)>
    {
        [Condition.BlockedByPeer] = (ErrorCode.Fail, "blocked"),
        [Condition.ReceiverRefusesMessages] = (ErrorCode.Fail, "blocked"),
        [Condition.GroupNotFound] = (ErrorCode.Fail, "group not found"),
        [Condition.GroupDismissed] = (ErrorCode.Fail, "group not found"),
        [Condition.TopicNotFound] = (ErrorCode.Fail, "group not found"),
        [Condition.NotInTopic] = (ErrorCode.Fail, "not in group or chatroom"),
        [Condition.NotGroupMember] = (ErrorCode.Fail, "not in group or chatroom"),
        [Condition.StrangersRefused] = (ErrorCode.Fail, "nonroster"),
        [Condition.PeerHasNotAddedSender] = (ErrorCode.Fail, "nonroster"),
        [Condition.SenderHasNotAddedPeer] = (ErrorCode.Fail, "nonroster"),
        [Condition.MessageNotFound] = (ErrorCode.Fail, "Sorry, message does not exist"),
        [Condition.MessageAlreadyRecalled] = (ErrorCode.Fail, "Sorry, message does not exist"),
        [Condition.EditKindForbidden] = (ErrorCode.Fail, "Sorry, format is incorrect"),
        [Condition.EditNotPermitted] = NoRight,
        [Condition.EditLimitReached] = (ErrorCode.Fail, "Sorry, edit limit reached"),
        [Condition.EditConflict] = (ErrorCode.Fail, "Sorry, edit fail"),
        [Condition.RecallTooLate] = (ErrorCode.Fail, "exceed recall time limit"),
        [Condition.RecallNotPermitted] = NoRight,
        [Condition.NotPermitted] = NoRight,
        [Condition.MentionAllForbidden] = NoRight,
        [Condition.GroupDisabled] = (ErrorCode.Fail, "group is disabled"),
        [Condition.SenderMuted] = (ErrorCode.UserMuted, "user is muted"),
        [Condition.GroupMuted] = (ErrorCode.Fail, "not in group or chatroom white list"),
        [Condition.RoomMuted] = (ErrorCode.Fail, "not in group or chatroom white list"),
        [Condition.NotInRoom] = (ErrorCode.Fail, "not in group or chatroom"),
        [Condition.RoomFull] = (ErrorCode.Fail, "group member list is full!"),
        [Condition.RoomIdInvalid] = (ErrorCode.Fail, "group ID illegal, please check it"),
        [Condition.WordRejected] = (ErrorCode.PermissionDenied, "sensitive words"),
        [Condition.MessageTooLarge] = (ErrorCode.PermissionDenied, "Sorry, data is too large"),
        [Condition.SendRateExceeded] = (ErrorCode.PermissionDenied, "traffic limit"),
        [Condition.ConversationRateExceeded] = (ErrorCode.PermissionDenied, "traffic limit"),
        [Condition.SessionRateExceeded] = (ErrorCode.PermissionDenied, "traffic limit"),
        [Condition.AppRateExceeded] = (ErrorCode.PermissionDenied, "traffic limit"),
        [Condition.CallerRateExceeded] = (ErrorCode.PermissionDenied, "traffic limit"),
        [Condition.Overloaded] = (ErrorCode.PermissionDenied, "traffic limit"),
    }.ToFrozenDictionary();

    public static (ErrorCode Code, string Reason) Of(Refusal refusal)
    {
        // What the app's own server says is shown to whoever sent the message.
        if (refusal.Condition == Condition.RefusedByHook) return (ErrorCode.PermissionDeniedExternal, refusal.Hook?.Message ?? refusal.Subject ?? "");
        return refusal.Condition switch
        {
            Condition.RoomNotFound => (ErrorCode.Fail, $"grpID {refusal.Subject} does not exist!"),
            Condition.BannedFromRoom => (ErrorCode.Fail, $"can not join this group, reason:user {refusal.Subject} is in the blacklist"),
            Condition.UserRoomLimitReached => (ErrorCode.Fail, $"user {refusal.Subject} has joined too many chatrooms!"),
            _ => Table.GetValueOrDefault(refusal.Condition, Unknown),
        };
    }
}
