namespace Dragoman.Engine;

/// <summary>Why the engine refused. As fine as the finest vendor; each dialect maps every one to its own code.</summary>
public enum Condition
{
    None = 0,

    // Anything
    NotPermitted,
    Unavailable,
    Overloaded,

    // Rates: until when it is too often
    AppRateExceeded,
    CallerRateExceeded,
    SendRateExceeded,
    ConversationRateExceeded,
    OperationRateExceeded,
    SessionRateExceeded,
    RegistrationRateExceeded,
    LoginRateExceeded,
    TooManyFailures,

    // Hooks
    RefusedByHook,
    HookUnreachable,
    HookAnswerInvalid,

    // Accounts
    AccountNotFound,
    AccountExists,
    AccountIdInvalid,
    AccountDisabled,
    ServiceAccountCannotLogIn,
    AccountQuotaReached,
    RegistrationClosed,
    PeerNotFound,
    ClientLogNotFound,
    FavouriteNotFound,
    FavouriteExists,
    FavouriteTooLarge,
    TooManyFavourites,
    ClientSettingTooLarge,
    NotServiceAccount,
    ProfileTooLarge,
    FieldUnknown,
    FieldValueInvalid,
    FieldValueTooLong,
    PasswordInvalid,
    PasswordWrong,
    LoginNameInvalid,
    PhoneTaken,
    MailTaken,
    LoginNameTaken,
    InvitationSpent,

    // Relations
    CannotBefriendSelf,
    AlreadyFriends,
    NotFriends,
    FriendsRepeated,
    FriendLimitReached,
    PeerFriendLimitReached,
    PeerRefusesRequests,
    FriendRequestNotFound,
    FriendRequestHandled,
    FriendRequestLimitReached,
    RelationTextTooLong,
    RelationBatchTooLarge,
    CannotBlockSelf,
    PeerIsBlocked,
    AlreadyBlocked,
    NotBlocked,
    BlockLimitReached,
    BlockedByPeer,
    StrangersRefused,
    PeerHasNotAddedSender,
    SenderHasNotAddedPeer,

    // Grants and sessions
    GrantUnknown,
    GrantKicked,
    GrantRevoked,

    /// <summary>All that was issued for the account until some moment was declared void.</summary>
    TokenInvalidated,
    DeviceLimitReached,
    SubscriptionLimitReached,
    CannotSubscribeToSelf,
    PresenceTextTooLong,
    DailyUsersReached,
    MonthlyUsersReached,
    OnlineUsersReached,

    // Messages
    MessageTooLarge,
    MessageNotFound,
    MessageAlreadyRecalled,
    RecallNotPermitted,

    /// <summary>It was sent too long ago to be taken back.</summary>
    ReceiptNotWanted,
    RecallTooLate,

    /// <summary>Messages of this kind cannot be edited, or not into this.</summary>
    EditKindForbidden,
    EditNotPermitted,
    EditLimitReached,

    /// <summary>Somebody else has edited it meanwhile.</summary>
    EditConflict,

    /// <summary>The reaction is empty or too long.</summary>
    ReactionInvalid,
    ReactionExists,
    ReactionNotOwned,

    /// <summary>Two people are the first to react: this is the second.</summary>
    ReactionBusy,
    ReactionLimitReached,
    PinNotFound,
    PinLimitReached,
    ReceiverRefusesMessages,

    /// <summary>The subject is the word, folded.</summary>
    WordRejected,
    SequenceOutOfRange,
    ConversationNotFound,
    PinnedConversationLimitReached,

    // Groups
    GroupNotFound,
    GroupIdInvalid,
    GroupExists,
    GroupDismissed,
    GroupDisabled,
    GroupTypeForbids,
    GroupTypeUnsupported,
    GroupNameTooLong,
    GroupTextTooLong,
    GroupFull,

    /// <summary>More members are wanted than a group of this app may have.</summary>
    MemberLimitAbovePlan,
    UserGroupLimitReached,
    AppGroupLimitReached,
    GroupMembersRepeated,
    GroupMemberUnknown,
    NotGroupMember,
    TargetNotMember,
    AlreadyGroupMember,
    SenderMuted,
    GroupMuted,
    MentionAllForbidden,
    NotGroupOwner,
    NotGroupManager,
    TargetOutranks,
    TargetIsOwner,

    /// <summary>The rank that is to be taken is not there.</summary>
    TargetNotManager,
    ManagerLimitReached,
    OwnRoleFixed,
    CannotPromoteSelf,
    RoleNotAssignable,
    NewOwnerIsOwner,
    NewOwnerNotMember,
    OwnerCannotLeave,
    CannotKickSelf,
    CannotKickOwner,
    KickTargetNotMember,
    JoinNeedsApproval,
    BannedFromGroup,
    NotBannedFromGroup,
    GroupFileLimitReached,

    // Rooms: who is in at the moment
    RoomNotFound,
    RoomIdInvalid,
    RoomExists,
    RoomNameTooLong,
    RoomDescriptionTooLong,
    RoomTextTooLong,
    RoomCapacityTooLarge,
    RoomFull,
    RoomMuted,
    RoomLimitReached,
    UserRoomLimitReached,
    RoomBatchTooLarge,
    NotInRoom,
    AlreadyInRoom,
    BannedFromRoom,
    NotRoomOwner,
    NotRoomManager,
    RoomManagerUnknown,
    RoomManagerLimitReached,
    RoomTagNotFound,
    RoomTagLimitReached,
    RoomTagTooLong,

    // Topics
    TopicNotFound,
    TopicExists,
    TopicNotNested,

    /// <summary>Nothing that is said under what was named: it is no message of a group.</summary>
    TopicRootInvalid,
    MessageNotOfGroup,
    TopicNameInvalid,
    TopicLimitReached,
    TopicJoinLimitReached,
    NotInTopic,
    AlreadyInTopic,

    // Attributes
    AttributeKeyInvalid,
    AttributeKeyTooLong,
    AttributeValueTooLong,
    AttributesTooLarge,
    AttributeLimitReached,
    AttributeBatchTooLarge,
    AttributeNotFound,
    AttributeNotOwned,

    // Files
    FileNotFound,
    FileExpired,
    FileNameInvalid,
    FileTooLarge,
    FileChecksumInvalid,
    StorageQuotaReached,
    UploadNotFound,
    UploadExpired,
    UploadLimitReached,
    UploadPartsInvalid,
    PartTooLarge,
    UploadSizeMismatch,
    PartChecksumMismatch,
    FileChecksumMismatch,
    LinkInvalid,
    LinkExpired,

    // Push
    DeviceTokenMissing,
    DeviceTokenTooLong,
    ApplicationsClosed,
    InvitationsClosed,
    ApplicationNotFound,
    ApplicationHandled,
}
