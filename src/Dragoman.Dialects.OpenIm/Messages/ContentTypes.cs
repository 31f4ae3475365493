using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>The vendor's content types (sections 9.4 and 12).</summary>
internal static class ContentTypes
{
    public const int Text = 101;
    public const int AtText = 106;
    public const int OldRevoke = 111;
    public const int Typing = 113;
    public const int Quote = 114;
    public const int AdvancedText = 117;
    public const int Markdown = 118;
    public const int HasReadReceipt = 2200;
    public const int Revoked = 2101;
    public const int Deleted = 2102;
    public const int PrivateChatSet = 1701;
    public const int Cleared = 1703;
    public const int ConversationChanged = 1300;
    public const int UserInfoUpdated = 1303;
    public const int FriendApplicationApproved = 1201;
    public const int FriendApplicationRejected = 1202;
    public const int FriendApplication = 1203;
    public const int FriendDeleted = 1205;
    public const int FriendRemarkSet = 1206;
    public const int BlackAdded = 1207;
    public const int BlackDeleted = 1208;
    public const int FriendInfoUpdated = 1209;
    public const int FriendsInfoUpdate = 1210;
    public const int GroupCreated = 1501;
    public const int GroupInfoSet = 1502;
    public const int JoinGroupApplication = 1503;
    public const int MemberQuit = 1504;
    public const int GroupApplicationAccepted = 1505;
    public const int GroupApplicationRejected = 1506;
    public const int GroupOwnerTransferred = 1507;
    public const int MemberKicked = 1508;
    public const int MemberInvited = 1509;
    public const int MemberEnter = 1510;
    public const int GroupDismissed = 1511;
    public const int GroupMemberMuted = 1512;
    public const int GroupMemberCancelMuted = 1513;
    public const int GroupMuted = 1514;
    public const int GroupCancelMuted = 1515;
    public const int GroupMemberInfoSet = 1516;
    public const int GroupMemberSetToAdmin = 1517;
    public const int GroupMemberSetToOrdinary = 1518;
    public const int GroupInfoSetAnnouncement = 1519;
    public const int GroupInfoSetName = 1520;
    public const int OaNotification = 1400;

    private const int NotificationBegin = 1000;
    private const int NotificationEnd = 5000;

    /// <summary>Made by servers: a client may not say it.</summary>
    public static bool IsNotification(int contentType) => contentType is >= NotificationBegin and <= NotificationEnd;

    public static ContentKind KindOf(int contentType) => contentType switch
    {
        Text or AtText or Quote or AdvancedText or Markdown => ContentKind.Text,
        102 => ContentKind.Image,
        103 => ContentKind.Voice,
        104 => ContentKind.Video,
        105 => ContentKind.File,
        107 => ContentKind.Bundle,
        109 => ContentKind.Location,
        110 or 119 or 120 => ContentKind.Custom,
        113 => ContentKind.Command,
        115 => ContentKind.Face,
        _ => ContentKind.Other,
    };
}
