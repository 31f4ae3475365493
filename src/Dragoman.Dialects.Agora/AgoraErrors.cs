using System.Collections.Frozen;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Engine;

namespace Dragoman.Dialects.Agora;

/// <summary>A refusal as the vendor's HTTP API sends it.</summary>
/// <param name="Description"><c>error_description</c>: clients compare it, so its letters are the vendor's.</param>
/// <param name="ErrorCode">The number that shipped clients read before the text; left out when null.</param>
internal sealed record AgoraError(int Status, string Error, string Description, string? Exception = null, int? ErrorCode = null)
{
    /// <summary>A member <c>result</c> that some routes answer besides; left out when null.</summary>
    public string? Result { get; init; }

    public AgoraError With(string description) => this with { Description = description };

    public static implicit operator AgoraError(Refusal refusal) => AgoraErrors.Of(refusal);
}

/// <summary>Condition to answer: the only place that knows which refusal is which status and text.</summary>
/// <remarks>Source: sections 2.5, 3.4 and 8.2 of our specification of the REST side.</remarks>
internal static class AgoraErrors
{
    /// <summary>Where a text names what the refusal is about.</summary>
    private const string Place = "{id}";

    private const string Security = "org.apache.usergrid.rest.exceptions.SecurityException";

    public static readonly AgoraError IllegalArgument = new(400, "illegal_argument", "bad argument", "EasemobIllegalArgumentException");
    public static readonly AgoraError InvalidParameter = new(400, "invalid_parameter", "bad parameter", "EasemobIllegalArgumentException");
    public static readonly AgoraError InvalidGrant = new(400, "invalid_grant", "invalid password");
    public static readonly AgoraError InvalidBody = new(400, "invalid_request_body", "Request body is invalid. Please check body is correct.");
    public static readonly AgoraError NotJson = new(400, "json_parse", "Request body not readable.Please check content type is correct!");
    public static readonly AgoraError DuplicateUser = new(400, "duplicate_unique_property_exists", "user exists", "EasemobDuplicateUniquePropertyExistsException");
    public static readonly AgoraError Unauthorized = new(401, "unauthorized", "Unable to authenticate (OAuth)");
    public static readonly AgoraError CorruptToken = new(401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token", Security);
    public static readonly AgoraError Forbidden = new(403, "forbidden_op", "permission denied", "EasemobForbiddenOpException");
    public static readonly AgoraError ExceedLimit = new(403, "exceed_limit", "limit exceeded", "EasemobExceedLimitException");
    public static readonly AgoraError Banned = new(403, "forbidden_service_operation", "Service operation not allowed");
    public static readonly AgoraError SendFailed = new(403, "message_send_error", "message send failed");
    public static readonly AgoraError RecallFailed = new(403, "message_recall_error", "message recall failed");
    public static readonly AgoraError RewriteFailed = new(403, "message_rewrite_error", "The rewrite message feature is not open.");
    public static readonly AgoraError BadRequest = new(400, "Bad Request", "Bad Request");
    public static readonly AgoraError UserNotFound = new(404, "service_resource_not_found", "Service resource not found", "UserNotFoundException");
    public static readonly AgoraError NotFound = new(404, "resource_not_found", "resource not found", "EasemobResourceNotFoundException");
    public static readonly AgoraError RouteNotFound = new(404, "service_resource_not_found", "Service resource not found", "EasemobResourceNotFoundException");
    public static readonly AgoraError EntityNotFound = new(404, "entity_not_found", "User null not found");
    public static readonly AgoraError AppNotFound = new(404, "organization_application_not_found", "Could not find application");
    public static readonly AgoraError MethodNotAllowed = new(405, "method_not_allowed", "Method Not Allowed");
    public static readonly AgoraError Concurrent = new(409, "concurrent_operation_error", "concurrency create app user failed");
    public static readonly AgoraError TooLarge = new(413, "file exceeding maximum limit", "the file size exceeds the maximum limit.");
    public static readonly AgoraError EditionLimit = new(429, "resource_limited", "You have exceeded the limit of the community edition,Please upgrade to the enterprise edition");
    public static readonly AgoraError RateLimit = new(429, "reach_limit", "This request has reached api limit", "EasemobReachLimitException");
    public static readonly AgoraError Internal = new(500, "internal_error", "internal error");
    public static readonly AgoraError Busy = new(503, "service_unavailable", "Service unavailable");

    public static readonly FrozenDictionary<Condition, AgoraError> Table = new Dictionary<Condition, AgoraError>
    {
        [Condition.NotPermitted] = Unauthorized,
        [Condition.Unavailable] = Busy,
        [Condition.Overloaded] = Busy,
        [Condition.AppRateExceeded] = RateLimit,
        [Condition.CallerRateExceeded] = RateLimit,
        [Condition.OperationRateExceeded] = RateLimit,
        [Condition.SendRateExceeded] = SendFailed.With("message send reach limit"),
        [Condition.SessionRateExceeded] = RateLimit,
        [Condition.ConversationRateExceeded] = SendFailed.With("message send reach limit"),
        [Condition.RegistrationRateExceeded] = RateLimit,
        [Condition.LoginRateExceeded] = RateLimit,
        [Condition.TooManyFailures] = RateLimit,
        [Condition.RefusedByHook] = Forbidden.With("refused by a callback"),
        [Condition.HookUnreachable] = Forbidden.With("custom internal error"),
        [Condition.HookAnswerInvalid] = Forbidden.With("custom internal error"),

        [Condition.AccountNotFound] = UserNotFound,
        [Condition.PeerNotFound] = UserNotFound,
        [Condition.AccountExists] = DuplicateUser,
        [Condition.AccountIdInvalid] = IllegalArgument.With("username is not legal"),
        [Condition.AccountDisabled] = InvalidGrant.With("user not activated"),
        [Condition.ServiceAccountCannotLogIn] = Banned,
        [Condition.AccountQuotaReached] = EditionLimit,
        [Condition.RegistrationClosed] = new(401, "unauthorized", "Open registration doesn't allow, so register user need token"),
        [Condition.PasswordInvalid] = IllegalArgument.With("password or pin must provided"),
        [Condition.PasswordWrong] = InvalidGrant,
        [Condition.LoginNameInvalid] = IllegalArgument,
        [Condition.PhoneTaken] = DuplicateUser,
        [Condition.MailTaken] = DuplicateUser,
        [Condition.LoginNameTaken] = DuplicateUser,
        [Condition.InvitationSpent] = Forbidden,
        [Condition.FieldUnknown] = IllegalArgument,
        [Condition.FieldValueInvalid] = IllegalArgument,
        [Condition.FieldValueTooLong] = ExceedLimit,
        [Condition.ProfileTooLarge] = IllegalArgument.With("NICKNAME_TOO_LONG"),
        [Condition.NotServiceAccount] = Forbidden,
        [Condition.ClientLogNotFound] = NotFound,
        [Condition.FavouriteNotFound] = NotFound,
        [Condition.FavouriteExists] = InvalidParameter.With("the collection exists already"),
        [Condition.FavouriteTooLarge] = ExceedLimit,
        [Condition.TooManyFavourites] = ExceedLimit,
        [Condition.ClientSettingTooLarge] = ExceedLimit,

        [Condition.GrantUnknown] = new(401, "auth_bad_access_token", "Unable to authenticate", Security),
        [Condition.GrantKicked] = new(401, "auth_bad_access_token", "Unable to authenticate", Security),
        [Condition.GrantRevoked] = new(401, "auth_bad_access_token", "Unable to authenticate", Security),
        [Condition.TokenInvalidated] = new(401, "auth_bad_access_token", "Unable to authenticate", Security),
        [Condition.DeviceLimitReached] = ExceedLimit.With("too many devices"),
        [Condition.SubscriptionLimitReached] = IllegalArgument.With("too many sub presence"),
        [Condition.CannotSubscribeToSelf] = IllegalArgument.With("you can't sub yourself"),
        [Condition.PresenceTextTooLong] = IllegalArgument.With("ext is too big "), // the blank, too, is what clients compare
        [Condition.DailyUsersReached] = EditionLimit,
        [Condition.MonthlyUsersReached] = EditionLimit,
        [Condition.OnlineUsersReached] = EditionLimit,

        [Condition.CannotBefriendSelf] = IllegalArgument.With("can not add yourself as a friend"),
        [Condition.AlreadyFriends] = IllegalArgument.With("they are friends already"),
        [Condition.NotFriends] = IllegalArgument.With("updateRemark | they are not friends, please add as a friend first."),
        [Condition.FriendsRepeated] = IllegalArgument.With("user repeated"),
        [Condition.FriendLimitReached] = Forbidden.With("Inviter's contact max count"),
        [Condition.PeerFriendLimitReached] = Forbidden.With("Invitee's contact max count"),
        [Condition.PeerRefusesRequests] = Forbidden,
        [Condition.FriendRequestNotFound] = NotFound,
        [Condition.FriendRequestHandled] = NotFound,
        [Condition.FriendRequestLimitReached] = ExceedLimit,
        [Condition.RelationTextTooLong] = IllegalArgument.With("remark length must less than 100"),
        [Condition.RelationBatchTooLarge] = InvalidParameter.With("too many users"),
        [Condition.CannotBlockSelf] = IllegalArgument.With("can not block yourself"),
        [Condition.PeerIsBlocked] = Forbidden,
        [Condition.AlreadyBlocked] = Forbidden,
        [Condition.NotBlocked] = NotFound,
        [Condition.BlockLimitReached] = ExceedLimit,
        [Condition.BlockedByPeer] = Forbidden.With("blocked"),
        [Condition.StrangersRefused] = Forbidden.With("nonroster"),
        [Condition.PeerHasNotAddedSender] = Forbidden.With("nonroster"),
        [Condition.SenderHasNotAddedPeer] = Forbidden.With("nonroster"),

        [Condition.MessageTooLarge] = SendFailed with { Status = 400, Description = "Sorry, data is too large" },
        [Condition.MessageNotFound] = RecallFailed.With("not_found msg"),
        [Condition.MessageAlreadyRecalled] = RecallFailed.With("not_found msg"),
        [Condition.RecallNotPermitted] = RecallFailed.With("can not recall this message"),
        [Condition.RecallTooLate] = RecallFailed.With("exceed recall time limit"),
        [Condition.ReceiverRefusesMessages] = SendFailed.With("blocked"),
        [Condition.EditKindForbidden] = RewriteFailed with { Status = 400, Description = "The message is of a type that is currently not supported for modification." },
        [Condition.EditNotPermitted] = RewriteFailed with { Status = 401, Description = "You are not authorized to edit this message." },
        [Condition.EditLimitReached] = RewriteFailed.With("The message has reached its edit limit and cannot be modified further."),
        [Condition.EditConflict] = Concurrent.With("The message has been edited by another."),
        [Condition.ReactionInvalid] = BadRequest.With("message is not legal"),
        [Condition.ReactionExists] = BadRequest.With("the user is already operation this message"),
        [Condition.ReactionNotOwned] = BadRequest.With("the user operation is illegal!"),
        [Condition.ReactionBusy] = BadRequest.With("this message is creating reaction, please try again."),
        [Condition.ReactionLimitReached] = BadRequest.With("The quantity has exceeded the limit!"),
        [Condition.PinNotFound] = NotFound.With("user session pin message not exist"),
        [Condition.PinLimitReached] = ExceedLimit.With("too many pinned messages") with { ErrorCode = 91101 },
        [Condition.WordRejected] = SendFailed.With("sensitive words"),
        [Condition.SequenceOutOfRange] = InvalidParameter,
        [Condition.ConversationNotFound] = NotFound with { ErrorCode = 91001 },
        [Condition.ReceiptNotWanted] = NotFound.With("message receipt not found"),
        [Condition.PinnedConversationLimitReached] = ExceedLimit.With("too many pinned conversations") with { ErrorCode = 91002 },

        // What names the user or the group in its text is completed where the refusal is known: Of.
        [Condition.GroupNotFound] = NotFound.With("grpID {id} does not exist!"),
        [Condition.GroupIdInvalid] = InvalidParameter.With("group ID {id} illegal, please check it"),
        [Condition.GroupExists] = IllegalArgument.With("group ID {id} already exists!"),
        [Condition.GroupDismissed] = NotFound.With("grpID {id} does not exist!"),
        [Condition.GroupDisabled] = Forbidden.With("can not operate this group, reason: group is disabled"),
        [Condition.GroupTypeForbids] = Forbidden,
        [Condition.GroupTypeUnsupported] = Forbidden,
        [Condition.GroupNameTooLong] = InvalidParameter.With("group name is too long"),
        [Condition.GroupTextTooLong] = InvalidParameter.With("{id} length is too big"),
        [Condition.GroupFull] = ExceedLimit.With("group member list is full!"),
        [Condition.MemberLimitAbovePlan] = ExceedLimit.With("members size is greater than max user size !"),
        [Condition.UserGroupLimitReached] = ExceedLimit.With("user {id} has joined too many groups!"),
        [Condition.AppGroupLimitReached] = ExceedLimit.With("this appKey has create too many groups!"),
        [Condition.GroupMembersRepeated] = InvalidParameter.With("members are repeated"),
        [Condition.GroupMemberUnknown] = NotFound.With("'username {id} doesn't exist!'"),
        [Condition.NotGroupMember] = Forbidden.With("users [{id}] are not members of this group!"),
        [Condition.TargetNotMember] = Forbidden.With("users [{id}] are not members of this group!"),
        [Condition.AlreadyGroupMember] = Forbidden.With("can not join this group, reason:user: {id} already in group"),
        [Condition.SenderMuted] = Forbidden.With("user is mute"),
        [Condition.GroupMuted] = Forbidden.With("not in group or chatroom white list"),
        [Condition.MentionAllForbidden] = Forbidden,
        [Condition.NotGroupOwner] = Forbidden.With("user {id} is not the owner of this group"),
        [Condition.NotGroupManager] = Forbidden.With("user {id} is neither owner nor admin of this group"),
        [Condition.TargetOutranks] = Forbidden.With("forbidden operation on group admin!"),
        [Condition.TargetIsOwner] = Forbidden.With("forbidden operation on group owner!"),
        [Condition.TargetNotManager] = Forbidden.With("user:{id} is not admin of group"),
        [Condition.ManagerLimitReached] = ExceedLimit.With("group admin list is full!"),
        [Condition.OwnRoleFixed] = Forbidden.With("forbidden operation on group owner!"),
        [Condition.CannotPromoteSelf] = Forbidden,
        [Condition.RoleNotAssignable] = Forbidden,
        [Condition.NewOwnerIsOwner] = Forbidden.With("new owner and old owner are the same"),
        [Condition.NewOwnerNotMember] = Forbidden.With("user: {id} doesn't exist in group"),
        [Condition.OwnerCannotLeave] = Forbidden.With("group owner can not quit the group"),
        [Condition.CannotKickSelf] = Forbidden.With("can not remove yourself from the group"),
        [Condition.CannotKickOwner] = Forbidden.With("forbidden operation on group owner!"),
        [Condition.KickTargetNotMember] = Forbidden.With("users [{id}] are not members of this group!"),
        [Condition.JoinNeedsApproval] = Forbidden.With("the group needs an approval to join"),
        [Condition.BannedFromGroup] = Forbidden.With("can not join this group, reason:user {id} is in the blacklist"),
        [Condition.NotBannedFromGroup] = Forbidden.With("user: {id} is not in the blacklist"),
        [Condition.AttributeKeyInvalid] = new(400, "metadata_error", "exceeds chatgroup user metadata single key limit", ErrorCode: 60009),
        [Condition.AttributeValueTooLong] = new(400, "metadata_error", "exceeds chatgroup user metadata single value limit", ErrorCode: 60010),
        [Condition.AttributesTooLarge] = new(400, "metadata_error", "exceeds chatgroup user metadata total size limit", ErrorCode: 60006),
        [Condition.GroupFileLimitReached] = ExceedLimit.With("group share file list is full!"),
        [Condition.ApplicationsClosed] = Forbidden.With("group doesn't allow to apply"),
        [Condition.InvitationsClosed] = Forbidden.With("group doesn't allow to invite"),
        [Condition.ApplicationNotFound] = Forbidden.With("user {id} has no open application or invitation"),
        [Condition.ApplicationHandled] = Forbidden.With("user {id} has no open application or invitation"),

        [Condition.RoomNotFound] = NotFound.With("grpID does not exist!"),
        [Condition.RoomIdInvalid] = InvalidParameter.With("group ID illegal, please check it"),
        [Condition.RoomExists] = IllegalArgument.With("group ID already exists!"),
        [Condition.RoomNameTooLong] = ExceedLimit.With("title is too long"),
        [Condition.RoomDescriptionTooLong] = ExceedLimit.With("desc is too long"),
        [Condition.RoomTextTooLong] = Forbidden.With("announce info length exceeds limit!"),
        [Condition.RoomCapacityTooLarge] = ExceedLimit.With("maxUsers is too large"),
        [Condition.RoomFull] = ExceedLimit.With("group member list is full!"),
        [Condition.RoomMuted] = Forbidden.With("not in group or chatroom white list"),
        [Condition.RoomLimitReached] = ExceedLimit.With("has create too many chatrooms!"),
        [Condition.UserRoomLimitReached] = ExceedLimit.With("user has joined too many chatrooms!"),
        [Condition.RoomBatchTooLarge] = InvalidParameter.With("too many users"),
        [Condition.NotInRoom] = Forbidden with { Status = 400, Description = "users are not members of this group!" },
        [Condition.AlreadyInRoom] = Forbidden with { Status = 400, Description = "can not join this group, reason:user already in group" },
        [Condition.BannedFromRoom] = Forbidden.With("can not join this group, reason:user is in the blacklist"),
        [Condition.NotRoomOwner] = Forbidden,
        [Condition.NotRoomManager] = Forbidden,
        [Condition.RoomManagerUnknown] = Forbidden.With("user is not admin of group"),
        [Condition.RoomManagerLimitReached] = ExceedLimit.With("too many admins"),
        [Condition.RoomTagNotFound] = NotFound.With("group tag not found"),
        [Condition.RoomTagLimitReached] = ExceedLimit.With("user group tag count exceed limit"),
        [Condition.RoomTagTooLong] = ExceedLimit.With("tag length exceeds limit!"),
        [Condition.TopicNotFound] = new(404, "group_error", "thread not found.", ErrorCode: 40011),
        [Condition.TopicExists] = new(403, "group_error", "msg already create thread.not allow to create.", ErrorCode: 40003),
        [Condition.TopicNotNested] = new(400, "group_error", "thread not nested.", ErrorCode: 40009),
        [Condition.TopicRootInvalid] = new(400, "group_error", "thread must on group message to create.", ErrorCode: 40009),
        [Condition.MessageNotOfGroup] = new(400, "group_error", "msg not belong to group ."), // sic
        [Condition.TopicNameInvalid] = new(400, "group_error", "thread name limit reached."),
        [Condition.TopicLimitReached] = new(403, "group_error", "thread number has reached limit.", ErrorCode: 40005),
        [Condition.TopicJoinLimitReached] = new(403, "group_error", "user join thread reach limit.", ErrorCode: 40007),
        [Condition.NotInTopic] = new(404, "group_error", "user not in thread.", ErrorCode: 40012),
        [Condition.AlreadyInTopic] = new(403, "group_error", "user already in thread.", ErrorCode: 40004),
        [Condition.AttributeKeyTooLong] = InvalidParameter.With("the key is exceeding maximum limit"),
        [Condition.AttributeLimitReached] = InvalidParameter.With("size of metadata for this single chatroom exceeds the user defined limit"),
        [Condition.AttributeBatchTooLarge] = new(400, "metadata_error", "exceed allowed batch size", ErrorCode: 60012),
        [Condition.AttributeNotFound] = NotFound.With("the key does not exist"),
        [Condition.AttributeNotOwned] = Forbidden.With("is not part of you"),

        [Condition.FileNotFound] = EntityNotFound.With("file may not exists"),
        [Condition.FileExpired] = new(404, "file_expired", "file is expired"),
        [Condition.FileNameInvalid] = IllegalArgument,
        [Condition.FileTooLarge] = new(400, "illegal_argument", "the file size exceeds the maximum limit.", ErrorCode: 14403),
        [Condition.FileChecksumInvalid] = IllegalArgument,
        [Condition.StorageQuotaReached] = ExceedLimit,
        [Condition.UploadNotFound] = NotFound,
        [Condition.UploadExpired] = NotFound,
        [Condition.UploadLimitReached] = ExceedLimit,
        [Condition.UploadPartsInvalid] = IllegalArgument,
        [Condition.PartTooLarge] = TooLarge,
        [Condition.UploadSizeMismatch] = IllegalArgument,
        [Condition.PartChecksumMismatch] = IllegalArgument,
        [Condition.FileChecksumMismatch] = IllegalArgument,
        [Condition.LinkInvalid] = Unauthorized,
        [Condition.LinkExpired] = new(404, "file_expired", "file is expired"),
        [Condition.DeviceTokenMissing] = IllegalArgument.With("parameters is invalid : device_token"),
        [Condition.DeviceTokenTooLong] = IllegalArgument.With("parameters is invalid : device_token"),
    }.ToFrozenDictionary();

    public static AgoraError Of(Refusal refusal)
    {
        if (refusal.Hook is { } hook) return Forbidden.With(hook.Message);
        var error = Table[refusal.Condition];
        return error.Description.Contains(Place, StringComparison.Ordinal) ? error.With(error.Description.Replace(Place, refusal.Subject, StringComparison.Ordinal)) : error;
    }

    /// <summary>What a bad token answers on any call.</summary>
    public static AgoraError Of(TokenFault fault) => fault switch
    {
        TokenFault.Missing or TokenFault.Expired => Unauthorized.With("Unable to authenticate due to expired access token"),
        TokenFault.Corrupt => CorruptToken,
        TokenFault.Illegal => Unauthorized.With("token is illegal."),
        TokenFault.Disabled => Banned,
        _ => Table[Condition.GrantUnknown],
    };

    /// <summary>An unknown user whom a body names, so that the vendor's SDKs understand it.</summary>
    public static AgoraError UnknownUser(string user) => NotFound.With($"'username {user} doesn't exist!'");

    public static AgoraError UnknownApp(string org, string app, string path) =>
        AppNotFound.With($"Could not find application for {org}/{app} from URI: {org}/{app}{path}");
}
