using Dragoman.Dialects.Agora.Protos;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>A part of what waits for a device in one queue.</summary>
/// <param name="Metas">In the order of their ids, at most <see cref="AgoraQueues.MaxBatch"/>; empty is the end.</param>
internal readonly record struct QueueBatch(IReadOnlyList<Meta> Metas)
{
    public static readonly QueueBatch End = new([]);

    public ulong NextKey => Metas[^1].Id;
}

/// <summary>What has not yet reached a device, by queue (section 7). A queue is named by a JID; clients compare the names alone.</summary>
internal sealed class AgoraQueues
{
    /// <summary>Clients remember the last 100 ids, so that nothing is shown twice.</summary>
    public const int MaxBatch = 100;

    /// <summary>The queues in which something waits for the device, and how much.</summary>
    public ValueTask<IReadOnlyList<MetaQueue>> WaitingAsync(AgoraSession session, CancellationToken ct) => new([]);

    /// <summary>The device has everything up to a key.</summary>
    public ValueTask AcknowledgeAsync(AgoraSession session, JID queue, ulong key, CancellationToken ct) => ValueTask.CompletedTask;

    public ValueTask<QueueBatch> PullAsync(AgoraSession session, JID queue, CancellationToken ct) => new(QueueBatch.End);
}
