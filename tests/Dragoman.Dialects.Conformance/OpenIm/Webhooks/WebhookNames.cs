namespace Dragoman.Dialects.Conformance.OpenIm.Webhooks;

/// <summary>The events of section 14: the key that switches each on, and the command that it is called by.</summary>
internal static class WebhookNames
{
    public static readonly IReadOnlyDictionary<string, string> Commands = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["beforeSendSingleMsg"] = "callbackBeforeSendSingleMsgCommand",
        ["afterSendSingleMsg"] = "callbackAfterSendSingleMsgCommand",
        ["beforeSendGroupMsg"] = "callbackBeforeSendGroupMsgCommand",
        ["afterSendGroupMsg"] = "callbackAfterSendGroupMsgCommand",
        ["beforeMsgModify"] = "callbackBeforeMsgModifyCommand",
        ["afterMsgSaveDB"] = "callbackAfterMsgSaveDBCommand",
        ["afterRevokeMsg"] = "callbackBeforeAfterMsgCommand",
        ["afterSingleMsgRead"] = "callbackAfterSingleMsgReadCommand",
        ["afterGroupMsgRead"] = "callbackAfterGroupMsgReadCommand",
        ["beforeOfflinePush"] = "callbackBeforeOfflinePushCommand",
        ["beforeOnlinePush"] = "callbackBeforeOnlinePushCommand",
        ["beforeGroupOnlinePush"] = "callbackBeforeGroupOnlinePushCommand",
        ["afterUserOnline"] = "callbackAfterUserOnlineCommand",
        ["afterUserOffline"] = "callbackAfterUserOfflineCommand",
        ["afterUserKickOff"] = "callbackAfterUserKickOffCommand",
        ["beforeAddFriend"] = "callbackBeforeAddFriendCommand",
        ["afterAddFriend"] = "callbackAfterAddFriendCommand",
        ["beforeAddFriendAgree"] = "callbackBeforeAddFriendAgreeCommand",
        ["afterAddFriendAgree"] = "callbackAfterAddFriendAgreeCommand",
        ["beforeSetFriendRemark"] = "callbackBeforeSetFriendRemarkCommand",
        ["afterSetFriendRemark"] = "callbackAfterSetFriendRemarkCommand",
        ["beforeImportFriends"] = "callbackBeforeImportFriendsCommand",
        ["afterImportFriends"] = "callbackAfterImportFriendsCommand",
        ["beforeUserRegister"] = "callbackBeforeUserRegisterCommand",
        ["afterUserRegister"] = "callbackAfterUserRegisterCommand",
        ["beforeUpdateUserInfo"] = "callbackBeforeUpdateUserInfoCommand",
        ["afterUpdateUserInfo"] = "callbackAfterUpdateUserInfoCommand",
        ["beforeUpdateUserInfoEx"] = "callbackBeforeUpdateUserInfoExCommand",
        ["afterUpdateUserInfoEx"] = "callbackAfterUpdateUserInfoExCommand",
        ["beforeCreateGroup"] = "callbackBeforeCreateGroupCommand",
        ["afterCreateGroup"] = "callbackAfterCreateGroupCommand",
        ["beforeSetGroupInfo"] = "callbackBeforeSetGroupInfoCommand",
        ["afterSetGroupInfo"] = "callbackAfterSetGroupInfoCommand",
        ["beforeSetGroupInfoEx"] = "callbackBeforeSetGroupInfoExCommand",
        ["afterSetGroupInfoEx"] = "callbackAfterSetGroupInfoExCommand",
        ["beforeSetGroupMemberInfo"] = "callbackBeforeSetGroupMemberInfoCommand",
        ["afterSetGroupMemberInfo"] = "callbackAfterSetGroupMemberInfoCommand",
        ["afterDeleteFriend"] = "callbackAfterDeleteFriendCommand",
        ["beforeAddBlack"] = "callbackBeforeAddBlackCommand",
        ["afterRemoveBlack"] = "callbackAfterRemoveBlackCommand",
        ["beforeMemberJoinGroup"] = "callbackBeforeMembersJoinGroupCommand",
        ["beforeInviteUserToGroup"] = "callbackBeforeInviteJoinGroupCommand",
        ["beforeApplyJoinGroup"] = "callbackBeforeJoinGroupCommand",
        ["afterJoinGroup"] = "callbackAfterJoinGroupCommand",
        ["afterQuitGroup"] = "callbackAfterQuitGroupCommand",
        ["afterKickGroupMember"] = "callbackAfterKickGroupCommand",
        ["afterDismissGroup"] = "callbackAfterDisMissGroupCommand",
        ["afterTransferGroupOwner"] = "callbackAfterTransferGroupOwnerCommand",
        ["beforeCreateSingleChatConversations"] = "callbackBeforeCreateSingleChatConversationsCommand",
        ["afterCreateSingleChatConversations"] = "callbackAfterCreateSingleChatConversationsCommand",
        ["beforeCreateGroupChatConversations"] = "callbackBeforeCreateGroupChatConversationsCommand",
        ["afterCreateGroupChatConversations"] = "callbackAfterCreateGroupChatConversationsCommand",
    };

    public static IEnumerable<string> Keys => Commands.Keys;

    /// <summary>The events around messages alone.</summary>
    public static IEnumerable<string> MessageKeys =>
        Keys.Where(key => key.Contains("Msg", StringComparison.Ordinal) || key.Contains("OnlinePush", StringComparison.Ordinal));
}
