using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Agora.Threads;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Deliveries;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>A part of what waits for a device in one queue.</summary>
/// <param name="Metas">In the order of their ids, at most <see cref="AgoraQueues.MaxBatch"/>; empty is the end.</param>
internal readonly record struct QueueBatch(IReadOnlyList<Meta> Metas)
{
    public static readonly QueueBatch End = new([]);

    public ulong NextKey => Metas[^1].Id;
}

/// <summary>What has not yet reached a device, by queue (section 7). A queue is named by a JID; clients compare the names alone.</summary>
internal sealed class AgoraQueues(
    DeliveryPlaces places, ReadUndelivered undelivered, MetaRenderer renderer, Afterwards afterwards, AckProbes probes, TimeProvider clock)
{
    /// <summary>Clients remember the last 100 ids, so that nothing is shown twice.</summary>
    public const int MaxBatch = 100;

    public SessionQueues Make(ClientDevice device) => new(device, places);

    /// <summary>The queues in which something waits for the device, and how much.</summary>
    public async ValueTask<IReadOnlyList<MetaQueue>> WaitingAsync(AgoraSession session, CancellationToken ct)
    {
        if (!session.Queues.IsOpen) await OpenAsync(session, ct);

        return
        [
            .. session.Queues.Waiting(Now()).Select(item => new MetaQueue
            {
                Queue = Jids.QueueOf(session.VendorApp.Key, item.Conversation, session.User), N = (uint)item.Waiting,
            }),
        ];
    }

    /// <summary>The device has everything up to a key.</summary>
    public void Acknowledge(AgoraSession session, JID queue, ulong key) =>
        session.Queues.Acknowledge(ConversationOf(session, queue), key);

    /// <summary>The device asks for a queue.</summary>
    public void Confirm(AgoraSession session, JID queue) => session.Queues.Confirm(ConversationOf(session, queue));

    public async ValueTask<QueueBatch> PullAsync(AgoraSession session, JID queue, CancellationToken ct)
    {
        var conversation = ConversationOf(session, queue);
        if (session.Queues.BeginPull(conversation) is not { } place) return QueueBatch.End;

        while (true)
        {
            var read = await undelivered.RunAsync(session.User, conversation, place, MaxBatch, ct);
            if (!read.TryGet(out var page, out _)) page = new([], place, IsLast: true); // it is not his any more

            var metas = await RenderAsync(session, conversation, page.Entries, ct);
            if (metas.Count > 0)
            {
                session.Queues.Sent(conversation, (long)metas[^1].Id, page.Place, Now());
                return new(metas);
            }

            if (!session.Queues.PassedOver(conversation, page.Place, page.IsLast)) return QueueBatch.End;
            place = page.Place;
        }
    }

    private async ValueTask OpenAsync(AgoraSession session, CancellationToken ct)
    {
        session.Queues.BeginOpening();
        try
        {
            var opened = await places.OpenAsync(session.Queues.Device, ct);
            if (opened.TryGet(out var waiting, out _))
            {
                session.Queues.Open(waiting, (entry, arrival) => AgoraDelivery.Push(session, entry, arrival, renderer, Now()), Now());
                probes.Watch(session); // some of it may have been pushed quietly
                return;
            }
        }
        catch
        {
            session.Queues.GiveUpOpening();
            throw;
        }

        session.Queues.GiveUpOpening();
        session.Connection.Close(1011); // its client comes back and asks again
    }

    private static ConversationKey ConversationOf(AgoraSession session, JID queue) =>
        session.Queues.Meant(Jids.ConversationOf(session.App, session.User, queue));

    private async ValueTask<List<Meta>> RenderAsync(AgoraSession session, ConversationKey conversation, IReadOnlyList<Entry> entries, CancellationToken ct)
    {
        var shown = new List<(Entry Entry, Meta Meta)>(entries.Count);
        foreach (var entry in entries)
        {
            if (!session.Queues.IsOwn(entry) && renderer.Render(entry).For(session.User) is { } meta) shown.Add((entry, meta));
        }

        await afterwards.AddAsync(session.VendorApp, session.User, conversation, shown, ct);
        return shown.ConvertAll(static one => one.Meta);
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
