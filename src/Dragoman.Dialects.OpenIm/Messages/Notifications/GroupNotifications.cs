using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Messages.Notifications;

/// <summary>What all tips about groups carry.</summary>
/// <param name="Version">Of the member stream after what happened.</param>
internal readonly record struct GroupTips(
    Engine.Groups.Group Facts, GroupInfo Group, GroupMemberFullInfo OpUser, long At, ulong Version, string VersionId)
{
    public GroupMemberFullInfo Describe(PersonFacts person) => GroupInfos.Of(Facts, person);
}

/// <summary>What happens in groups: content types 1501 to 1520. Here those about the group itself.</summary>
internal sealed class GroupNotifications(VersionStreams streams)
{
    public Notification? Of(GroupNotice notice, Entry entry)
    {
        var facts = notice.Group;
        var tips = new GroupTips(
            facts.Group,
            GroupInfos.Of(facts),
            GroupInfos.Of(facts.Group, notice.Operator),
            notice.At,
            VersionStreams.VersionOf(facts.Version),
            streams.IdOf(new StreamKey(facts.Group.App, StreamKind.GroupMembers, facts.Group.Id.Value)));
        return Of(notice, tips) ?? MemberNotifications.Of(notice, tips) ?? ApplicationNotifications.Of(notice, tips, entry);
    }

    private static Notification? Of(GroupNotice notice, in GroupTips tips) => notice switch
    {
        GroupCreated created => new(ContentTypes.GroupCreated, Created(created, tips), IsAlsoMessage: true),
        GroupUpdated => new(ContentTypes.GroupInfoSet, Updated(tips), IsAlsoMessage: false),
        GroupTransferred transferred => new(ContentTypes.GroupOwnerTransferred, Transferred(transferred, tips), IsAlsoMessage: true),
        GroupDismissed => new(ContentTypes.GroupDismissed, Dismissed(tips), IsAlsoMessage: true),
        GroupMuted => new(ContentTypes.GroupMuted, Muted(tips), IsAlsoMessage: true),
        GroupUnmuted => new(ContentTypes.GroupCancelMuted, Unmuted(tips), IsAlsoMessage: true),
        GroupAnnounced => new(ContentTypes.GroupInfoSetAnnouncement, Announced(tips), IsAlsoMessage: true),
        GroupRenamed => new(ContentTypes.GroupInfoSetName, Renamed(tips), IsAlsoMessage: true),
        _ => null,
    };

    private static GroupCreatedTips Created(GroupCreated notice, GroupTips tips)
    {
        var created = new GroupCreatedTips
        {
            Group = tips.Group,
            OpUser = tips.OpUser,
            OperationTime = tips.At,
            GroupOwnerUser = tips.Describe(notice.Owner),
            GroupMemberVersion = tips.Version,
            GroupMemberVersionID = tips.VersionId,
        };
        created.MemberList.Add(notice.Members.Select(tips.Describe));
        return created;
    }

    private static GroupInfoSetTips Updated(in GroupTips tips) => new()
    {
        Group = tips.Group,
        OpUser = tips.OpUser,
        GroupMemberVersion = tips.Version,
        GroupMemberVersionID = tips.VersionId,
    };

    private static GroupOwnerTransferredTips Transferred(GroupTransferred notice, in GroupTips tips) => new()
    {
        Group = tips.Group,
        OpUser = tips.OpUser,
        OperationTime = tips.At,
        NewGroupOwner = tips.Describe(notice.NewOwner),
        OldGroupOwner = notice.OldOwner.Id.Value,
        OldGroupOwnerInfo = tips.Describe(notice.OldOwner),
        GroupMemberVersion = tips.Version,
        GroupMemberVersionID = tips.VersionId,
    };

    private static GroupDismissedTips Dismissed(in GroupTips tips) => new() { Group = tips.Group, OpUser = tips.OpUser, OperationTime = tips.At };

    private static GroupMutedTips Muted(in GroupTips tips) => new()
    {
        Group = tips.Group,
        OpUser = tips.OpUser,
        OperationTime = tips.At,
        GroupMemberVersion = tips.Version,
        GroupMemberVersionID = tips.VersionId,
    };

    private static GroupCancelMutedTips Unmuted(in GroupTips tips) => new()
    {
        Group = tips.Group,
        OpUser = tips.OpUser,
        OperationTime = tips.At,
        GroupMemberVersion = tips.Version,
        GroupMemberVersionID = tips.VersionId,
    };

    private static GroupInfoSetAnnouncementTips Announced(in GroupTips tips) => new()
    {
        Group = tips.Group,
        OpUser = tips.OpUser,
        GroupMemberVersion = tips.Version,
        GroupMemberVersionID = tips.VersionId,
    };

    private static GroupInfoSetNameTips Renamed(in GroupTips tips) => new()
    {
        Group = tips.Group,
        OpUser = tips.OpUser,
        GroupMemberVersion = tips.Version,
        GroupMemberVersionID = tips.VersionId,
    };
}
