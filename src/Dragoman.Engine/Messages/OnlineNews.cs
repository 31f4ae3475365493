using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Messages;

/// <summary>Notices for whoever is connected now; who is not finds the same facts in the state that he reads at login.</summary>
public sealed class OnlineNews(IEventBus bus, MessageIds ids, TimeProvider clock)
{
    /// <summary>Tells a user's own devices.</summary>
    public void TellDevices(Caller caller, UserId user, Notice notice) =>
        Tell(caller, ConversationKey.Inbox(caller.App, user), user, new Audience.Users([user]), notice);

    /// <param name="isUrgent">Somebody is waiting for an answer: it may wake a phone.</param>
    public void Tell(Caller caller, ConversationKey conversation, UserId sender, Audience audience, Notice notice, bool isUrgent = false)
    {
        var flags = EntryFlags.OnlineOnly | EntryFlags.NoUnread | (isUrgent ? EntryFlags.None : EntryFlags.NoPush);
        var entry = NoticeEntry.Make(caller.Operation, conversation, LogChannel.Changes, sender, audience, notice, flags, isStored: false, caller.Session);
        entry.Place(sequence: 0, ids.Next(), clock.GetUtcNow().ToUnixTimeMilliseconds());
        bus.Publish(new EntryPublished(entry));
    }
}

/// <summary>Wraps notices in entries.</summary>
internal static class NoticeEntry
{
    /// <summary>What concerns one user and no conversation, for his devices that acknowledge what they are told: he finds it when he comes back.</summary>
    /// <remarks>
    /// Dialects without such devices show what <see cref="OnlineNews"/> says instead, which knows the version of a list after the change.
    /// </remarks>
    public static Entry ForInbox(Caller caller, UserId receiver, UserId actor, Notice notice) => Make(
        caller.Operation,
        ConversationKey.Inbox(caller.App, receiver),
        LogChannel.Changes,
        actor,
        new Audience.Users([receiver]),
        notice,
        EntryFlags.NoUnread | EntryFlags.NoPush,
        origin: caller.Session);

    /// <inheritdoc cref="ForInbox(Caller, UserId, UserId, Notice)"/>
    public static Entry ForInbox(Caller caller, UserId receiver, Notice notice) => ForInbox(caller, receiver, caller.User, notice);

    public static Entry Make(
        string operation,
        ConversationKey conversation,
        LogChannel channel,
        UserId sender,
        Audience audience,
        Notice notice,
        EntryFlags flags,
        bool isStored = true,
        SessionId origin = default,
        Entry? about = null) => new()
        {
            About = about,
            Conversation = conversation,
            Channel = channel,
            Sender = sender,
            Content = ContentKind.Notice,
            Flags = flags,
            Body = isStored ? NoticeJson.Write(notice) : default,
            Notice = notice,
            Audience = audience,
            OriginSession = origin,
            Operation = operation,
        };
}
