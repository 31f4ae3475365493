using Dragoman.Engine;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;
using Microsoft.Extensions.Logging;

namespace Dragoman.Dialects.OpenIm.Gateway;

/// <summary>Tells the app's own server who came and went. What cannot be told is let go: it is no reason to refuse a connection.</summary>
internal sealed partial class SessionHooks(TellHooks hooks, TimeProvider clock, ILogger<SessionHooks> logger)
{
    public ValueTask CameAsync(OpenImSession session, string operationId) => TellAsync(
        session,
        operationId,
        new SignedIn(session.User, session.Slot, session.Id.Value) { At = Now(), IsInBackground = session.IsBackground });

    public async ValueTask WentAsync(OpenImSession session, string operationId)
    {
        var (user, slot, id) = (session.User, session.Slot, session.Id.Value);
        if (session.IsKicked) await TellAsync(session, operationId, new SessionEnded(user, slot, id) { At = Now() });
        await TellAsync(session, operationId, new SignedOut(user, slot, id) { At = Now(), IsInBackground = session.IsBackground });
    }

    private async ValueTask TellAsync(OpenImSession session, string operationId, Notice notice)
    {
        var told = await hooks.RunAsync(session.VendorApp.CallerOf(session.User.Value, operationId), notice);
        if (!told.TryGet(out _, out var refusal)) Log.NotTold(logger, session.Id.Value, refusal.Condition);
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "What became of session {SessionId} was not told ({Condition})")]
        public static partial void NotTold(ILogger logger, long sessionId, Condition condition);
    }
}
