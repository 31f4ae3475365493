using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>The vendor's content types (sections 9.4 and 12).</summary>
internal static class ContentTypes
{
    public const int Text = 101;
    public const int Picture = 102;
    public const int Sound = 103;
    public const int Video = 104;
    public const int File = 105;
    public const int AtText = 106;
    public const int Merger = 107;
    public const int Card = 108;
    public const int Location = 109;
    public const int Custom = 110;
    public const int OldRevoke = 111;
    public const int Typing = 113;
    public const int Quote = 114;
    public const int Face = 115;
    public const int AdvancedText = 117;
    public const int Markdown = 118;

    /// <summary>A custom message that does not come to the top of the receiver's list.</summary>
    public const int CustomNotInList = 119;

    /// <summary>A custom message for who is online.</summary>
    public const int CustomOnline = 120;

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

    /// <summary>Stands for everybody in a list of mentioned users.</summary>
    public const string AtEverybody = "AtAllTag";

    private const int NotificationBegin = 1000;
    private const int NotificationEnd = 5000;

    /// <summary>Made by servers: a client may not say it.</summary>
    public static bool IsNotification(int contentType) => contentType is >= NotificationBegin and <= NotificationEnd;

    public static ContentKind KindOf(int contentType) => contentType switch
    {
        Text or AtText or Quote or AdvancedText or Markdown => ContentKind.Text,
        Picture => ContentKind.Image,
        Sound => ContentKind.Voice,
        Video => ContentKind.Video,
        File => ContentKind.File,
        Merger => ContentKind.Bundle,
        Location => ContentKind.Location,
        Custom or CustomNotInList or CustomOnline => ContentKind.Custom,
        Typing => ContentKind.Command,
        Face => ContentKind.Face,
        _ => ContentKind.Other,
    };

    /// <summary>The type in which a message of another dialect is shown, without looking into it: text when it is none of the others.</summary>
    public static int OfKind(ContentKind kind) => kind switch
    {
        ContentKind.Image => Picture,
        ContentKind.Voice => Sound,
        ContentKind.Video => Video,
        ContentKind.File => File,
        ContentKind.Location => Location,
        ContentKind.Custom => Custom,
        ContentKind.Command => CustomOnline,
        ContentKind.Face => Face,
        _ => Text,
    };

    /// <summary>The member of the SDK's own message object that holds the content of a type; null for a type without one.</summary>
    public static string? ElementOf(int contentType) => contentType switch
    {
        Text => "textElem",
        Picture => "pictureElem",
        Sound => "soundElem",
        Video => "videoElem",
        File => "fileElem",
        AtText => "atTextElem",
        Merger => "mergeElem",
        Card => "cardElem",
        Location => "locationElem",
        Custom or CustomNotInList or CustomOnline => "customElem",
        Quote => "quoteElem",
        Face => "faceElem",
        AdvancedText => "advancedTextElem",
        Markdown => "markdownTextElem",
        _ => null,
    };
}
