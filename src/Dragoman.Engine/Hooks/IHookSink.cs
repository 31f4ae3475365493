namespace Dragoman.Engine.Hooks;

/// <summary>A dialect's way to ask and to tell the app's own server. Knows the addresses; the engine knows when.</summary>
public interface IHookSink
{
    DialectId Dialect { get; }

    /// <summary>Whether this app has any hook at all; asked for every write, so it must be a lookup.</summary>
    bool HasHooks(AppId app);

    /// <summary>Whether the app wants to be asked about this kind of proposal.</summary>
    bool Asks(AppId app, Type proposal);

    /// <summary>Asks; may change the proposal.</summary>
    /// <returns>Null to go on; else why not (<see cref="Condition.RefusedByHook"/>, HookUnreachable, HookAnswerInvalid).</returns>
    ValueTask<Refusal?> AskAsync(Proposal proposal, CancellationToken ct);

    /// <summary>Whether the app wants to hear of this event. Called before the event has its place in a log.</summary>
    bool Wants(AppId app, HookEvent happened);

    /// <summary>Tells. Ends within a deadline of its own.</summary>
    /// <returns>False when it should be tried again later.</returns>
    ValueTask<bool> TellAsync(AppId app, HookEvent happened, CancellationToken ct);
}
