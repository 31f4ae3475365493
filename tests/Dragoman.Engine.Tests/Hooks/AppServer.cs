using Dragoman.Engine.Conversations;
using Dragoman.Engine.Hooks;

namespace Dragoman.Engine.Tests.Hooks;

/// <summary>An app's own server that hears of messages: slow, and deaf when a test says so.</summary>
internal sealed class AppServer(Func<HookEvent, bool> hears) : IHookSink
{
    private readonly Lock _gate = new();
    private readonly List<(ConversationKey Conversation, long Sequence)> _heard = [];
    private int _inFlight;

    public DialectId Dialect => new(9);

    /// <summary>How many events were told at the same time at most.</summary>
    public int MostAtOnce { get; private set; }

    public long[] HeardOf(ConversationKey conversation)
    {
        lock (_gate) return [.. _heard.Where(h => h.Conversation == conversation).Select(h => h.Sequence)];
    }

    public bool HasHooks(AppId app) => true;

    public bool Asks(AppId app, Type proposal) => false;

    public ValueTask<Refusal?> AskAsync(Proposal proposal, CancellationToken ct) => default;

    public bool Wants(AppId app, HookEvent happened) => happened.Message is not null;

    public async ValueTask<bool> TellAsync(AppId app, HookEvent happened, CancellationToken ct)
    {
        lock (_gate) MostAtOnce = Math.Max(MostAtOnce, ++_inFlight);
        await Task.Delay(1, ct);
        lock (_gate)
        {
            _inFlight--;
            if (!hears(happened)) return false;
            _heard.Add((happened.Conversation!.Value, happened.Sequence));
            return true;
        }
    }
}
