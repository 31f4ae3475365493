using Dragoman.Engine.Conversations;
using Dragoman.Engine.Relations;

namespace Dragoman.Engine.Messages;

/// <summary>A message as a dialect hands it in.</summary>
public readonly struct MessageDraft
{
    public required DialectId Origin { get; init; }
    public required ContentKind Content { get; init; }

    /// <summary>As <see cref="Entry.Type"/>.</summary>
    public int Type { get; init; }

    /// <summary>The bytes to store, owned by the engine from now on.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    public EntryFlags Flags { get; init; }

    /// <summary>The changes for what the app tells its clients without showing it in the chat.</summary>
    public LogChannel Channel { get; init; }

    /// <summary>What the client calls the message, at most 64 bytes of UTF-8; a retry repeats it. Empty: never compared.</summary>
    public ReadOnlyMemory<byte> ClientKey { get; init; }

    /// <summary>The connection that sent it, when a connection did.</summary>
    public SessionId OriginSession { get; init; }

    /// <summary>Told how the send ended, before the message goes out; null when the caller waits itself.</summary>
    public SendReceipt? Receipt { get; init; }

    /// <summary>Who is called by name; null when nobody is.</summary>
    public Mentions? Mentions { get; init; }

    /// <summary>Who has to be whose friend for a direct message; the app decides it.</summary>
    public FriendCheck Friends { get; init; }

    public SendRights Rights { get; init; }

    /// <summary>What goes first when a room is told more than it takes.</summary>
    public MessagePriority Priority { get; init; }

    /// <summary>How much the room takes; the app decides it.</summary>
    public Rates.Rate Traffic { get; init; }

    public bool May(SendRights right) => (Rights & right) == right;
}

/// <summary>What is dropped last.</summary>
public enum MessagePriority : byte
{
    Normal = 0,
    Low,
    High,
}

/// <param name="Everybody">All members are called.</param>
public sealed record Mentions(IReadOnlyList<UserId> Users, bool Everybody);

/// <summary>The answer to a send.</summary>
/// <param name="SentAt">Unix milliseconds, server time.</param>
/// <param name="Sequence">0 when the message was not stored.</param>
/// <param name="IsRepeat">A retry: the values are those of the first send and nothing was stored again.</param>
public readonly record struct SentMessage(MessageId Id, long Sequence, long SentAt, bool IsRepeat)
{
    /// <summary>The room was told too much: nobody got the message, and nothing was stored.</summary>
    public bool IsShed { get; init; }
}
