using Dragoman.Engine.Conversations;

namespace Dragoman.Engine.Deliveries;

/// <summary>One installation of a client, to which a dialect delivers whatever it has not acknowledged yet.</summary>
/// <param name="Name">As the client calls itself, stable over its logins; at most <see cref="MaxNameChars"/> characters.</param>
public readonly record struct ClientDevice(AppId App, UserId User, DialectId Dialect, string Name)
{
    public const int MaxNameChars = 256;
}

/// <summary>A place in both logs of a conversation: everything up to it was delivered.</summary>
public readonly record struct LogPlace(long Timeline, long Changes)
{
    public LogPlace Later(LogPlace other) => new(Math.Max(Timeline, other.Timeline), Math.Max(Changes, other.Changes));

    public bool IsBefore(ConversationEnds ends) => Timeline < ends.Timeline || Changes < ends.Changes;
}

/// <param name="Place">Up to where a device has a conversation.</param>
/// <param name="Ends">How far the conversation has grown; beyond the place.</param>
public readonly record struct Undelivered(ConversationKey Conversation, LogPlace Place, ConversationEnds Ends)
{
    /// <summary>How many entries of both logs lie between; some of them may be nothing for this user.</summary>
    public long Count => Math.Max(0, Ends.Timeline - Place.Timeline) + Math.Max(0, Ends.Changes - Place.Changes);
}
