namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>The keys of MsgData's map of booleans. A key that is absent counts as true.</summary>
[Flags]
internal enum MsgOptions
{
    None = 0,

    /// <summary>False: not stored, no sequence number, pushed only.</summary>
    History = 1 << 0,

    /// <summary>False: the client does not store it.</summary>
    Persistent = 1 << 1,

    /// <summary>False: no vendor push.</summary>
    OfflinePush = 1 << 2,

    UnreadCount = 1 << 3,
    ConversationUpdate = 1 << 4,

    /// <summary>False: not pushed to the sender's own devices.</summary>
    SenderSync = 1 << 5,

    /// <summary>False: burn after reading.</summary>
    NotPrivate = 1 << 6,

    SenderConversationUpdate = 1 << 7,
    SenderNotificationPush = 1 << 8,
    ReactionFromCache = 1 << 9,

    /// <summary>False: a notification; its conversation is the <c>n_</c> channel.</summary>
    IsNotNotification = 1 << 10,

    /// <summary>For notifications, false: no visible message besides.</summary>
    IsSendMsg = 1 << 11,

    All = (1 << MsgOptionKeys.Count) - 1,
}

/// <summary>The spelling of the options on the wire.</summary>
internal static class MsgOptionKeys
{
    public const int Count = 12;

    /// <summary>In the order of the bits of <see cref="MsgOptions"/>.</summary>
    private static readonly byte[][] Names =
    [
        "history"u8.ToArray(), "persistent"u8.ToArray(), "offlinePush"u8.ToArray(), "unreadCount"u8.ToArray(),
        "conversationUpdate"u8.ToArray(), "senderSync"u8.ToArray(), "notPrivate"u8.ToArray(), "senderConversationUpdate"u8.ToArray(),
        "senderNotificationPush"u8.ToArray(), "reactionFromCache"u8.ToArray(), "isNotNotification"u8.ToArray(), "isSendMsg"u8.ToArray(),
    ];

    /// <param name="bit">Below <see cref="Count"/>.</param>
    public static ReadOnlySpan<byte> Name(int bit) => Names[bit];

    /// <returns><see cref="MsgOptions.None"/> for a key that we do not know.</returns>
    public static MsgOptions Parse(ReadOnlySpan<byte> key) => key.Length switch
    {
        7 => Match(key, MsgOptions.History),
        9 => Match(key, MsgOptions.IsSendMsg),
        10 => key[0] == 'p' ? Match(key, MsgOptions.Persistent) : key[0] == 's' ? Match(key, MsgOptions.SenderSync) : Match(key, MsgOptions.NotPrivate),
        11 => key[0] == 'o' ? Match(key, MsgOptions.OfflinePush) : Match(key, MsgOptions.UnreadCount),
        17 => key[0] == 'r' ? Match(key, MsgOptions.ReactionFromCache) : Match(key, MsgOptions.IsNotNotification),
        18 => Match(key, MsgOptions.ConversationUpdate),
        22 => Match(key, MsgOptions.SenderNotificationPush),
        24 => Match(key, MsgOptions.SenderConversationUpdate),
        _ => MsgOptions.None,
    };

    private static MsgOptions Match(ReadOnlySpan<byte> key, MsgOptions option) =>
        key.SequenceEqual(Names[System.Numerics.BitOperations.TrailingZeroCount((int)option)]) ? option : MsgOptions.None;
}
