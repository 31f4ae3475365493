using System.Net;
using Dragoman.Load.Net;

namespace Dragoman.Load.Drivers;

/// <summary>One vendor's protocol as the load generator needs it. Users are numbers; only the driver knows what they are called.</summary>
/// <remarks>The methods without a task are called for each message, from one thread, and do not allocate.</remarks>
internal interface ILoadDriver : IDisposable
{
    string Dialect { get; }

    string Encoding { get; }

    IPEndPoint Address { get; }

    /// <summary>Room for the largest frame that the Write methods make.</summary>
    int MaxFrameLength { get; }

    /// <summary>Makes the accounts, their tokens and the groups.</summary>
    Task SetUpAsync(Topology topology, CancellationToken ct);

    /// <summary>The HTTP upgrade request that opens a user's connection.</summary>
    int WriteHandshake(int user, Span<byte> destination);

    /// <summary>What the user asks first: where its conversation stands. The answer is <see cref="ILoadSink.OnPosition"/>.</summary>
    int WriteOpening(int user, uint mask, Span<byte> destination);

    /// <summary>The user's next message to its conversation, with <see cref="Marker"/> in its text.</summary>
    /// <param name="timestamp">Of <see cref="System.Diagnostics.Stopwatch"/>: when the message was due.</param>
    int WriteMessage(int user, long counter, long timestamp, uint mask, Span<byte> destination);

    /// <summary>Reads one data frame of the server and tells the sink what it says.</summary>
    /// <exception cref="InvalidDataException">The frame is not of this protocol.</exception>
    void Receive(int user, WebSocketOpcode opcode, ReadOnlySpan<byte> payload, ILoadSink sink);
}

/// <summary>What happened on a user's connection, in the order in which it was read.</summary>
internal interface ILoadSink
{
    /// <summary>The server accepted the connection.</summary>
    void OnAuthenticated(int user);

    /// <summary>The user's conversation is at this sequence number; 0 when nothing was ever said.</summary>
    void OnPosition(int user, long sequence);

    void OnAcknowledged(int user, long counter);

    void OnRefused(int user, long counter, int code);

    /// <summary>A message of this run arrived in the user's conversation.</summary>
    void OnDelivered(int user, int sender, long counter, long timestamp, long sequence);

    /// <summary>Something else took a sequence number in the user's conversation, for instance the notice that the group was made.</summary>
    void OnOther(int user, long sequence);

    /// <summary>Content or client message id is not what was sent.</summary>
    void OnCorrupt(int user);

    /// <summary>Where a driver builds what its client answers, before <see cref="Reply"/>.</summary>
    Span<byte> ReplyBuffer { get; }

    /// <summary>Sends the first bytes of <see cref="ReplyBuffer"/>.</summary>
    void Reply(int user, int length);

    uint NextMask();
}
