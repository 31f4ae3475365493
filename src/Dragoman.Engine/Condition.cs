namespace Dragoman.Engine;

/// <summary>Why the engine refused. As fine as the finest vendor; each dialect maps every one to its own code.</summary>
public enum Condition
{
    None = 0,

    // Anything
    NotPermitted,
    Unavailable,
    Overloaded,

    // Accounts
    AccountNotFound,
    AccountExists,
    AccountIdInvalid,
    PeerNotFound,

    // Grants and sessions
    GrantUnknown,
    GrantKicked,
    GrantRevoked,

    // Messages
    MessageTooLarge,
    MessageNotFound,
    MessageAlreadyRecalled,
    RecallNotPermitted,
    ReceiverRefusesMessages,
    SequenceOutOfRange,
    ConversationNotFound,

    // Groups
    GroupNotFound,
    GroupIdInvalid,
    GroupExists,
    GroupDismissed,
    GroupTypeForbids,
    GroupTypeUnsupported,
    GroupNameTooLong,
    GroupTextTooLong,
    GroupFull,
    UserGroupLimitReached,
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
    ApplicationsClosed,
    InvitationsClosed,
    ApplicationNotFound,
    ApplicationHandled,
}
