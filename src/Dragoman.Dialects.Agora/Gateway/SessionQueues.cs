using Dragoman.Engine.Conversations;
using Dragoman.Engine.Deliveries;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>What becomes of an entry that was just published, for one connection.</summary>
internal enum Arrival
{
    /// <summary>It is to be sent at once.</summary>
    Push,

    /// <summary>Something waits in its queue, and the client has to be told so.</summary>
    Announce,

    /// <summary>The client finds it when it pulls, has it already, or is not told of it.</summary>
    Nothing,
}

/// <summary>
/// How far one connection is in each of its queues (section 7). A queue that is behind is pulled by the client, batch after batch; one that
/// is not gets what happens at once, and the client acknowledges it. In memory only what moves; the places are the engine's.
/// </summary>
/// <remarks>
/// One lock for all queues of a connection: published entries come on several threads, pulls on the connection's own. Nothing waits inside.
/// </remarks>
internal sealed class SessionQueues(ClientDevice device, DeliveryPlaces places)
{
    /// <summary>Unacknowledged metas of a queue; clients know the last 100 ids, and drop what they have.</summary>
    public const int MaxUnacknowledged = 100;

    private const int MaxEarly = 1_000;
    private const int MaxOwn = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _turn = new();
    private readonly Dictionary<ConversationKey, Queue> _queues = [];

    /// <summary>Queues of threads by their names.</summary>
    private readonly Dictionary<string, ConversationKey> _threads = [];
    private readonly List<Entry> _early = [];
    private readonly Queue<long> _own = [];
    private State _state;

    private enum State
    {
        /// <summary>The client has not asked yet: what is published now it finds then.</summary>
        Closed,
        Opening,
        Open,
    }

    public ClientDevice Device => device;

    public bool IsOpen
    {
        get
        {
            lock (_turn) return _state == State.Open;
        }
    }

    /// <summary>From now on what is published is remembered, until it is known what lay there before.</summary>
    public void BeginOpening()
    {
        lock (_turn) _state = State.Opening;
    }

    /// <param name="push">Sends an entry that came meanwhile to a queue that is not behind. Called inside the lock: it must not wait.</param>
    /// <param name="now">As in <see cref="Arrive"/>.</param>
    public void Open(IReadOnlyList<Undelivered> waiting, Action<Entry> push, long now)
    {
        lock (_turn)
        {
            foreach (var item in waiting) Keep(item.Conversation, new() { Place = item.Place, IsBehind = true, Waiting = item.Count });
            _state = State.Open;
            foreach (var entry in _early)
            {
                if (ArriveInTurn(entry, isFor: true, isOwn: false, now) == Arrival.Push) push(entry);
            }

            _early.Clear();
        }
    }

    /// <summary>Opening failed; the client will ask again.</summary>
    public void GiveUpOpening()
    {
        lock (_turn)
        {
            _state = State.Closed;
            _early.Clear();
        }
    }

    /// <param name="isFor">Whether clients of this dialect are told of it.</param>
    /// <param name="isOwn">This connection sent it: the client knows.</param>
    /// <param name="now">Milliseconds of a steady clock.</param>
    public Arrival Arrive(Entry entry, bool isFor, bool isOwn, long now)
    {
        lock (_turn)
        {
            if (_state == State.Closed) return Arrival.Nothing;
            if (_state == State.Open) return ArriveInTurn(entry, isFor, isOwn, now);

            if (isOwn) Remember(entry);
            else if (isFor && _early.Count < MaxEarly) _early.Add(entry);
            return Arrival.Nothing;
        }
    }

    /// <summary>The queues that have something, for the answer to an UNREAD; what was pushed and not acknowledged for long is among them.</summary>
    public List<(ConversationKey Conversation, long Waiting)> Waiting(long now)
    {
        var waiting = new List<(ConversationKey, long)>();
        lock (_turn)
        {
            foreach (var (conversation, queue) in _queues)
            {
                if (!queue.IsBehind && queue.Pending.Count > 0 && now - queue.PushedAt >= Patience.TotalMilliseconds) queue.FallBehind();
                if (queue.IsBehind) waiting.Add((conversation, Math.Max(1, queue.Waiting)));
            }
        }

        return waiting;
    }

    /// <summary>The client has everything up to a key.</summary>
    public void Acknowledge(ConversationKey conversation, ulong key)
    {
        lock (_turn)
        {
            if (!_queues.TryGetValue(conversation, out var queue)) return;

            var reached = queue.Place;
            var count = 0;
            while (count < queue.Pending.Count && (ulong)queue.Pending[count].Id <= key) reached = reached.Later(queue.Pending[count++].Place);
            if (count == 0) return;

            queue.Pending.RemoveRange(0, count);
            queue.Waiting = Math.Max(0, queue.Waiting - count);
            queue.Place = reached;
            places.Acknowledge(device, conversation, reached);
        }
    }

