using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Sessions;

namespace Dragoman.Engine.Events;

/// <summary>News for whoever is connected. Facts only: what a client is shown is the dialect's business.</summary>
public abstract class EngineEvent
{
    public abstract AppId App { get; }

    /// <summary>Events with the same key are handled in the order in which they were published.</summary>
    public abstract int OrderingKey { get; }

    /// <summary>So many may hear of it that nobody else's news should wait behind it.</summary>
    public virtual bool IsForCrowd => false;
}

/// <summary>An entry reached its log, or (sequence 0) was said to those who are online.</summary>
public sealed class EntryPublished(Entry entry) : EngineEvent
{
    public Entry Entry { get; } = entry;
    public override AppId App => Entry.Conversation.App;
    public override int OrderingKey { get; } = entry.Conversation.GetHashCode();
    public override bool IsForCrowd => Entry.Conversation.Kind == Conversations.ConversationKind.Room;
}

/// <summary>A user came online on a slot, or left it with the last connection there.</summary>
public sealed class PresenceChanged(AppId app, UserId user, DeviceSlot slot, bool isOnline) : EngineEvent
{
    public UserId User { get; } = user;
    public DeviceSlot Slot { get; } = slot;
    public bool IsOnline { get; } = isOnline;
    public override AppId App { get; } = app;
    public override int OrderingKey { get; } = HashCode.Combine(app, user);
}

/// <summary>Connections that lost their right to be there: each is told why and closed.</summary>
public sealed class SessionsKicked(AppId app, UserId user, IReadOnlyList<SessionId> sessions, SessionEnd end) : EngineEvent
{
    public UserId User { get; } = user;
    public IReadOnlyList<SessionId> Sessions { get; } = sessions;
    public SessionEnd End { get; } = end;
    public override AppId App { get; } = app;
    public override int OrderingKey { get; } = HashCode.Combine(app, user);
}

/// <summary>Who is entitled to an entry.</summary>
public abstract class Audience
{
    /// <summary>Two users who talk to each other (or one, with himself).</summary>
    public sealed class Pair(UserId sender, UserId receiver) : Audience
    {
        public UserId Sender { get; } = sender;
        public UserId Receiver { get; } = receiver;
    }

    /// <summary>The members of a group as they were when the entry was made, and those whom the entry itself removed.</summary>
    public sealed class Members(Roster roster, IReadOnlyList<UserId>? alsoTell = null) : Audience
    {
        public Roster Roster { get; } = roster;
        public IReadOnlyList<UserId>? AlsoTell { get; } = alsoTell;
    }

    /// <summary>Who was in a room when the entry was made.</summary>
    /// <param name="occupants">In parts, in no order; never changed.</param>
    public sealed class Room(UserId[][] occupants) : Audience
    {
        public UserId[][] Occupants { get; } = occupants;
    }

    /// <summary>Named users.</summary>
    public sealed class Users(IReadOnlyList<UserId> users) : Audience
    {
        public IReadOnlyList<UserId> List { get; } = users;
    }
}
