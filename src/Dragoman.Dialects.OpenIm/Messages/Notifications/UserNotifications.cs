using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Messages.Notifications;

/// <summary>What happens to accounts: content type 1303.</summary>
internal static class UserNotifications
{
    public static Notification? Of(Notice notice) => notice switch
    {
        ProfileChanged changed => new(ContentTypes.UserInfoUpdated, new UserInfoUpdatedTips { UserID = changed.User.Value }, IsAlsoMessage: false),
        _ => null,
    };
}
