using System.Collections.Frozen;
using static Dragoman.Engine.Groups.GroupRight;

namespace Dragoman.Engine.Groups;

/// <summary>A kind of group: fixed when a group is founded, the same for whoever asks.</summary>
public sealed record GroupType
{
    public required GroupTypeId Id { get; init; }
    public required GroupRights Rights { get; init; }

    /// <summary>How people come in, when groups of this type cannot choose.</summary>
    public (ApplyRule Apply, InviteRule Invite)? FixedEntry { get; init; }

    /// <summary>Members at most where the group does not say; 0 is the engine's own bound.</summary>
    public int MemberLimit { get; init; }

    /// <summary>Managers at most, the owner not counted; 0 is without limit.</summary>
    public int ManagerLimit { get; init; }
}

#pragma warning disable format // The matrices are read as tables.

/// <summary>The types of groups that there are.</summary>
public static class GroupTypes
{
    /// <summary>People who work together: managers help the owner, members bring others in when the group lets them.</summary>
    public static readonly GroupType Team = new()
    {
        Id = new("team"),
        Rights = new()
        {
            //                                     member  manager      owner  administrator of the app
            [GroupAction.SpeakWhileMuted]    = new(No,     May,         May,   May),
            [GroupAction.MentionEverybody]   = new(May,    May,         May,   May),
            [GroupAction.Invite]             = new(May,    May,         May,   May),
            [GroupAction.AnswerApplications] = new(No,     May,         May,   May),
            [GroupAction.EditProfile]        = new(No,     May,         May,   May),
            [GroupAction.EditRules]          = new(No,     May,         May,   May),
            [GroupAction.Announce]           = new(No,     May,         May,   May),
            [GroupAction.SetRoles]           = new(Own,    OwnAndLower, May,   May),
            [GroupAction.EditCards]          = new(Own,    OwnAndLower, May,   May),
            [GroupAction.RemoveMembers]      = new(No,     Lower,       Lower, May),
            [GroupAction.MuteMembers]        = new(No,     Lower,       Lower, May),
            [GroupAction.MuteGroup]          = new(No,     May,         May,   May),
            [GroupAction.ShareFiles]         = new(May,    May,         May,   May),
            [GroupAction.UnshareFiles]       = new(No,     May,         May,   May),
            [GroupAction.Transfer]           = new(No,     No,          May,   May),
            [GroupAction.Dismiss]            = new(No,     No,          May,   May),
            [GroupAction.RecallOthers]       = new(No,     Lower,       May,   May),
            [GroupAction.EditOthers]         = new(No,     Lower,       May,   May),
            [GroupAction.EraseForAll]        = new(No,     May,         May,   May),
            [GroupAction.CreateTopics]       = new(May,    May,         May,   May),
            [GroupAction.EditTopics]         = new(Own,    May,         May,   May),
            [GroupAction.RemoveFromTopics]   = new(No,     May,         May,   May),
            [GroupAction.DismissTopics]      = new(No,     May,         May,   May),
            [GroupAction.Leave]              = new(May,    May,         No,    May),
        },
    };

    /// <summary>A gathering that everybody walks into and nobody is invited to; only the app removes what was said.</summary>
    public static readonly GroupType Assembly = new()
    {
        Id = new("assembly"),
        FixedEntry = (ApplyRule.Open, InviteRule.Closed),
        Rights = new()
        {
            //                                     member  manager      owner  administrator of the app
            [GroupAction.SpeakWhileMuted]    = new(No,     May,         May,   May),
            [GroupAction.MentionEverybody]   = new(May,    May,         May,   May),
            [GroupAction.Invite]             = new(No,     No,          No,    May),
            [GroupAction.AnswerApplications] = new(No,     No,          No,    No),
            [GroupAction.EditProfile]        = new(No,     May,         May,   May),
            [GroupAction.EditRules]          = new(No,     No,          May,   May),
            [GroupAction.Announce]           = new(No,     May,         May,   May),
            [GroupAction.SetRoles]           = new(No,     No,          May,   May),
            [GroupAction.EditCards]          = new(Own,    OwnAndLower, May,   May),
            [GroupAction.RemoveMembers]      = new(No,     Lower,       Lower, May),
            [GroupAction.MuteMembers]        = new(No,     Lower,       Lower, May),
            [GroupAction.MuteGroup]          = new(No,     May,         May,   May),
            [GroupAction.Transfer]           = new(No,     No,          May,   May),
            [GroupAction.Dismiss]            = new(No,     No,          May,   May),
            [GroupAction.RecallOthers]       = new(No,     No,          No,    May),
            [GroupAction.EditOthers]         = new(No,     No,          No,    May),
            [GroupAction.EraseForAll]        = new(No,     No,          No,    May),
            [GroupAction.CreateTopics]       = new(May,    May,         May,   May),
            [GroupAction.EditTopics]         = new(Own,    May,         May,   May),
            [GroupAction.RemoveFromTopics]   = new(No,     May,         May,   May),
            [GroupAction.DismissTopics]      = new(No,     May,         May,   May),
            [GroupAction.Leave]              = new(May,    May,         No,    May),
        },
    };

