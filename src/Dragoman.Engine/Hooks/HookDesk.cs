using Dragoman.Engine.Conversations;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Hooks;

/// <summary>Where operations ask before they act, and where the log writer notes what is to be told afterwards.</summary>
public sealed class HookDesk(IEnumerable<IHookSink> sinks)
{
    private readonly IHookSink[] _sinks = [.. sinks];

    /// <summary>Whether it is worth making the proposal.</summary>
    public bool Asks<T>(AppId app)
        where T : Proposal
    {
        foreach (var sink in _sinks)
        {
            if (sink.HasHooks(app) && sink.Asks(app, typeof(T))) return true;
        }

        return false;
    }

    /// <summary>Asks every dialect that wants to be asked. Never called while a gate is held.</summary>
    /// <returns>Null to go on, with what the proposal says now; else the first refusal.</returns>
    public async ValueTask<Refusal?> AskAsync<T>(T proposal, CancellationToken ct)
        where T : Proposal
    {
        foreach (var sink in _sinks)
        {
            if (!sink.HasHooks(proposal.App) || !sink.Asks(proposal.App, typeof(T))) continue;
            if (await sink.AskAsync(proposal, ct) is { } refusal) return refusal;
        }

        return null;
    }

    /// <summary>Whether anybody wants to hear of this event.</summary>
    public bool Wants(AppId app, HookEvent happened)
    {
        foreach (var sink in _sinks)
        {
            if (sink.HasHooks(app) && sink.Wants(app, happened)) return true;
        }

        return false;
    }

    /// <summary>The changes that put what this unit does into the outbox; null when nobody wants to hear of it.</summary>
    internal List<StoreChange>? Note(WriteUnit unit)
    {
        List<StoreChange>? noted = null;
        foreach (var sink in _sinks)
        {
            foreach (var entry in unit.Entries)
            {
                // What lies in an inbox repeats for one user what has happened, and is told as that.
                if (entry is { Notice: not null, Conversation.Kind: ConversationKind.Inbox }) continue;
                var app = entry.Conversation.App;
                if (sink.HasHooks(app) && sink.Wants(app, HookEvent.Of(entry))) (noted ??= []).Add(new EnqueueHook(app, sink.Dialect, Happened: null, entry));
            }

            if (unit.Happened is not { } happened || !sink.HasHooks(happened.App)) continue;
            foreach (var one in happened.Events)
            {
                if (sink.Wants(happened.App, one)) (noted ??= []).Add(new EnqueueHook(happened.App, sink.Dialect, one, Entry: null));
            }
        }

        return noted;
    }
}

/// <summary>What a unit does besides the entries that it writes, for the app's own server to hear of.</summary>
public sealed record Happened(AppId App, params HookEvent[] Events)
{
    /// <returns>Null when nothing happened, or when nobody is to hear of it.</returns>
    internal static Happened? Of(Caller caller, params IReadOnlyList<Notice> notices) =>
        notices.Count == 0 || caller.SkipsHooks ? null : new(caller.App, [.. notices.Select(notice => HookEvent.Of(caller, notice))]);
}
