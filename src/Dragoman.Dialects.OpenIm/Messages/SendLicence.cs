using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Engine;
using Dragoman.Engine.Rates;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>What an app's settings forbid about messages, whoever sends them.</summary>
internal sealed class SendLicence(RateDesk rates, TimeProvider clock)
{
    /// <returns>1405 when the app's right to send has ended, 1401 for a receipt that it does not want; else null.</returns>
    public OpenImError? Check(OpenImApp app, int sessionType, int contentType)
    {
        var expires = app.Settings.AuthorizationExpireTime;
        if (expires > 0 && clock.GetUtcNow().ToUnixTimeMilliseconds() >= expires) return OpenImErrors.AuthorizationExpired;
        return contentType == ContentTypes.HasReadReceipt ? CheckReceipt(app, sessionType) : null;
    }

    /// <returns>429 for a user who says too much; else null, and it is counted.</returns>
    public OpenImError? CheckRate(OpenImApp app, Caller caller)
    {
        var limit = app.Settings.RateLimit.Messages;
        if (limit == 0 || caller.IsAdministrator) return null;
        var refusal = rates.Take(new RateKey(app.Id, RateName.Send, caller.User.Value), Rate.Of(limit));
        return refusal is null ? null : OpenImErrors.Of(refusal);
    }

    public static OpenImError? CheckReceipt(OpenImApp app, int sessionType)
    {
        var isEnabled = sessionType == Conversations.GroupChat
            ? app.Settings.GroupMessageHasReadReceiptEnable
            : app.Settings.SingleMessageHasReadReceiptEnable;
        return isEnabled ? null : OpenImErrors.MessageHasReadDisable;
    }
}
