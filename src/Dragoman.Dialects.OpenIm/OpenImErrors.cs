using System.Collections.Frozen;
using Dragoman.Engine;

namespace Dragoman.Dialects.OpenIm;

/// <summary>A code as the vendor sends it.</summary>
/// <param name="Message">The symbolic text of the code, <c>errMsg</c>.</param>
/// <param name="Detail">What was wrong in this very call, <c>errDlt</c>; the message again when there is nothing to add.</param>
internal sealed record OpenImError(int Code, string Message, string? Detail = null)
{
    public string DetailOrMessage => Detail ?? Message;

    public OpenImError With(string detail) => this with { Detail = detail };

    public static implicit operator OpenImError(Refusal refusal) => OpenImErrors.Of(refusal);
}

/// <summary>Condition to code: the only place that knows which refusal is which number.</summary>
/// <remarks>Source: the vendor's error code page and server constants, section 16.1 of our specification.</remarks>
internal static class OpenImErrors
{
    public static readonly OpenImError TooManyRequests = new(429, "too many requests, please try again later");
    public static readonly OpenImError Internal = new(500, "ServerInternalError");
    public static readonly OpenImError Args = new(1001, "ArgsError");
    public static readonly OpenImError NoPermission = new(1002, "NoPermissionError");
    public static readonly OpenImError DuplicateKey = new(1003, "DuplicateKeyError");
    public static readonly OpenImError RecordNotFound = new(1004, "RecordNotFoundError");
    public static readonly OpenImError UserIdNotFound = new(1101, "UserIDNotFoundError");
    public static readonly OpenImError RegisteredAlready = new(1102, "RegisteredAlreadyError");
    public static readonly OpenImError GroupIdNotFound = new(1201, "GroupIDNotFoundError");
    public static readonly OpenImError GroupIdExisted = new(1202, "GroupIDExisted");
    public static readonly OpenImError NotInGroupYet = new(1203, "NotInGroupYetError");
    public static readonly OpenImError DismissedAlready = new(1204, "DismissedAlreadyError");
    public static readonly OpenImError CanNotAddYourself = new(1301, "CanNotAddYourselfError");
    public static readonly OpenImError BlockedByPeer = new(1302, "BlockedByPeer");
    public static readonly OpenImError NotPeersFriend = new(1303, "NotPeersFriend");
    public static readonly OpenImError RelationshipAlready = new(1304, "RelationshipAlreadyError");
    public static readonly OpenImError FriendRequestHandled = new(1305, "FriendRequestHandled");
    public static readonly OpenImError MessageHasReadDisable = new(1401, "MessageHasReadDisable");
    public static readonly OpenImError AuthorizationExpired = new(1405, "AuthorizationExpired");
    public static readonly OpenImError GroupTypeNotSupport = new(1205, "GroupTypeNotSupport"); // the vendor's own text is empty
    public static readonly OpenImError GroupRequestHandled = new(1206, "GroupRequestHandled");
    public static readonly OpenImError MutedInGroup = new(1402, "MutedInGroup");
    public static readonly OpenImError MutedGroup = new(1403, "MutedGroup");
    public static readonly OpenImError MsgAlreadyRevoke = new(1404, "MsgAlreadyRevoke");
    public static readonly OpenImError TokenExpired = new(1501, "TokenExpiredError");
    public static readonly OpenImError TokenInvalid = new(1502, "TokenInvalidError");
    public static readonly OpenImError TokenMalformed = new(1503, "TokenMalformedError");
    public static readonly OpenImError TokenNotValidYet = new(1504, "TokenNotValidYetError");
    public static readonly OpenImError TokenUnknown = new(1505, "TokenUnknownError");
    public static readonly OpenImError TokenKicked = new(1506, "TokenKickedError");
    public static readonly OpenImError TokenNotExist = new(1507, "TokenNotExistError");
    public static readonly OpenImError FileUploadedExpired = new(1701, "FileUploadedExpiredError");
    public static readonly OpenImError PasswordError = new(20001, "PasswordError");
    public static readonly OpenImError ChatAccountNotFound = new(20002, "AccountNotFound");
    public static readonly OpenImError PhoneAlreadyRegister = new(20003, "PhoneAlreadyRegister");
    public static readonly OpenImError AccountAlreadyRegister = new(20004, "AccountAlreadyRegister");
    public static readonly OpenImError VerifyCodeSendFrequently = new(20005, "VerifyCodeSendFrequently");
    public static readonly OpenImError VerifyCodeNotMatch = new(20006, "VerifyCodeNotMatch");
    public static readonly OpenImError VerifyCodeExpired = new(20007, "VerifyCodeExpired");
    public static readonly OpenImError VerifyCodeMaxCount = new(20008, "VerifyCodeMaxCount");
    public static readonly OpenImError VerifyCodeUsed = new(20009, "VerifyCodeUsed");
    public static readonly OpenImError InvitationCodeUsed = new(20010, "InvitationCodeUsed");
    public static readonly OpenImError InvitationNotFound = new(20011, "InvitationNotFound");
    public static readonly OpenImError Forbidden = new(20012, "Forbidden");
    public static readonly OpenImError RefuseFriend = new(20013, "RefuseFriend");
    public static readonly OpenImError EmailAlreadyRegister = new(20014, "EmailAlreadyRegister");
    public static readonly OpenImError ChatTokenNotExist = new(20101, "ErrTokenNotExist");
    public static readonly OpenImError Network = new(90004, "NetworkError");
    public static readonly OpenImError Data = new(90007, "DataError");
    public static readonly OpenImError ConnOverMaxNum = new(1601, "ConnOverMaxNumLimit", "over max conn num limit");
    public static readonly OpenImError ConnArgs = new(1602, "args err, need token, sendID, platformID");

