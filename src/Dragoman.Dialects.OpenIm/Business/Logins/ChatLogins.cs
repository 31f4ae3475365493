using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;

namespace Dragoman.Dialects.OpenIm.Business.Logins;

/// <summary>The two tokens of somebody who has shown who he is.</summary>
internal sealed class ChatLogins(ChatTokens chat, UserTokens tokens)
{
    /// <summary>What passwords are, as the demos send them: whatever comes is taken for the password.</summary>
    public const string PasswordForm = "openim";

    /// <param name="withImToken">Whether he is logged in to the IM API, too; by its rules.</param>
    public async ValueTask<OpenImReply<chatLoginResp>> AnswerAsync(OpenImCall call, string userId, int platform, bool withImToken, CancellationToken ct)
    {
        var (imToken, error) = withImToken ? await tokens.IssueAsync(call.App, userId, platform, ct) : ("", null);
        if (error is not null) return error;
        return new chatLoginResp { UserID = userId, ChatToken = await chat.IssueAsync(call.App, userId, platform, ct), ImToken = imToken };
    }
}
