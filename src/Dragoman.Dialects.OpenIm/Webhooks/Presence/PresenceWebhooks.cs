using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Webhooks.Presence;

/// <summary>What the three events have in common.</summary>
internal abstract class AfterSession<T>(string key, string command) : AfterWebhook<T>(key, command)
    where T : SessionNotice
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, T notice, HookEvent happened, CancellationToken ct)
    {
        var body = new JsonObject
        {
            ["operationID"] = happened.Operation,
            ["platformID"] = notice.Slot.Value,
            ["platform"] = Platforms.NameOf(notice.Slot.Value),
            ["userID"] = notice.User.Value,
            ["seq"] = notice.At,
        };
        Complete(body, notice);
        return new(body);
    }

    protected static string ConnectionOf(T notice) => notice.Connection.ToString(CultureInfo.InvariantCulture);

    protected virtual void Complete(JsonObject body, T notice)
    {
    }
}

/// <summary>For each connection that was let in.</summary>
internal sealed class AfterUserOnline() : AfterSession<SignedIn>("afterUserOnline", "callbackAfterUserOnlineCommand")
{
    protected override void Complete(JsonObject body, SignedIn notice)
    {
        body["isAppBackground"] = notice.IsInBackground;
        body["connID"] = ConnectionOf(notice);
    }
}

internal sealed class AfterUserOffline() : AfterSession<SignedOut>("afterUserOffline", "callbackAfterUserOfflineCommand")
{
    protected override void Complete(JsonObject body, SignedOut notice) => body["connID"] = ConnectionOf(notice);
}

/// <summary>The vendor declares it and never calls it; we do.</summary>
internal sealed class AfterUserKickOff() : AfterSession<SessionEnded>("afterUserKickOff", "callbackAfterUserKickOffCommand");