    public static readonly FrozenDictionary<Condition, OpenImError> Table = new Dictionary<Condition, OpenImError>
    {
        [Condition.NotPermitted] = NoPermission,
        [Condition.Unavailable] = Internal.With("the message store did not answer"),
        [Condition.Overloaded] = Internal.With("the server is overloaded, try again"),

        // A refusal carries the code that the app's server chose; this stands for one that carries none.
        [Condition.RefusedByHook] = Internal.With("refused by a webhook"),
        [Condition.HookUnreachable] = Network,
        [Condition.HookAnswerInvalid] = Data,

        [Condition.AccountNotFound] = RecordNotFound.With("user not found"),
        [Condition.AccountExists] = RegisteredAlready.With("userID registered already"),
        [Condition.AccountIdInvalid] = Args.With("userID is legal"), // sic: the vendor means "illegal"
        [Condition.AccountDisabled] = NoPermission.With("the account is disabled"),
        [Condition.ServiceAccountCannotLogIn] = Args.With("app account can`t get token"), // sic
        [Condition.AccountQuotaReached] = Args.With("the app has too many users"),
        [Condition.RegistrationClosed] = NoPermission.With("registration is closed"),
        [Condition.PeerNotFound] = RecordNotFound.With("user not found"),

        [Condition.ClientLogNotFound] = RecordNotFound.With("logIDs not found"),
        [Condition.CannotBefriendSelf] = CanNotAddYourself,
        [Condition.AlreadyFriends] = RelationshipAlready.With("already friends has f"), // sic
        [Condition.NotFriends] = RecordNotFound.With("friend not found"),
        [Condition.FriendsRepeated] = Args.With("friend userID repeated"),
        [Condition.FriendLimitReached] = Args.With("too many friends"),
        [Condition.PeerFriendLimitReached] = Args.With("the other user has too many friends"),
        [Condition.PeerRefusesRequests] = RefuseFriend.With("the other user wants no friend requests"),
        [Condition.FriendRequestNotFound] = RecordNotFound.With("friend request not found"),
        [Condition.FriendRequestHandled] = FriendRequestHandled.With("friend request has already been processed"),
        [Condition.FriendRequestLimitReached] = Args.With("too many friend requests wait for the other user"),
        [Condition.RelationTextTooLong] = Args.With("text is too long"),
        [Condition.RelationBatchTooLarge] = Args.With("too many users"),
        [Condition.CannotBlockSelf] = Args.With("can not add yourself to the black list"),
        [Condition.PeerIsBlocked] = NoPermission.With("the other user is in the black list"),
        [Condition.AlreadyBlocked] = DuplicateKey.With("the user is in the black list already"),
        [Condition.NotBlocked] = RecordNotFound.With("the user is not in the black list"),
        [Condition.BlockLimitReached] = Args.With("the black list is full"),
        [Condition.BlockedByPeer] = BlockedByPeer,

        // The vendor does not say who has not added whom.
        [Condition.StrangersRefused] = NotPeersFriend,
        [Condition.PeerHasNotAddedSender] = NotPeersFriend,
        [Condition.SenderHasNotAddedPeer] = NotPeersFriend,

        [Condition.FavouriteNotFound] = RecordNotFound.With("user command not found"),
        [Condition.FavouriteExists] = DuplicateKey.With("user command exists already"),
        [Condition.FavouriteTooLarge] = Args.With("the value is too long"),
        [Condition.TooManyFavourites] = Args.With("there are too many user commands"),
        [Condition.ClientSettingTooLarge] = Args.With("the value is too long"),
        [Condition.NotServiceAccount] = NoPermission.With("notification messages cannot be sent for this ID"),
        [Condition.ProfileTooLarge] = Args.With("nickname, faceURL or ex is too long"),
        [Condition.FieldUnknown] = Args.With("the profile has no such field"),
        [Condition.FieldValueInvalid] = Args.With("the field is invalid"),
        [Condition.FieldValueTooLong] = Args.With("the field is too long"),

        [Condition.PasswordInvalid] = Args.With("password is empty or too long"),
        [Condition.PasswordWrong] = PasswordError,
        [Condition.LoginNameInvalid] = Args.With("account, phoneNumber or email is invalid"),
        [Condition.PhoneTaken] = PhoneAlreadyRegister,
        [Condition.LoginNameTaken] = AccountAlreadyRegister,
        [Condition.MailTaken] = EmailAlreadyRegister,
        [Condition.InvitationSpent] = InvitationCodeUsed,

        [Condition.GrantUnknown] = TokenNotExist,
        [Condition.GrantKicked] = TokenKicked,
        [Condition.GrantRevoked] = TokenUnknown,
        [Condition.TokenInvalidated] = TokenKicked,
        [Condition.DeviceLimitReached] = ConnOverMaxNum,
        [Condition.SubscriptionLimitReached] = Args.With("too many subscriptions"),
        [Condition.CannotSubscribeToSelf] = Args.With("can not subscribe to oneself"),
        [Condition.PresenceTextTooLong] = Args.With("the text is too long"),
        [Condition.DailyUsersReached] = ConnOverMaxNum,
        [Condition.MonthlyUsersReached] = ConnOverMaxNum,
        [Condition.OnlineUsersReached] = ConnOverMaxNum,

        [Condition.MessageTooLarge] = Args.With("message is too large"),
        [Condition.MessageNotFound] = RecordNotFound.With("msg not found"),
        [Condition.MessageAlreadyRecalled] = MsgAlreadyRevoke.With("msg already revoke"),
        [Condition.RecallNotPermitted] = NoPermission,
        [Condition.RecallTooLate] = NoPermission,
        [Condition.EditKindForbidden] = Args.With("this message cannot be edited"),
        [Condition.EditNotPermitted] = NoPermission,
        [Condition.EditLimitReached] = Args.With("the message was edited too often"),
        [Condition.EditConflict] = Args.With("the message was edited meanwhile"),
        [Condition.ReactionInvalid] = Args.With("the reaction is invalid"),
        [Condition.ReactionExists] = DuplicateKey.With("the reaction exists already"),
        [Condition.ReactionNotOwned] = RecordNotFound.With("reaction not found"),
        [Condition.ReactionBusy] = Args.With("the message is being reacted to, try again"),
        [Condition.ReactionLimitReached] = Args.With("too many reactions"),
        [Condition.PinNotFound] = RecordNotFound.With("pinned message not found"),
        [Condition.PinLimitReached] = Args.With("too many pinned messages"),
        [Condition.AppRateExceeded] = TooManyRequests,
        [Condition.CallerRateExceeded] = TooManyRequests,
        [Condition.SendRateExceeded] = TooManyRequests,
        [Condition.ConversationRateExceeded] = TooManyRequests,
        [Condition.OperationRateExceeded] = TooManyRequests,
        [Condition.SessionRateExceeded] = TooManyRequests,
        [Condition.RegistrationRateExceeded] = TooManyRequests,
        [Condition.LoginRateExceeded] = TooManyRequests,
        [Condition.TooManyFailures] = TooManyRequests,
        [Condition.WordRejected] = Args.With("the text has a word that this app does not allow"),
        [Condition.ReceiverRefusesMessages] = Args.With("message is not sent"),
        [Condition.SequenceOutOfRange] = Args.With("hasReadSeq must not be bigger than maxSeq"),
        [Condition.ConversationNotFound] = RecordNotFound.With("conversation not found"),
        [Condition.ReceiptNotWanted] = RecordNotFound.With("receipt not found"),
        [Condition.PinnedConversationLimitReached] = Args.With("too many pinned conversations"),

        // Most routes answer 1004 for an unknown group; 1201 is left to the few that name it themselves.
        [Condition.GroupNotFound] = RecordNotFound.With("group not found"),
        [Condition.GroupIdInvalid] = Args.With("groupID is invalid"),
        [Condition.GroupExists] = GroupIdExisted,
        [Condition.GroupDismissed] = DismissedAlready,
        [Condition.GroupDisabled] = NoPermission.With("the group is banned"),
        [Condition.GroupTypeForbids] = NoPermission.With("groups of this type do not have it"),
        [Condition.GroupTypeUnsupported] = GroupTypeNotSupport,
        [Condition.GroupNameTooLong] = Args.With("name is too long"),
        [Condition.GroupTextTooLong] = Args.With("text is too long"),
        [Condition.GroupFull] = Args.With("the group has too many members"),
        [Condition.MemberLimitAbovePlan] = Args.With("the group has too many members"),
        [Condition.UserGroupLimitReached] = Args.With("the user is in too many groups"),
        [Condition.AppGroupLimitReached] = Args.With("there are too many groups"),
        [Condition.GroupMembersRepeated] = Args.With("group member repeated"),
        [Condition.GroupMemberUnknown] = UserIdNotFound.With("user not found"),
        [Condition.NotGroupMember] = NotInGroupYet,
        [Condition.TargetNotMember] = RecordNotFound.With("group member not found"),
        [Condition.AlreadyGroupMember] = Args,
        [Condition.SenderMuted] = MutedInGroup,
        [Condition.GroupMuted] = MutedGroup,
        [Condition.MentionAllForbidden] = NoPermission.With("not everybody may be mentioned here"),
        [Condition.NotGroupOwner] = NoPermission.With("not group owner"),
        [Condition.NotGroupManager] = NoPermission.With("no group owner or admin"),
        [Condition.TargetOutranks] = NoPermission.With("the member's role level is not lower"),
        [Condition.TargetIsOwner] = NoPermission.With("set group owner mute"),
        [Condition.TargetNotManager] = Args.With("the member is no admin"),
        [Condition.ManagerLimitReached] = Args.With("the group has too many admins"),
        [Condition.OwnRoleFixed] = Args.With("group owner can not change own role level"),
        [Condition.CannotPromoteSelf] = NoPermission.With("can not improve role level by self"),
        [Condition.RoleNotAssignable] = NoPermission.With("cannot set ungroup owner"), // sic
        [Condition.NewOwnerIsOwner] = Args.With("OldOwnerUserID == NewOwnerUserID"),
        [Condition.NewOwnerNotMember] = Args.With("user not in group"),
        [Condition.OwnerCannotLeave] = NoPermission.With("group owner can't quit"),
        [Condition.CannotKickSelf] = Args.With("opUserID in KickedUserIDs"),
        [Condition.CannotKickOwner] = Args.With("ownerUID can not Kick"),
        [Condition.KickTargetNotMember] = UserIdNotFound,
        [Condition.JoinNeedsApproval] = NoPermission.With("the group wants to approve newcomers"),
        [Condition.BannedFromGroup] = NoPermission.With("the user is shut out of the group"),

        // What the vendor does not have; only other dialects' routes come here.
        [Condition.NotBannedFromGroup] = RecordNotFound.With("the user is not shut out of the group"),
        [Condition.AttributeKeyInvalid] = Args.With("the name of the attribute is invalid"),
        [Condition.AttributeValueTooLong] = Args.With("the value of the attribute is too long"),
        [Condition.AttributesTooLarge] = Args.With("the attributes are too large"),
        [Condition.GroupFileLimitReached] = Args.With("the group has too many files"),

        // Where the vendor's storage layer fails it has no code: 500, and the text where the symbol would stand.
        [Condition.FileNotFound] = RecordNotFound.With("object not found"),
        [Condition.FileExpired] = RecordNotFound.With("object not found"),

        // The vendor has no rooms, and its clients meet none.
        [Condition.RoomNotFound] = RecordNotFound,
        [Condition.RoomIdInvalid] = Args,
        [Condition.RoomExists] = Args,
        [Condition.RoomNameTooLong] = Args,
        [Condition.RoomDescriptionTooLong] = Args,
        [Condition.RoomTextTooLong] = Args,
        [Condition.RoomCapacityTooLarge] = Args,
        [Condition.RoomFull] = Args,
        [Condition.RoomMuted] = NoPermission,
        [Condition.RoomLimitReached] = Args,
        [Condition.UserRoomLimitReached] = Args,
        [Condition.RoomBatchTooLarge] = Args,
        [Condition.NotInRoom] = NoPermission,
        [Condition.AlreadyInRoom] = Args,
        [Condition.BannedFromRoom] = NoPermission,
        [Condition.NotRoomOwner] = NoPermission,
        [Condition.NotRoomManager] = NoPermission,
        [Condition.RoomManagerUnknown] = Args,
        [Condition.RoomManagerLimitReached] = Args,
        [Condition.RoomTagNotFound] = RecordNotFound,
        [Condition.RoomTagLimitReached] = Args,
        [Condition.RoomTagTooLong] = Args,

        // Nor has it topics.
        [Condition.TopicNotFound] = Args,
        [Condition.TopicExists] = Args,
        [Condition.TopicNotNested] = Args,
        [Condition.TopicRootInvalid] = Args,
        [Condition.MessageNotOfGroup] = Args,
        [Condition.TopicNameInvalid] = Args,
        [Condition.TopicLimitReached] = Args,
        [Condition.TopicJoinLimitReached] = Args,
        [Condition.NotInTopic] = Args,
        [Condition.AlreadyInTopic] = Args,
        [Condition.AttributeKeyTooLong] = Args,
        [Condition.AttributeLimitReached] = Args,
        [Condition.AttributeBatchTooLarge] = Args,
        [Condition.AttributeNotFound] = RecordNotFound,
        [Condition.AttributeNotOwned] = NoPermission,

        [Condition.FileNameInvalid] = Args.With("the object's name, contentType or cause is invalid"),
        [Condition.FileTooLarge] = Args.With("the file is too large"),
        [Condition.FileChecksumInvalid] = Internal with { Message = "invalid md5" },
        [Condition.StorageQuotaReached] = Internal with { Message = "the storage of the app is full" },
        [Condition.UploadNotFound] = RecordNotFound.With("upload not found"),
        [Condition.UploadExpired] = FileUploadedExpired,
        [Condition.UploadLimitReached] = Args.With("too many unfinished uploads"),
        [Condition.UploadPartsInvalid] = Args.With("the upload has no such part"),
        [Condition.PartTooLarge] = Internal with { Message = "the part is too large" },
        [Condition.UploadSizeMismatch] = Internal with { Message = "upload size mismatching" },
        [Condition.PartChecksumMismatch] = Internal with { Message = "part md5 mismatching" },
        [Condition.FileChecksumMismatch] = Internal with { Message = "md5 mismatching" },
        [Condition.LinkInvalid] = NoPermission.With("the address is not signed by this server"),
        [Condition.LinkExpired] = NoPermission.With("the address has expired"),

        [Condition.DeviceTokenMissing] = Args.With("FcmToken is empty"),
        [Condition.DeviceTokenTooLong] = Args.With("FcmToken is too long"),
        [Condition.ApplicationsClosed] = NoPermission.With("the group takes no applications"),
        [Condition.InvitationsClosed] = NoPermission.With("the group takes no invitations"),
        [Condition.ApplicationNotFound] = RecordNotFound.With("group request not found"),
        [Condition.ApplicationHandled] = GroupRequestHandled.With("group request already processed"),
    }.ToFrozenDictionary();