    /// <returns>From where to read on; null when nothing waits.</returns>
    public LogPlace? BeginPull(ConversationKey conversation)
    {
        lock (_turn)
        {
            if (!_queues.TryGetValue(conversation, out var queue) || !queue.IsBehind) return null;

            (queue.HasMore, queue.IsAnnounced) = (false, true);
            queue.Pending.Clear(); // what was sent and not acknowledged is read again
            return queue.Place;
        }
    }

    /// <summary>A batch goes to the client.</summary>
    /// <param name="lastId">Of its last meta: the key with which it will be acknowledged.</param>
    public void Sent(ConversationKey conversation, long lastId, LogPlace place)
    {
        lock (_turn)
        {
            if (_queues.TryGetValue(conversation, out var queue)) queue.Pending.Add((lastId, place));
        }
    }

    /// <summary>Nothing that could be shown lay before a place.</summary>
    /// <param name="isEnd">Nor does anything lie behind it.</param>
    /// <returns>Whether to read on: there is more, or something was published meanwhile.</returns>
    public bool PassedOver(ConversationKey conversation, LogPlace place, bool isEnd)
    {
        lock (_turn)
        {
            if (!_queues.TryGetValue(conversation, out var queue)) return false;

            queue.Place = queue.Place.Later(place);
            places.Acknowledge(device, conversation, queue.Place);
            if (!isEnd || queue.HasMore)
            {
                queue.HasMore = false;
                return true;
            }

            (queue.IsBehind, queue.IsAnnounced, queue.Waiting) = (false, false, 0);
            return false;
        }
    }

    /// <summary>What a client means by the name of a group: a thread, when it has that thread's queue.</summary>
    public ConversationKey Meant(ConversationKey named)
    {
        if (named.Kind != ConversationKind.Group) return named;
        lock (_turn) return _threads.GetValueOrDefault(named.A, named);
    }

    /// <summary>Whether this connection sent the message itself, so that its client is not shown it again.</summary>
    public bool IsOwn(Entry entry)
    {
        lock (_turn) return _own.Contains(entry.Id.Value);
    }

    private Arrival ArriveInTurn(Entry entry, bool isFor, bool isOwn, long now)
    {
        if (!AgoraDelivery.IsQueued(entry)) return isFor && !isOwn ? Arrival.Push : Arrival.Nothing;

        if (!_queues.TryGetValue(entry.Conversation, out var queue)) queue = Keep(entry.Conversation, new());
        var place = entry.Channel == LogChannel.Timeline ? new LogPlace(entry.Sequence, 0) : new LogPlace(0, entry.Sequence);
        if (queue.Has(place)) return Arrival.Nothing;
        if (isOwn) Remember(entry);
        if (queue.IsBehind)
        {
            queue.HasMore = true;
            if (isOwn || !isFor) return Arrival.Nothing;
            queue.Waiting++;
            return queue.Announce();
        }

        if (isOwn || !isFor)
        {
            if (queue.Pending.Count > 0) queue.Pending[^1] = (queue.Pending[^1].Id, queue.Pending[^1].Place.Later(place));
            else queue.Place = queue.Place.Later(place);
            if (queue.Pending.Count == 0) places.Acknowledge(device, entry.Conversation, queue.Place);
            return Arrival.Nothing;
        }

        if (queue.Pending.Count == MaxUnacknowledged)
        {
            queue.FallBehind();
            return queue.Announce();
        }

        if (queue.Pending.Count == 0) queue.PushedAt = now;
        queue.Pending.Add((entry.Id.Value, place));
        return Arrival.Push;
    }

    private Queue Keep(ConversationKey conversation, Queue queue)
    {
        if (conversation.Kind == ConversationKind.Topic) _threads[conversation.B] = conversation;
        return _queues[conversation] = queue;
    }

    private void Remember(Entry entry)
    {
        if (_own.Count == MaxOwn) _own.Dequeue();
        _own.Enqueue(entry.Id.Value);
    }

    private sealed class Queue
    {
        public LogPlace Place { get; set; }
        public bool IsBehind { get; set; }

        /// <summary>The client has been told, or is pulling.</summary>
        public bool IsAnnounced { get; set; }

        /// <summary>Something was published since the last read began.</summary>
        public bool HasMore { get; set; }

        /// <summary>About how many metas the client will get.</summary>
        public long Waiting { get; set; }

        /// <summary>When the oldest of <see cref="Pending"/> was pushed.</summary>
        public long PushedAt { get; set; }

        /// <summary>What was sent and not acknowledged yet, by the key that will acknowledge it.</summary>
        public List<(long Id, LogPlace Place)> Pending { get; } = [];

        public bool Has(LogPlace place) => place.Timeline <= Place.Timeline && place.Changes <= Place.Changes;

        public Arrival Announce()
        {
            if (IsAnnounced) return Arrival.Nothing;
            IsAnnounced = true;
            return Arrival.Announce;
        }

        public void FallBehind()
        {
            (IsBehind, HasMore, Waiting) = (true, true, Pending.Count + 1);
            Pending.Clear();
        }
    }
}
