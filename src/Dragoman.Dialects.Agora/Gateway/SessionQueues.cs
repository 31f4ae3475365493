using Dragoman.Engine.Conversations;
using Dragoman.Engine.Deliveries;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>What becomes of an entry that was just published, for one connection.</summary>
internal enum Arrival
{
    /// <summary>It is to be sent at once, and the client says that it has it.</summary>
    Push,

    /// <summary>It is to be sent at once, and the client is not asked whether it has it: that is asked often enough (<see cref="AckProbes"/>).</summary>
    PushQuietly,

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

    /// <summary>
    /// Pushes of a queue are acknowledged one by one when they come now and then; of a stream this often, and each acknowledgement is for all
    /// before it: every second frame less in a group where much is said.
    /// </summary>
    public const int AckInterval = 250;

    /// <summary>Quiet pushes of all queues together: with those on their way they stay below what clients recognize.</summary>
    private const int MaxQuiet = 50;

    private const int MaxEarly = 1_000;

    /// <summary>Pushes whose acknowledgement is recognized by its key alone; of more, the queue has to be looked for.</summary>
    private const int MaxPushed = 256;

    private const int MaxOwn = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _turn = new();
    private readonly Dictionary<ConversationKey, Queue> _queues = [];

    /// <summary>Queues of threads by their names.</summary>
    private readonly Dictionary<string, ConversationKey> _threads = [];

    private readonly List<Entry> _early = [];
    private readonly Queue<long> _own = [];

    /// <summary>What was pushed and not acknowledged yet, oldest first.</summary>
    private readonly Queue<(long Id, Queue Queue)> _pushed = [];

    /// <summary>The one that was asked for last: most of the time it is asked for again.</summary>
    private Queue? _recent;

    private State _state;

    /// <summary>Those to which something was pushed quietly lately.</summary>
    private readonly List<Queue> _streams = [];

    private int _quiet;

    /// <summary>Queues that the client pulls from, or is about to: what is pushed quietly then would make it pull again.</summary>
    private int _behind;

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

