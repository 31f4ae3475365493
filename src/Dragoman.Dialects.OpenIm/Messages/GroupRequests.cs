using System.Security.Cryptography;
using System.Text;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>Applications to groups in the vendor's words.</summary>
internal static class GroupRequests
{
    public static GroupRequest Of(GroupApplication application, PublicUserInfo applicant, GroupInfo group) => new()
    {
        UserInfo = applicant,
        GroupInfo = group,
        HandleResult = ResultOf(application.State),
        ReqMsg = application.Message,
        HandleMsg = application.Answer,
        ReqTime = application.RequestedAt,
        HandleUserID = application.Handler,
        HandleTime = application.HandledAt,
        Ex = application.Extra,
        JoinSource = (int)application.Source,
        InviterUserID = application.Inviter,
    };

    /// <summary>The same in all copies of what one application caused, and in no other one.</summary>
    public static string UuidOf(GroupApplication application)
    {
        var text = $"{application.Group.Value}\n{application.Applicant.Value}\n{application.RequestedAt}\n{(int)application.State}\n{application.HandledAt}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    /// <summary>0 waits, 1 agreed, -1 refused.</summary>
    public static int ResultOf(ApplicationState state) => state switch
    {
        ApplicationState.Accepted => 1,
        ApplicationState.Refused => -1,
        _ => 0,
    };

    /// <returns>Null for a number that the vendor does not have.</returns>
    public static ApplicationState? StateOf(int handleResult) => handleResult switch
    {
        0 => ApplicationState.Pending,
        1 => ApplicationState.Accepted,
        -1 => ApplicationState.Refused,
        _ => null,
    };
}
