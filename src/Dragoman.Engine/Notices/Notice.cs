using System.Text.Json.Serialization;
using Dragoman.Engine.Conversations;

namespace Dragoman.Engine.Notices;

/// <summary>Something that happened, as the engine records it; every dialect shows it in its own words.</summary>
/// <remarks>
/// A notice carries the facts as they were (names, ranks, counts), so that it reads the same in a year. The type names
/// are stored: they are never renamed, members are only added.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(GroupCreated), "group-created")]
[JsonDerivedType(typeof(GroupDismissed), "group-dismissed")]
[JsonDerivedType(typeof(GroupUpdated), "group-updated")]
[JsonDerivedType(typeof(GroupRenamed), "group-renamed")]
[JsonDerivedType(typeof(GroupAnnounced), "group-announced")]
[JsonDerivedType(typeof(GroupTransferred), "group-transferred")]
[JsonDerivedType(typeof(GroupMuted), "group-muted")]
[JsonDerivedType(typeof(GroupUnmuted), "group-unmuted")]
[JsonDerivedType(typeof(MembersInvited), "members-invited")]
[JsonDerivedType(typeof(MemberEntered), "member-entered")]
[JsonDerivedType(typeof(MemberLeft), "member-left")]
[JsonDerivedType(typeof(MembersRemoved), "members-removed")]
[JsonDerivedType(typeof(MemberMuted), "member-muted")]
[JsonDerivedType(typeof(MemberUnmuted), "member-unmuted")]
[JsonDerivedType(typeof(MemberRoleChanged), "member-role-changed")]
[JsonDerivedType(typeof(MemberCardChanged), "member-card-changed")]
[JsonDerivedType(typeof(GroupApplied), "group-applied")]
[JsonDerivedType(typeof(ApplicationAnswered), "application-answered")]
[JsonDerivedType(typeof(MessageRecalled), "message-recalled")]
[JsonDerivedType(typeof(MessagesRead), "messages-read")]
[JsonDerivedType(typeof(MessageDelivered), "message-delivered")]
[JsonDerivedType(typeof(MessageReadInGroup), "message-read-in-group")]
[JsonDerivedType(typeof(MessagesErased), "messages-erased")]
[JsonDerivedType(typeof(MessagesHidden), "messages-hidden")]
[JsonDerivedType(typeof(ConversationsCleared), "conversations-cleared")]
[JsonDerivedType(typeof(UserConversationsChanged), "user-conversations-changed")]
[JsonDerivedType(typeof(ProfileChanged), "profile-changed")]
[JsonDerivedType(typeof(DisappearingSwitched), "disappearing-switched")]
[JsonDerivedType(typeof(FriendRequested), "friend-requested")]
[JsonDerivedType(typeof(FriendRequestAccepted), "friend-request-accepted")]
[JsonDerivedType(typeof(FriendRequestRefused), "friend-request-refused")]
[JsonDerivedType(typeof(FriendAdded), "friend-added")]
[JsonDerivedType(typeof(FriendRemoved), "friend-removed")]
[JsonDerivedType(typeof(FriendRemarked), "friend-remarked")]
[JsonDerivedType(typeof(FriendsUpdated), "friends-updated")]
[JsonDerivedType(typeof(FriendProfileChanged), "friend-profile-changed")]
[JsonDerivedType(typeof(UserBlocked), "user-blocked")]
[JsonDerivedType(typeof(UserUnblocked), "user-unblocked")]
[JsonDerivedType(typeof(AccountsRegistered), "accounts-registered")]
[JsonDerivedType(typeof(FriendsAdded), "friends-added")]
[JsonDerivedType(typeof(GroupEdited), "group-edited")]
[JsonDerivedType(typeof(MemberEdited), "member-edited")]
[JsonDerivedType(typeof(SignedIn), "signed-in")]
[JsonDerivedType(typeof(SignedOut), "signed-out")]
[JsonDerivedType(typeof(SessionEnded), "session-ended")]
[JsonDerivedType(typeof(RoomCreated), "room-created")]
[JsonDerivedType(typeof(RoomDismissed), "room-dismissed")]
[JsonDerivedType(typeof(RoomUpdated), "room-updated")]
[JsonDerivedType(typeof(RoomTransferred), "room-transferred")]
[JsonDerivedType(typeof(RoomManagerChanged), "room-manager-changed")]
[JsonDerivedType(typeof(RoomMuted), "room-muted")]
[JsonDerivedType(typeof(OccupantsMuted), "occupants-muted")]
[JsonDerivedType(typeof(OccupantsBanned), "occupants-banned")]
[JsonDerivedType(typeof(OccupantsAllowed), "occupants-allowed")]
[JsonDerivedType(typeof(OccupantsBrought), "occupants-brought")]
[JsonDerivedType(typeof(OccupantsRemoved), "occupants-removed")]
[JsonDerivedType(typeof(RoomPresence), "room-presence")]
[JsonDerivedType(typeof(RoomAttributesChanged), "room-attributes-changed")]
[JsonDerivedType(typeof(ConversationOpened), "conversation-opened")]
[JsonDerivedType(typeof(GroupDisabled), "group-disabled")]
[JsonDerivedType(typeof(GroupEnabled), "group-enabled")]
[JsonDerivedType(typeof(InvitationOffered), "invitation-offered")]
[JsonDerivedType(typeof(InvitationAnswered), "invitation-answered")]
[JsonDerivedType(typeof(MembersBanned), "members-banned")]
[JsonDerivedType(typeof(MemberUnbanned), "member-unbanned")]
[JsonDerivedType(typeof(AllowListChanged), "allow-list-changed")]
[JsonDerivedType(typeof(MemberAttributesChanged), "member-attributes-changed")]
[JsonDerivedType(typeof(FileShared), "file-shared")]
[JsonDerivedType(typeof(FileUnshared), "file-unshared")]
[JsonDerivedType(typeof(ReceiveOptionChanged), "receive-option-changed")]
[JsonDerivedType(typeof(PresenceTold), "presence-told")]
[JsonDerivedType(typeof(MessageEdited), "message-edited")]
[JsonDerivedType(typeof(ReactionsChanged), "reactions-changed")]
[JsonDerivedType(typeof(MessagePinned), "message-pinned")]
[JsonDerivedType(typeof(MessageUnpinned), "message-unpinned")]
public abstract record Notice
{
    /// <summary>Unix milliseconds.</summary>
    public required long At { get; init; }

    /// <summary>Where it belongs when it is no entry of a log: what happens there is told in its order. Null leaves it to who did it.</summary>
    internal virtual ConversationKey? PlaceIn(AppId app) => null;
}
