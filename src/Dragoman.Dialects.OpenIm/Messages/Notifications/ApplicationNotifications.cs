using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Messages.Notifications;

/// <summary>Applications to groups: content types 1503, 1505 and 1506, one copy for each receiver.</summary>
internal static class ApplicationNotifications
{
    private const int AsApplicant = 0;
    private const int AsManager = 1;

    public static Notification? Of(GroupNotice notice, in GroupTips tips, Entry entry) => notice switch
    {
        GroupApplied applied => new(ContentTypes.JoinGroupApplication, Applied(applied, tips), IsAlsoMessage: false),
        ApplicationAnswered { Application.State: ApplicationState.Accepted } accepted =>
            new(ContentTypes.GroupApplicationAccepted, Accepted(accepted, tips, entry), IsAlsoMessage: false),
        ApplicationAnswered refused => new(ContentTypes.GroupApplicationRejected, Refused(refused, tips, entry), IsAlsoMessage: false),
        _ => null,
    };

    private static JoinGroupApplicationTips Applied(GroupApplied notice, in GroupTips tips) => new()
    {
        Group = tips.Group,
        Applicant = UserInfos.PublicOf(notice.Applicant),
        ReqMsg = notice.Application.Message,
        Uuid = GroupRequests.UuidOf(notice.Application),
        Request = GroupRequests.Of(notice.Application, UserInfos.PublicOf(notice.Applicant), tips.Group),
    };

    private static GroupApplicationAcceptedTips Accepted(ApplicationAnswered notice, in GroupTips tips, Entry entry) => new()
    {
        Group = tips.Group,
        OpUser = tips.OpUser,
        HandleMsg = notice.Application.Answer,
        ReceiverAs = ReceiverAs(notice, entry),
        Uuid = GroupRequests.UuidOf(notice.Application),
        Request = GroupRequests.Of(notice.Application, UserInfos.PublicOf(notice.Applicant), tips.Group),
    };

    private static GroupApplicationRejectedTips Refused(ApplicationAnswered notice, in GroupTips tips, Entry entry) => new()
    {
        Group = tips.Group,
        OpUser = tips.OpUser,
        HandleMsg = notice.Application.Answer,
        ReceiverAs = ReceiverAs(notice, entry),
        Uuid = GroupRequests.UuidOf(notice.Application),
        Request = GroupRequests.Of(notice.Application, UserInfos.PublicOf(notice.Applicant), tips.Group),
    };

    private static int ReceiverAs(ApplicationAnswered notice, Entry entry) =>
        entry.Conversation.PeerOf(entry.Sender) == notice.Application.Applicant ? AsApplicant : AsManager;
}
