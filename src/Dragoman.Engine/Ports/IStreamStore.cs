namespace Dragoman.Engine.Ports;

/// <summary>Lists that a client keeps a copy of and brings up to date by what changed. The numbers are stored.</summary>
public enum StreamKind : byte
{
    /// <summary>The groups of a user; elements are group ids.</summary>
    JoinedGroups = 1,

    /// <summary>The members of a group; elements are user ids, or one of <see cref="StreamElements"/>.</summary>
    GroupMembers = 2,

    /// <summary>The conversations of a user; elements are their keys.</summary>
    Conversations = 3,

    /// <summary>The friends of a user; elements are user ids, or <see cref="StreamElements.Order"/>.</summary>
    Friends = 4,

    /// <summary>The users whom a user has blocked; elements are user ids.</summary>
    Blocks = 5,
}

/// <summary>The numbers are stored.</summary>
public enum StreamState : byte
{
    Inserted = 1,
    Updated = 2,
    Deleted = 3,
}

/// <summary>Elements that are no member of the list; ids hold no control characters.</summary>
public static class StreamElements
{
    /// <summary>The list's own facts changed: the group's, in the stream of its members.</summary>
    public const string Whole = "";

    /// <summary>The order of the list changed, not only what is in it.</summary>
    public const string Order = "\u0001order";
}

/// <param name="Owner">The user, or the group.</param>
public readonly record struct StreamKey(AppId App, StreamKind Kind, string Owner);

/// <param name="Element">As <see cref="StreamKind"/> says.</param>
public readonly record struct StreamChange(string Element, StreamState State);

/// <param name="Version">Grows by 1 with every write that touches the list; 0 when nothing ever did.</param>
/// <param name="Changes">The newest state of each element that changed since; null when there are more than were asked for.</param>
public sealed record StreamDelta(long Version, IReadOnlyList<StreamChange>? Changes);

/// <summary>Reads of the change streams.</summary>
public interface IStreamStore
{
    /// <param name="limit">With more changes than this the list is better read whole.</param>
    ValueTask<StreamDelta> ReadAsync(StreamKey stream, long since, int limit, CancellationToken ct);

    /// <summary>Random and constant for the life of this storage: copies of another one's lists are worth nothing.</summary>
    string StorageId { get; }
}
