using Dragoman.Dialects.OpenIm.Apps;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>What an app's settings forbid about messages, whoever sends them.</summary>
internal sealed class SendLicence(TimeProvider clock)
{
    /// <returns>1405 when the app's right to send has ended, 1401 for a receipt that it does not want; else null.</returns>
    public OpenImError? Check(OpenImApp app, int sessionType, int contentType)
    {
        var expires = app.Settings.AuthorizationExpireTime;
        if (expires > 0 && clock.GetUtcNow().ToUnixTimeMilliseconds() >= expires) return OpenImErrors.AuthorizationExpired;
        return contentType == ContentTypes.HasReadReceipt ? CheckReceipt(app, sessionType) : null;
    }

    public static OpenImError? CheckReceipt(OpenImApp app, int sessionType)
    {
        var isEnabled = sessionType == Conversations.GroupChat
            ? app.Settings.GroupMessageHasReadReceiptEnable
            : app.Settings.SingleMessageHasReadReceiptEnable;
        return isEnabled ? null : OpenImErrors.MessageHasReadDisable;
    }
}