    /// <summary>The storage is away.</summary>
    public static OpenImError Unavailable => Table[Condition.Unavailable];

    public static OpenImError Of(Refusal refusal)
    {
        if (refusal.Hook is { } hook) return new(hook.Code, hook.Message, hook.Detail);

        var error = Table[refusal.Condition];
        return refusal.Condition switch
        {
            Condition.HookUnreachable or Condition.HookAnswerInvalid => error.With($"webhook {refusal.Subject}"),
            Condition.GroupExists => error.With($"group id existed {refusal.Subject}"),
            Condition.KickTargetNotMember => error.With(refusal.Subject ?? ""),
            Condition.CannotBefriendSelf => error.With($"req.ToUserID, {refusal.Subject}=MISSING"),
            Condition.FieldUnknown or Condition.FieldValueInvalid => error.With($"{refusal.Subject} is invalid"),
            Condition.FieldValueTooLong => error.With($"{refusal.Subject} is too long"),
            Condition.RelationTextTooLong => error.With($"{refusal.Subject} is too long"),
            Condition.GroupTextTooLong when refusal.Subject is not null => error.With($"{refusal.Subject} is too long"),
            Condition.NotPermitted when refusal.Subject is not null => Missing(refusal.Subject),
            _ => error,
        };
    }

    /// <summary>The detail of a failed access check; the vendor prints a key without a value.</summary>
    public static OpenImError Missing(string ownerUserId) => NoPermission.With($"ownerUserID, {ownerUserId}=MISSING");
}
