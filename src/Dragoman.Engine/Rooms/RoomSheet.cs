using System.Collections.Immutable;

namespace Dragoman.Engine.Rooms;

/// <summary>Why somebody has a place on a room's sheet, whether he is in or not. The numbers are stored.</summary>
public enum RoomStanding : byte
{
    Manager = 1,
    Muted = 2,
    Banned = 3,

    /// <summary>Speaks while the room is muted, and stays in while he is offline.</summary>
    Allowed = 4,

    /// <summary>Not a user but a tag: whoever wears it is muted.</summary>
    MutedTag = 5,
}

/// <param name="Value">What it says.</param>
/// <param name="Writer">Who wrote it last.</param>
/// <param name="DropsWithWriter">It goes when he does.</param>
public sealed record RoomAttribute(string Key, string Value, UserId Writer, bool DropsWithWriter);

/// <summary>All of a room that is kept: its facts, who has which standing in it, its attributes. Immutable: whoever holds one may read it without a lock.</summary>
public sealed record RoomSheet(Room Room)
{
    private static readonly ImmutableDictionary<string, long> Nobody = ImmutableDictionary.Create<string, long>(StringComparer.Ordinal);

    private readonly ImmutableArray<ImmutableDictionary<string, long>> _standings = [.. Enumerable.Repeat(Nobody, (int)RoomStanding.MutedTag + 1)];

    public ImmutableDictionary<string, RoomAttribute> Attributes { get; init; } = ImmutableDictionary.Create<string, RoomAttribute>(StringComparer.Ordinal);

    public RoomType Type => RoomTypes.Of(Room.Type);

    /// <summary>Whoever has a standing, and until when: Unix milliseconds, <see cref="long.MaxValue"/> for ever.</summary>
    public ImmutableDictionary<string, long> With(RoomStanding standing) => _standings[(int)standing];

    public bool Has(RoomStanding standing, UserId user) => With(standing).ContainsKey(user.Value);

    /// <summary>Until when; 0 when he has it not.</summary>
    public long Until(RoomStanding standing, string subject) => With(standing).GetValueOrDefault(subject);

    /// <summary>Somebody's rank by what is kept; whether he is in the room is not asked.</summary>
    public RoomRole RoleOf(UserId user) =>
        user == Room.Owner ? RoomRole.Owner : Has(RoomStanding.Manager, user) ? RoomRole.Manager : RoomRole.Occupant;

    public RoomSheet Adding(RoomStanding standing, IEnumerable<string> subjects, long until) =>
        Replacing(standing, With(standing).SetItems(subjects.Select(subject => KeyValuePair.Create(subject, until))));

    public RoomSheet Removing(RoomStanding standing, IEnumerable<string> subjects) => Replacing(standing, With(standing).RemoveRange(subjects));

    private RoomSheet Replacing(RoomStanding standing, ImmutableDictionary<string, long> holders) => new(this, _standings.SetItem((int)standing, holders));

    private RoomSheet(RoomSheet other, ImmutableArray<ImmutableDictionary<string, long>> standings)
        : this(other)
    {
        _standings = standings;
    }
}
