using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Messages;
using Dragoman.Gateway.Connections;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>Brings what is published to this dialect's connections: at once, or as a notice that a queue has something.</summary>
/// <remarks>
/// Encoded once for each transport; of a pair twice, because each side's queue is named after the other; and for each of the few who are
/// shown a notice in another way. What is not stored, and what is pushed quietly, is sent as the end of a pull that nobody asked for: clients
/// show it and do not acknowledge it.
/// </remarks>
internal sealed class AgoraDelivery(MetaRenderer renderer, CrowdWriter crowds, AckProbes probes, TimeProvider clock) : IDialectDelivery
{
    public DialectId Dialect => AgoraId.Dialect;

    public void Deliver(EntryPublished news, ReadOnlySpan<Session> sessions)
    {
        var entry = news.Entry;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var rendering = renderer.Render(entry);

        // What people say in a group does not reach who wants to hear nothing of it.
        var refusing = entry.Notice is null && entry.Audience is Audience.Members members ? members.Roster.Refusing : null;
        var frames = default(Frames);
        foreach (var one in sessions)
        {
            var session = (AgoraSession)one;
            var isSender = session.User == entry.Sender;
            var isOwn = session.Id == entry.OriginSession;
            var meta = rendering.For(session.User);
            var isFor = meta is not null && !(isSender && (entry.Flags & EntryFlags.NoSenderCopy) != 0) && refusing?.Contains(session.User) != true;
            var arrival = session.Queues.Arrive(entry, isFor, isOwn, now);
            switch (arrival)
            {
                case Arrival.Push or Arrival.PushQuietly when !ReferenceEquals(meta, rendering.Usual):
                    Send(news, session, Encode(session, entry, arrival, meta!, [], now));
                    break;
                case Arrival.Push or Arrival.PushQuietly:
                    ref var frame = ref frames.Of(session.Wire, isSender, arrival);
                    frame ??= Encode(session, entry, arrival, meta!, rendering.More, now);
                    Send(news, session, frame);
                    break;
                case Arrival.Announce:
                    session.Send(Downlink.Notice(Jids.QueueOf(session.VendorApp.Key, entry.Conversation, session.User)));
                    break;
            }

            if (arrival == Arrival.PushQuietly) probes.Watch(session);
        }
    }

    /// <summary>Sends one connection what came while it was being opened.</summary>
    public static void Push(AgoraSession session, Entry entry, Arrival arrival, MetaRenderer renderer, long now)
    {
        var rendering = renderer.Render(entry);
        if (rendering.For(session.User) is not { } meta) return;

        session.Connection.TrySend(Encode(session, entry, arrival, meta, ReferenceEquals(meta, rendering.Usual) ? rendering.More : [], now));
    }

    private void Send(EntryPublished news, AgoraSession session, byte[] frame)
    {
        if (news.IsForCrowd) crowds.Send(session.Connection, frame);
        else session.Connection.TrySend(frame);
    }

    private static byte[] Encode(AgoraSession session, Entry entry, Arrival arrival, Meta meta, IReadOnlyList<Meta> more, long now)
    {
        var sync = new CommSyncDL
        {
            Status = Downlink.Ok,
            Queue = Jids.QueueOf(session.VendorApp.Key, entry.Conversation, session.User),
            Metas = { meta, more },
            Timestamp = (ulong)now,
        };
        if (arrival == Arrival.Push && IsQueued(entry)) sync.NextKey = meta.Id;
        else sync.IsLast = true;
        return Wire.Make(session.Wire, Downlink.Sync(sync).ToByteArray());
    }

    /// <summary>What is not stored, and what is said in a room, waits for nobody.</summary>
    public static bool IsQueued(Entry entry) => entry.Sequence > 0 && entry.Conversation.Kind != ConversationKind.Room;

    /// <summary>One entry, encoded once for all that are sent the same.</summary>
    private struct Frames
    {
        private Slots _slots;

        [UnscopedRef]
        public ref byte[]? Of(WireKind wire, bool isSender, Arrival arrival) =>
            ref _slots[((int)wire * 2 + (isSender ? 1 : 0)) * 2 + (arrival == Arrival.Push ? 1 : 0)];

        [InlineArray(Wire.Kinds * 4)]
        private struct Slots
        {
            private byte[]? _first;
        }
    }
}
