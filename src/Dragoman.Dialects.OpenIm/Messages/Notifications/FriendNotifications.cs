using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Messages.Notifications;

/// <summary>What happens between users: content types 1201 to 1210.</summary>
internal sealed class FriendNotifications(VersionStreams streams)
{
    /// <param name="app">Where it happened.</param>
    public Notification? Of(Notice notice, AppId app) => notice switch
    {
        FriendRequestNotice request => OfRequest(request),
        FriendAdded added => new(ContentTypes.FriendApplicationApproved, Approved(added), IsAlsoMessage: true),
        FriendRemoved removed => new(ContentTypes.FriendDeleted, Deleted(removed, app), IsAlsoMessage: false),
        FriendRemarked remarked => new(ContentTypes.FriendRemarkSet, Remarked(remarked, app), IsAlsoMessage: false),
        FriendsUpdated updated => new(ContentTypes.FriendsInfoUpdate, Updated(updated, app), IsAlsoMessage: false),
        FriendProfileChanged changed => new(
            ContentTypes.FriendInfoUpdated, new UserInfoUpdatedTips { UserID = changed.Friend.Value }, IsAlsoMessage: false),
        UserBlocked blocked => Blocked(blocked),
        UserUnblocked unblocked => new(
            ContentTypes.BlackDeleted, new BlackDeletedTips { FromToUserID = FromTo(unblocked.Owner, unblocked.Unblocked) }, IsAlsoMessage: false),
        _ => null,
    };

    /// <summary>
    /// Not for the device that did it: the wasm SDKs read the list again after their call and after the notification, and when both
    /// happen at once, one of the two fails (10005). Upstream is not hit, because its notifications take a while.
    /// </summary>
    private static Notification Blocked(UserBlocked notice) => new(
        ContentTypes.BlackAdded,
        new BlackAddedTips { FromToUserID = FromTo(notice.Owner, notice.Blocked) },
        IsAlsoMessage: false,
        IsForOthers: true);

    private static Notification? OfRequest(FriendRequestNotice notice)
    {
        var (pair, request) = (FromTo(notice.Request.From, notice.Request.To), FriendInfos.Of(notice.Request, notice.From, notice.To));
        return notice switch
        {
            FriendRequested => new(
                ContentTypes.FriendApplication, new FriendApplicationTips { FromToUserID = pair, Request = request }, IsAlsoMessage: false),
            FriendRequestAccepted => new(
                ContentTypes.FriendApplicationApproved,
                new FriendApplicationApprovedTips { FromToUserID = pair, HandleMsg = notice.Request.Answer, Request = request },
                IsAlsoMessage: true),
            FriendRequestRefused => new(
                ContentTypes.FriendApplicationRejected,
                new FriendApplicationRejectedTips { FromToUserID = pair, HandleMsg = notice.Request.Answer, Request = request },
                IsAlsoMessage: false),
            _ => null,
        };
    }

    /// <summary>Without a request, as upstream: the SDKs then only bring their list up to date.</summary>
    private static FriendApplicationApprovedTips Approved(FriendAdded notice) => new() { FromToUserID = FromTo(notice.Owner, notice.Friend) };

    private FriendDeletedTips Deleted(FriendRemoved notice, AppId app) => new()
    {
        FromToUserID = FromTo(notice.Owner, notice.Friend),
        FriendVersion = VersionStreams.VersionOf(notice.Version),
        FriendVersionID = VersionId(app, notice.Owner),
    };

    private FriendInfoChangedTips Remarked(FriendRemarked notice, AppId app) => new()
    {
        FromToUserID = FromTo(notice.Owner, notice.Friend),
        FriendVersion = VersionStreams.VersionOf(notice.Version),
        FriendVersionID = VersionId(app, notice.Owner),
    };

    private FriendsInfoUpdateTips Updated(FriendsUpdated notice, AppId app)
    {
        var tips = new FriendsInfoUpdateTips
        {
            FromToUserID = FromTo(notice.Owner, notice.Owner),
            FriendVersion = VersionStreams.VersionOf(notice.Version),
            FriendVersionID = VersionId(app, notice.Owner),
        };
        tips.FriendIDs.Add(notice.Friends.Select(f => f.Value));
        return tips;
    }

    private string VersionId(AppId app, UserId owner) => streams.IdOf(new StreamKey(app, StreamKind.Friends, owner.Value));

    private static FromToUserID FromTo(UserId from, UserId to) => new() { FromUserID = from.Value, ToUserID = to.Value };
}
