namespace Dragoman.Engine.Groups;

/// <summary>What somebody can want to do in a group.</summary>
public enum GroupAction : byte
{
    /// <summary>Speak while the group is muted.</summary>
    SpeakWhileMuted,
    MentionEverybody,
    Invite,
    AnswerApplications,

    /// <summary>Name, avatar, introduction, extra.</summary>
    EditProfile,

    /// <summary>Who comes in how, and what members see of each other.</summary>
    EditRules,
    Announce,
    SetRoles,

    /// <summary>A member's name, avatar and extra in this group.</summary>
    EditCards,
    RemoveMembers,
    MuteMembers,
    MuteGroup,

    /// <summary>Shut people out, and see who is.</summary>
    Ban,

    /// <summary>Choose who speaks while the group is muted.</summary>
    EditAllowList,

    /// <summary>Put files on the group's shelf.</summary>
    ShareFiles,

    /// <summary>Take files of others from it.</summary>
    UnshareFiles,
    Transfer,
    Dismiss,
    RecallOthers,

    /// <summary>Write others' messages anew.</summary>
    EditOthers,

    /// <summary>Take entries away from everybody.</summary>
    EraseForAll,

    /// <summary>Begin a topic.</summary>
    CreateTopics,

    /// <summary>What a topic says of itself; his own is the one that he began.</summary>
    EditTopics,

    /// <summary>Take members out of a topic.</summary>
    RemoveFromTopics,
    DismissTopics,
    Leave,
}

/// <summary>A cell of the matrix: how far a right goes.</summary>
public enum GroupRight : byte
{
    No,

    /// <summary>Against himself only.</summary>
    Own,

    /// <summary>Against lower ranks only.</summary>
    Lower,
    OwnAndLower,
    May,
}

/// <summary>What each rank may do.</summary>
/// <param name="Administrator">The app itself, whether or not it is a member.</param>
public readonly record struct RightsRow(GroupRight Member, GroupRight Manager, GroupRight Owner, GroupRight Administrator)
{
    /// <summary>What a member of this rank may; a stranger may nothing.</summary>
    public GroupRight Of(GroupRole role) => role switch
    {
        GroupRole.Owner => Owner,
        GroupRole.Manager => Manager,
        GroupRole.Member => Member,
        _ => GroupRight.No,
    };
}

/// <summary>The matrix of one type of group: rows are actions, columns ranks. An action without a row is nobody's.</summary>
public sealed class GroupRights
{
    private readonly RightsRow[] _rows = new RightsRow[Enum.GetValues<GroupAction>().Length];

    public RightsRow this[GroupAction action]
    {
        get => _rows[(int)action];
        init => _rows[(int)action] = value;
    }

    /// <summary>Whether the caller may do it, to this target when it is done to somebody.</summary>
    /// <returns>
    /// Null when he may; else NotGroupMember, NotGroupManager or NotGroupOwner (the lowest rank that may), GroupTypeForbids
    /// (no rank may), TargetOutranks (the target's rank is not lower).
    /// </returns>
    public static Refusal? WhyNot(Caller caller, Roster roster, GroupAction action, UserId target = default)
    {
        var row = roster.Group.Rights[action];
        var role = roster.RoleOf(caller.User);
        if (!caller.IsAdministrator && role == GroupRole.None) return new(Condition.NotGroupMember, caller.User.Value);

        var isOwn = target == caller.User;
        var right = caller.IsAdministrator ? row.Administrator : row.Of(role);
        return right switch
        {
            GroupRight.May => null,
            GroupRight.Own or GroupRight.OwnAndLower when isOwn => null,
            GroupRight.Lower or GroupRight.OwnAndLower => roster.RoleOf(target) < role ? null : new(Condition.TargetOutranks, target.Value),
            _ => new(WhoMay(row), caller.User.Value),
        };
    }

    /// <summary>Which rank the caller would have to have.</summary>
    private static Condition WhoMay(RightsRow row) =>
        row.Manager > GroupRight.Own ? Condition.NotGroupManager
        : row.Owner > GroupRight.Own ? Condition.NotGroupOwner
        : Condition.GroupTypeForbids;
}
