using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Hooks;

/// <summary>Tells apps' own servers of something that changes nothing on disk, as a connection that came or went.</summary>
public sealed class TellHooks(HookDesk hooks, LogWriter journal)
{
    /// <returns>Done, also when nobody wants to hear of it; or Overloaded, Unavailable.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, Notice notice)
    {
        if (!hooks.Wants(caller.App, HookEvent.Of(caller, notice))) return default(Done);
        var refusal = await journal.CommitAsync(new WriteUnit([]) { Happened = Happened.Of(caller, notice) });
        return refusal is null ? default(Done) : refusal;
    }
}