    /// <summary>A group whose four switches say who finds it, who comes in by himself, who invites, and who has to agree.</summary>
    public static readonly GroupType Custom = new()
    {
        Id = new("custom"),
        MemberLimit = 200,
        ManagerLimit = 99,
        Rights = new()
        {
            //                                     member  manager      owner  administrator of the app
            [GroupAction.SpeakWhileMuted]    = new(No,     May,         May,   May),
            [GroupAction.MentionEverybody]   = new(May,    May,         May,   May),
            [GroupAction.Invite]             = new(May,    May,         May,   May),
            [GroupAction.AnswerApplications] = new(No,     May,         May,   May),
            [GroupAction.EditProfile]        = new(No,     May,         May,   May),
            [GroupAction.EditRules]          = new(No,     May,         May,   May),
            [GroupAction.Announce]           = new(No,     May,         May,   May),
            [GroupAction.SetRoles]           = new(No,     No,          May,   May),
            [GroupAction.EditCards]          = new(Own,    Own,         May,   May),
            [GroupAction.RemoveMembers]      = new(No,     Lower,       Lower, May),
            [GroupAction.MuteMembers]        = new(No,     Lower,       Lower, May),
            [GroupAction.MuteGroup]          = new(No,     May,         May,   May),
            [GroupAction.Ban]                = new(No,     Lower,       Lower, May),
            [GroupAction.EditAllowList]      = new(No,     May,         May,   May),
            [GroupAction.ShareFiles]         = new(May,    May,         May,   May),
            [GroupAction.UnshareFiles]       = new(No,     May,         May,   May),
            [GroupAction.Transfer]           = new(No,     No,          May,   May),
            [GroupAction.Dismiss]            = new(No,     No,          May,   May),
            [GroupAction.RecallOthers]       = new(No,     No,          No,    May),
            [GroupAction.EditOthers]         = new(No,     Lower,       May,   May),
            [GroupAction.EraseForAll]        = new(No,     No,          No,    May),
            [GroupAction.CreateTopics]       = new(May,    May,         May,   May),
            [GroupAction.EditTopics]         = new(Own,    May,         May,   May),
            [GroupAction.RemoveFromTopics]   = new(No,     May,         May,   May),
            [GroupAction.DismissTopics]      = new(No,     May,         May,   May),
            [GroupAction.Leave]              = new(May,    May,         No,    May),
        },
    };

    /// <summary>A type that this server does not know (any more): people may stay or leave, and nothing else.</summary>
    private static readonly GroupType Unknown = new()
    {
        Id = default,
        Rights = new()
        {
            [GroupAction.Dismiss] = new(No, No, May, May),
            [GroupAction.Leave]   = new(May, May, No, May),
        },
    };

    public static IReadOnlyList<GroupType> BuiltIn { get; } = [Team, Assembly, Custom];

    private static readonly FrozenDictionary<string, GroupType> ById = BuiltIn.ToFrozenDictionary(t => t.Id.Value, StringComparer.Ordinal);

    public static GroupType Of(GroupTypeId id) => id.Value is null ? Team : ById.GetValueOrDefault(id.Value, Unknown);
}
