using System.Collections.Frozen;
using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Groups;

/// <summary>A group and its members at one moment. Immutable: whoever holds one may read it without a lock.</summary>
public sealed class Roster
{
    private readonly FrozenDictionary<UserId, Member> _byUser;

    /// <param name="version">Grows by 1 with every change of the group or its members; 1 when it was founded.</param>
    public Roster(Group group, IEnumerable<Member> members, long version = 1)
    {
        Group = group;
        Version = version;
        var ordered = members.ToArray();
        // Rank first, then who came earlier: the order in which every vendor lists members.
        Array.Sort(ordered, static (x, y) =>
            x.Role != y.Role ? y.Role.CompareTo(x.Role)
            : x.JoinedAt != y.JoinedAt ? x.JoinedAt.CompareTo(y.JoinedAt)
            : string.CompareOrdinal(x.User.Value, y.User.Value));
        Members = ordered;
        _byUser = ordered.ToFrozenDictionary(m => m.User);
    }

    private Roster(Group group, Roster members)
    {
        Group = group;
        Version = members.Version + 1;
        Members = members.Members;
        Refusing = members.Refusing;
        _byUser = members._byUser;
    }

    public Group Group { get; }

    public long Version { get; }

    /// <summary>Owner first, then managers, then members; inside a rank by time of joining.</summary>
    public Member[] Members { get; }

    public int Count => Members.Length;

    /// <summary>Who lets nothing that is said here come to his devices; null when nobody does.</summary>
    public FrozenSet<UserId>? Refusing { get; init; }

    /// <summary>How many members there may be.</summary>
    /// <param name="most">That any group may have.</param>
    public int Capacity(int most)
    {
        var own = Group.MemberLimit > 0 ? Group.MemberLimit : GroupTypes.Of(Group.Type).MemberLimit;
        return own > 0 ? Math.Min(own, most) : most;
    }

    public GroupFacts Facts => new(Group, Count, Version);

    public Member? Find(UserId user) => _byUser.GetValueOrDefault(user);

    public GroupRole RoleOf(UserId user) => Find(user)?.Role ?? GroupRole.None;

    /// <param name="steps">By how much the version grows: one for each change that is told on its own.</param>
    public Roster With(IReadOnlyCollection<Member> changed, int steps = 1)
    {
        var users = changed.Select(m => m.User).ToHashSet();
        return new(Group, Members.Where(m => !users.Contains(m.User)).Concat(changed), Version + steps) { Refusing = Refusing };
    }

    public Roster Without(IReadOnlyCollection<UserId> users)
    {
        var gone = users.ToHashSet();
        return new(Group, Members.Where(m => !gone.Contains(m.User)), Version + 1) { Refusing = Refusing };
    }

    /// <summary>Other facts of the group, the same members.</summary>
    public Roster With(Group group) => new(group, this);
}
