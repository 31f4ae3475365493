namespace Dragoman.Engine.Conversations;

/// <summary>What a log belongs to. The numbers are stored.</summary>
public enum ConversationKind : byte
{
    Direct = 1,
    Group = 2,

    /// <summary>What one user is told and nobody else sees.</summary>
    Inbox = 3,

    /// <summary>One-way announcements of the app to a user, kept apart from what the two say to each other.</summary>
    Announcement = 4,

    /// <summary>Whoever is in a room at the moment; nobody has it on a list.</summary>
    Room = 5,

    /// <summary>A part of a group's talk: a channel of its own, or what is said under one of its messages.</summary>
    Topic = 6,
}

/// <summary>Names a conversation. Equal keys are the same conversation, whichever dialect made them.</summary>
/// <param name="A">Direct and Announcement: the ordinally smaller user; Group and Room: the group, the room; Topic: its group; Inbox: the user.</param>
/// <param name="B">Direct and Announcement: the other user; Topic: the topic; otherwise empty.</param>
public readonly record struct ConversationKey(AppId App, ConversationKind Kind, string A, string B)
{
    public static ConversationKey Direct(AppId app, UserId one, UserId other) => Pair(app, ConversationKind.Direct, one, other);

    public static ConversationKey Announcement(AppId app, UserId one, UserId other) =>
        Pair(app, ConversationKind.Announcement, one, other);

    public static ConversationKey Group(AppId app, GroupId group) => new(app, ConversationKind.Group, group.Value, "");

    public static ConversationKey Room(AppId app, RoomId room) => new(app, ConversationKind.Room, room.Value, "");

    public static ConversationKey Topic(AppId app, GroupId parent, TopicId topic) => new(app, ConversationKind.Topic, parent.Value, topic.Value);

    public static ConversationKey Inbox(AppId app, UserId user) => new(app, ConversationKind.Inbox, user.Value, "");

    private static ConversationKey Pair(AppId app, ConversationKind kind, UserId one, UserId other) =>
        string.CompareOrdinal(one.Value, other.Value) <= 0
            ? new(app, kind, one.Value, other.Value)
            : new(app, kind, other.Value, one.Value);

    /// <summary>The key inside its app as one text, as streams of changes name it.</summary>
    public string Element => $"{(int)Kind}\n{A}\n{B}";

    /// <summary>The key that <see cref="Element"/> names.</summary>
    public static ConversationKey OfElement(AppId app, string element)
    {
        var parts = element.Split('\n');
        return new(app, (ConversationKind)int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1], parts[2]);
    }

    /// <summary>The group; that of a topic is the one whose talk it is a part of.</summary>
    public GroupId GroupId => Kind is ConversationKind.Group or ConversationKind.Topic ? new(A) : default;

    public TopicId TopicId => Kind == ConversationKind.Topic ? new(B) : default;

    public RoomId RoomId => Kind == ConversationKind.Room ? new(A) : default;

    /// <summary>The other one of two; the user itself when somebody talks to himself.</summary>
    public UserId PeerOf(UserId user) => new(string.Equals(A, user.Value, StringComparison.Ordinal) ? B : A);

    /// <summary>The two of a direct conversation, who have it on their lists as soon as it exists; nobody for any other.</summary>
    public IReadOnlyList<UserId> Talkers => Kind == ConversationKind.Direct ? [new(A), new(B)] : [];

    /// <summary>Whether a pair or an inbox names this user. Groups and topics are asked through their rosters, rooms whether he is in.</summary>
    public bool Names(UserId user) => Kind switch
    {
        ConversationKind.Direct or ConversationKind.Announcement => IsA(user) || string.Equals(B, user.Value, StringComparison.Ordinal),
        ConversationKind.Inbox => IsA(user),
        ConversationKind.Group or ConversationKind.Room or ConversationKind.Topic => false,
        _ => false,
    };

    private bool IsA(UserId user) => string.Equals(A, user.Value, StringComparison.Ordinal);
}

/// <summary>Every conversation has two logs with their own dense sequence numbers.</summary>
/// <remarks>
/// What people read is the timeline. What happened to it since (recalled, read, deleted) goes to the changes, so that a
/// device that was away can catch up on both without either log having holes for a dialect that shows only one of them.
/// </remarks>
public enum LogChannel : byte
{
    Timeline = 0,
    Changes = 1,
}
