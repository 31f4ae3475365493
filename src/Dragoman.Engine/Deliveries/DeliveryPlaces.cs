using Dragoman.Engine.Conversations;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Deliveries;

/// <summary>
/// How far each device has come in each conversation, for dialects whose clients acknowledge. A queue of a device is no copy: it is what
/// lies behind its place. After a crash a place may be an older one; the device is then told again, and drops what it knows.
/// </summary>
public sealed class DeliveryPlaces(
    IDeliveryStore store, UserConversations conversations, ConversationHeads heads, LogWriter journal, DeliveryLimits limits, TimeProvider clock)
    : IAsyncDisposable
{
    private const int RowsPerUnit = 2_000;
    private static readonly Dictionary<ConversationKey, LogPlace> None = [];

    private readonly Coalesced<(ClientDevice Device, ConversationKey Conversation), LogPlace> _moves = new(
        journal,
        static (one, other) => one.Later(other),
        static (key, place) => new AdvanceDelivery(key.Device, key.Conversation, place),
        limits.FlushInterval,
        clock);

    public void Start() => _moves.Start();

    /// <summary>What a device has not acknowledged, after noting that it is there.</summary>
    /// <remarks>
    /// A device that was never seen begins where the user's other devices are, or where he has read to, and not earlier than
    /// <see cref="DeliveryLimits.Backlog"/> messages ago: it is told what waits for its user, not his whole past.
    /// </remarks>
    /// <returns>In any order; or Unavailable and Overloaded, when it could not be noted.</returns>
    public async ValueTask<Result<IReadOnlyList<Undelivered>>> OpenAsync(ClientDevice device, CancellationToken ct)
    {
        var all = await ConversationsAsync(device, ct);
        var known = await store.FindPlacesAsync(device, ct);
        var places = known ?? await FirstPlacesAsync(device, all, ct);
        var refusal = await NoteAsync(device, known is null ? places : None, ct);
        if (refusal is not null) return refusal;

        var waiting = new List<Undelivered>();
        foreach (var (_, conversation, ends) in all)
        {
            var place = _moves.Apply((device, conversation), places.GetValueOrDefault(conversation));
            place = place with { Timeline = Math.Max(place.Timeline, ends.Timeline - limits.Backlog) };
            if (place.IsBefore(ends)) waiting.Add(new(conversation, place, ends));
        }

        return waiting;
    }

    /// <summary>A device has everything up to a place. It never goes back.</summary>
    public void Acknowledge(ClientDevice device, ConversationKey conversation, LogPlace place) => _moves.Move((device, conversation), place);

    /// <param name="mark">Of the same device and conversation: what the last call left in it. Null at first.</param>
    /// <inheritdoc cref="Acknowledge(ClientDevice, ConversationKey, LogPlace)"/>
    public void Acknowledge(ClientDevice device, ConversationKey conversation, LogPlace place, ref DeliveryMark mark) =>
        _moves.Move((device, conversation), place, ref mark.Slot);

    /// <summary>Writes what was acknowledged since the last time.</summary>
    public Task FlushAsync() => _moves.FlushAsync();

    public ValueTask DisposeAsync() => _moves.DisposeAsync();

    private async ValueTask<List<(UserConversation? State, ConversationKey Key, ConversationEnds Ends)>> ConversationsAsync(
        ClientDevice device, CancellationToken ct)
    {
        var inbox = ConversationKey.Inbox(device.App, device.User);
        var all = new List<(UserConversation?, ConversationKey, ConversationEnds)> { (null, inbox, await heads.EndsAsync(inbox, ct)) };
        foreach (var (state, ends) in await conversations.ListAsync(device.App, device.User, ct))
        {
            if (state.Conversation == inbox) continue;

            // Who left is told what happened until then.
            var timeline = ConversationAccess.Range(state, ends, LogChannel.Timeline).Last;
            var changes = ConversationAccess.Range(state, ends, LogChannel.Changes).Last;
            all.Add((state, state.Conversation, ends with { Timeline = timeline, Changes = changes }));
        }

        return all;
    }

    private async ValueTask<IReadOnlyDictionary<ConversationKey, LogPlace>> FirstPlacesAsync(
        ClientDevice device, List<(UserConversation? State, ConversationKey Key, ConversationEnds Ends)> all, CancellationToken ct)
    {
        var others = await store.FarthestPlacesAsync(device, ct);
        var places = new Dictionary<ConversationKey, LogPlace>();
        foreach (var (state, key, ends) in all)
        {
            // What happened to messages that it never had is nothing to it; an inbox holds nothing else, and waits for the first device.
            var other = others.GetValueOrDefault(key);
            var timeline = Math.Max(other.Timeline, state?.ReadSequence ?? 0);
            var changes = key.Kind == ConversationKind.Inbox ? Math.Max(other.Changes, ends.Changes - limits.Backlog) : ends.Changes;
            places[key] = new(Math.Max(timeline, ends.Timeline - limits.Backlog), changes);
        }

        return places;
    }

    private async ValueTask<Refusal?> NoteAsync(ClientDevice device, IReadOnlyDictionary<ConversationKey, LogPlace> first, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        StoreChange[] noted =
        [
            new ForgetClientDevices(device, limits.DevicesPerUser, (now - limits.DeviceLife).ToUnixTimeMilliseconds()),
            .. first.Where(item => item.Value != default).Select(item => new AdvanceDelivery(device, item.Key, item.Value)),

            // Last: a device that is known has all its places, whenever this may end.
            new PutClientDevice(device, now.ToUnixTimeMilliseconds()),
        ];
        foreach (var some in noted.Chunk(RowsPerUnit))
        {
            ct.ThrowIfCancellationRequested();
            if (await journal.CommitAsync(new WriteUnit(some)) is { } refusal) return refusal;
        }

        return null;
    }
}