    /// <param name="push">Sends an entry that came meanwhile to a queue that is not behind, quietly or not. Called inside the lock: it must not wait.</param>
    /// <param name="now">As in <see cref="Arrive"/>.</param>
    public void Open(IReadOnlyList<Undelivered> waiting, Action<Entry, Arrival> push, long now)
    {
        lock (_turn)
        {
            foreach (var item in waiting) Keep(new(item.Conversation) { Place = item.Place, IsBehind = true, Waiting = item.Count });
            (_behind, _recent) = (waiting.Count, null);
            _state = State.Open;
            foreach (var entry in _early)
            {
                if (ArriveInTurn(entry, isFor: true, isOwn: false, now) is var arrival and (Arrival.Push or Arrival.PushQuietly)) push(entry, arrival);
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
                if (!queue.IsBehind && queue.Pending.Count > 0 && now - queue.Pending[0].At >= Patience.TotalMilliseconds) FallBehind(queue);
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
            if (Find(conversation) is { } queue) Acknowledge(queue, key);
        }
    }

    /// <summary>The same for the key of a push, which names its queue.</summary>
    /// <returns>False when it is not such a key, or when the client is pulling from its queue and waits for an answer.</returns>
    public bool TryAcknowledgePush(ulong key)
    {
        lock (_turn)
        {
            while (_pushed.TryPeek(out var oldest))
            {
                var isIt = (ulong)oldest.Id == key;
                if (!isIt && oldest.Queue.IsPending(oldest.Id)) return false;

                _pushed.Dequeue();
                if (!isIt) continue; // it was acknowledged together with a later one, or will be read again

                Acknowledge(oldest.Queue, key);
                return !oldest.Queue.IsBehind;
            }

            return false;
        }
    }

    /// <summary>The queues whose last pushes nobody has asked about; their clients are to be told now that something waits, and will say something.</summary>
    /// <param name="now">As in <see cref="Arrive"/>.</param>
    /// <param name="isLeft">Whether there are others, whose time has not come.</param>
    public List<ConversationKey>? Unasked(long now, out bool isLeft)
    {
        List<ConversationKey>? due = null;
        isLeft = false;
        lock (_turn)
        {
            for (var i = _streams.Count - 1; i >= 0; i--)
            {
                var queue = _streams[i];
                if (queue.Quiet > 0 && now - queue.QuietSince < AckInterval)
                {
                    isLeft = true;
                    continue;
                }

                if (queue.Quiet > 0)
                {
                    queue.ProbedUpTo = queue.Pending[^1].Id;
                    Ask(queue, now);
                    (due ??= []).Add(queue.Conversation);
                }

                _streams.RemoveAt(i);
                queue.IsStream = false;
            }
        }

        return due;
    }

    /// <summary>The client asks for a queue. It heard of it after all that was pushed before: that it has.</summary>
    public void Confirm(ConversationKey conversation)
    {
        lock (_turn)
        {
            if (Find(conversation) is not { ProbedUpTo: > 0 } queue) return;

            Acknowledge(queue, (ulong)queue.ProbedUpTo);
            queue.ProbedUpTo = 0;
        }
    }

    /// <returns>From where to read on; null when nothing waits.</returns>
    public LogPlace? BeginPull(ConversationKey conversation)
    {
        lock (_turn)
        {
            if (Find(conversation) is not { IsBehind: true } queue) return null;

            (queue.HasMore, queue.IsAnnounced) = (false, true);
            queue.Pending.Clear(); // what was sent and not acknowledged is read again
            return queue.Place;
        }
    }

    /// <summary>A batch goes to the client.</summary>
    /// <param name="lastId">Of its last meta: the key with which it will be acknowledged.</param>
    /// <param name="now">As in <see cref="Arrive"/>.</param>
    public void Sent(ConversationKey conversation, long lastId, LogPlace place, long now)
    {
        lock (_turn)
        {
            Find(conversation)?.Pending.Add((lastId, place, now));
        }
    }

    /// <summary>Nothing that could be shown lay before a place.</summary>
    /// <param name="isEnd">Nor does anything lie behind it.</param>
    /// <returns>Whether to read on: there is more, or something was published meanwhile.</returns>
    public bool PassedOver(ConversationKey conversation, LogPlace place, bool isEnd)
    {
        lock (_turn)
        {
            if (Find(conversation) is not { } queue) return false;

            queue.Place = queue.Place.Later(place);
            Note(queue);
            if (!isEnd || queue.HasMore)
            {
                queue.HasMore = false;
                return true;
            }

            (queue.IsBehind, queue.IsAnnounced, queue.Waiting) = (false, false, 0);
            _behind--;
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

        var queue = Find(entry.Conversation) ?? Keep(new(entry.Conversation));
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
            if (queue.Pending.Count > 0) queue.Pending[^1] = queue.Pending[^1] with { Place = queue.Pending[^1].Place.Later(place) };
            else queue.Place = queue.Place.Later(place);
            if (queue.Pending.Count == 0) Note(queue);
            return Arrival.Nothing;
        }

        if (queue.Pending.Count == MaxUnacknowledged)
        {
            FallBehind(queue);
            return queue.Announce();
        }

        queue.Pending.Add((entry.Id.Value, place, now));
        if (now - queue.AskedAt < AckInterval && _quiet < MaxQuiet && _behind == 0)
        {
            PutQuietly(queue, now);
            return Arrival.PushQuietly;
        }

        Ask(queue, now);
        if (_pushed.Count == MaxPushed) _pushed.Clear();
        _pushed.Enqueue((entry.Id.Value, queue));
        return Arrival.Push;
    }

    private Queue Keep(Queue queue)
    {
        if (queue.Conversation.Kind == ConversationKind.Topic) _threads[queue.Conversation.B] = queue.Conversation;
        return _queues[queue.Conversation] = queue;
    }

    private Queue? Find(ConversationKey conversation)
    {
        if (_recent?.Conversation == conversation) return _recent;
        if (_queues.TryGetValue(conversation, out var queue)) _recent = queue;
        return queue;
    }

    private void Acknowledge(Queue queue, ulong key)
    {
        var reached = queue.Place;
        var count = 0;
        while (count < queue.Pending.Count && (ulong)queue.Pending[count].Id <= key) reached = reached.Later(queue.Pending[count++].Place);
        if (count == 0) return;

        queue.Pending.RemoveRange(0, count);
        queue.Waiting = Math.Max(0, queue.Waiting - count);
        queue.Place = reached;
        Note(queue);
    }

    private void PutQuietly(Queue queue, long now)
    {
        _quiet++;
        if (queue.Quiet++ == 0) queue.QuietSince = now;
        if (queue.IsStream) return;

        queue.IsStream = true;
        _streams.Add(queue);
    }

    /// <summary>What is acknowledged from now on includes what was pushed quietly.</summary>
    private void Ask(Queue queue, long now)
    {
        queue.AskedAt = now;
        _quiet -= queue.Quiet;
        queue.Quiet = 0;
    }

    private void FallBehind(Queue queue)
    {
        queue.FallBehind();
        _quiet -= queue.Quiet;
        queue.Quiet = 0;
        _behind++;
    }

    private void Note(Queue queue) => places.Acknowledge(device, queue.Conversation, queue.Place, ref queue.Mark);

    private void Remember(Entry entry)
    {
        if (_own.Count == MaxOwn) _own.Dequeue();
        _own.Enqueue(entry.Id.Value);
    }

    private sealed class Queue(ConversationKey conversation)
    {
        public DeliveryMark Mark;

        public ConversationKey Conversation { get; } = conversation;
        public LogPlace Place { get; set; }
        public bool IsBehind { get; set; }

        /// <summary>The client has been told, or is pulling.</summary>
        public bool IsAnnounced { get; set; }

        /// <summary>Something was published since the last read began.</summary>
        public bool HasMore { get; set; }

        /// <summary>About how many metas the client will get.</summary>
        public long Waiting { get; set; }

        /// <summary>When an acknowledgement was asked for last.</summary>
        public long AskedAt { get; set; }

        /// <summary>How many were pushed quietly since then, and when the first of them was.</summary>
        public int Quiet { get; set; }

        public long QuietSince { get; set; }

        public bool IsStream { get; set; }

        /// <summary>The client was told that something waits, to hear from it; it has all up to here when it asks for the queue. 0: it was not.</summary>
        public long ProbedUpTo { get; set; }

        /// <summary>What was sent and not acknowledged yet, by the key that will acknowledge it, and when.</summary>
        public List<(long Id, LogPlace Place, long At)> Pending { get; } = [];

        /// <summary>In the order of their ids, as they were published.</summary>
        public bool IsPending(long id) => Pending.Count > 0 && id >= Pending[0].Id;

        public bool Has(LogPlace place) => place.Timeline <= Place.Timeline && place.Changes <= Place.Changes;

        public Arrival Announce()
        {
            if (IsAnnounced) return Arrival.Nothing;
            IsAnnounced = true;
            return Arrival.Announce;
        }

        public void FallBehind()
        {
            (IsBehind, HasMore, Waiting, ProbedUpTo) = (true, true, Pending.Count + 1, 0);
            Pending.Clear();
        }
    }
}
