using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Gateway.Connections;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>Brings what is published to this dialect's connections: at once, or as a notice that a queue has something.</summary>
/// <remarks>
/// Encoded once for each transport; of a pair twice, because each side's queue is named after the other; and for each of the few who are
/// shown a notice in another way. What is not stored is sent as the end of a pull that nobody asked for: clients show it and do not
/// acknowledge it.
/// </remarks>
internal sealed class AgoraDelivery(MetaRenderer renderer, CrowdWriter crowds, TimeProvider clock) : IDialectDelivery
{
    public DialectId Dialect => AgoraId.Dialect;

    public void Deliver(EntryPublished news, ReadOnlySpan<Session> sessions)
    {
        var entry = news.Entry;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var rendering = renderer.Render(entry);

        // What people say in a group does not reach who wants to hear nothing of it.
        var refusing = (entry.Notice is null or MessageEdited) && entry.Audience is Audience.Members members ? members.Roster.Refusing : null;
        var toSender = default(Frames.ByKind);
        var toOthers = default(Frames.ByKind);
        foreach (var one in sessions)
        {
            var session = (AgoraSession)one;
            var isSender = session.User == entry.Sender;
            var isOwn = session.Id == entry.OriginSession;
            var meta = rendering.For(session.User);
            var isFor = meta is not null && !(isSender && (entry.Flags & EntryFlags.NoSenderCopy) != 0) && refusing?.Contains(session.User) != true;
            switch (session.Queues.Arrive(entry, isFor, isOwn, now))
            {
                case Arrival.Push when !ReferenceEquals(meta, rendering.Usual):
                    Send(news, session, Encode(session, entry, meta!, [], now));
                    break;
                case Arrival.Push:
                    ref var frame = ref (isSender ? ref toSender : ref toOthers)[(int)session.Wire];
                    frame ??= Encode(session, entry, meta!, rendering.More, now);
                    Send(news, session, frame);
                    break;
                case Arrival.Announce:
                    session.Send(Downlink.Notice(Jids.QueueOf(session.VendorApp.Key, entry.Conversation, session.User)));
                    break;
            }
        }
    }

    /// <summary>Sends one connection what came while it was being opened.</summary>
    public static void Push(AgoraSession session, Entry entry, MetaRenderer renderer, long now)
    {
        var rendering = renderer.Render(entry);
        if (rendering.For(session.User) is not { } meta) return;
        session.Connection.TrySend(Encode(session, entry, meta, ReferenceEquals(meta, rendering.Usual) ? rendering.More : [], now));
    }

    private void Send(EntryPublished news, AgoraSession session, byte[] frame)
    {
        if (news.IsForCrowd) crowds.Send(session.Connection, frame);
        else session.Connection.TrySend(frame);
    }

    private static byte[] Encode(AgoraSession session, Entry entry, Meta meta, IReadOnlyList<Meta> more, long now)
    {
        var sync = new CommSyncDL
        {
            Status = Downlink.Ok,
            Queue = Jids.QueueOf(session.VendorApp.Key, entry.Conversation, session.User),
            Metas = { meta, more },
            Timestamp = (ulong)now,
        };
        if (IsQueued(entry)) sync.NextKey = meta.Id;
        else sync.IsLast = true;
        return Wire.Make(session.Wire, Downlink.Sync(sync).ToByteArray());
    }

    /// <summary>What is not stored, and what is said in a room, waits for nobody.</summary>
    public static bool IsQueued(Entry entry) => entry.Sequence > 0 && entry.Conversation.Kind != ConversationKind.Room;

    private static class Frames
    {
        [System.Runtime.CompilerServices.InlineArray(Wire.Kinds)]
        internal struct ByKind
        {
            private byte[]? _first;
        }
    }
}
