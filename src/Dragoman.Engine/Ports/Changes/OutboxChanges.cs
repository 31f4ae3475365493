using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Ports;

/// <summary>Puts an event into the outbox, in the transaction that makes it true.</summary>
/// <param name="Happened">The event; or null when it is <paramref name="Entry"/>, which has its place when this is written.</param>
public sealed record EnqueueHook(AppId App, DialectId Sink, HookEvent? Happened, Entry? Entry) : StoreChange(App)
{
    public HookEvent Event => Happened ?? HookEvent.Of(Entry!);
}

/// <summary>What became of events that were told, or not.</summary>
/// <param name="Again">Told in vain: each is one try older.</param>
/// <param name="PutOff">Not told, because an older one has to be heard first.</param>
public sealed record SettleHooks(
    AppId App, IReadOnlyList<long> Done, IReadOnlyList<(long Id, long DueAt)> Again, IReadOnlyList<(long Id, long DueAt)> PutOff) : StoreChange(App);

/// <summary>Everything in the outbox of every app is due at this time, if not before.</summary>
public sealed record RecallHooks(long DueAt) : StoreChange(default(AppId));
