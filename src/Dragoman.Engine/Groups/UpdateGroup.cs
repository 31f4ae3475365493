using Dragoman.Engine.Conversations;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Groups;

/// <summary>What is to change of a group; null leaves it as it is.</summary>
public sealed record GroupChange
{
    public string? Name { get; init; }
    public string? Avatar { get; init; }
    public string? Introduction { get; init; }

    /// <summary>Also when it is the same text: it is announced again.</summary>
    public string? Announcement { get; init; }

    public string? Extra { get; init; }
    public ApplyRule? Apply { get; init; }
    public InviteRule? Invite { get; init; }
    public bool? InviteeConsents { get; init; }
    public bool? IsListed { get; init; }

    /// <summary>0 is what its type allows.</summary>
    public int? MemberLimit { get; init; }
    public bool? MembersSeeMembers { get; init; }
    public bool? MembersMayBefriend { get; init; }
}

/// <summary>Changes what a group says of itself, and who comes in how.</summary>
/// <remarks>
/// A new name and an announcement are read in the chat, and an announcement marks everybody's conversation; the rest is
/// told to who is online. A change of nothing is done when it is asked for.
/// </remarks>
public sealed class UpdateGroup(
    GroupDesk desk, GroupScribe scribe, HookDesk hooks, WordDesk words, OnlineNews news, EngineLimits limits, TimeProvider clock)
{
    /// <returns>
    /// The group after it; or GroupNotFound, GroupDismissed, NotGroupMember, NotGroupManager, NotGroupOwner, GroupTypeForbids,
    /// GroupNameTooLong, GroupTextTooLong, WordRejected, MemberLimitAbovePlan, GroupFull (more members are there than there shall be).
    /// </returns>
    public async ValueTask<Result<Roster>> RunAsync(Caller caller, GroupId groupId, GroupChange change, CancellationToken ct)
    {
        if (hooks.Asks<UpdatingGroup>(caller.App))
        {
            var proposal = new UpdatingGroup(caller, groupId, change);
            if (await hooks.AskAsync(proposal, ct) is { } unwanted) return unwanted;
            change = proposal.Change;
        }

        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (WhyNot(caller, roster, change) is { } forbidden) return forbidden;
        if (words.Screen(caller.App, ref change) is { } rejected) return rejected;

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var changed = Apply(caller, roster.Group, change, now);
        if (GroupTexts.WhyNot(limits, changed) is { } tooLong) return tooLong;

        if (changed.MemberLimit != roster.Group.MemberLimit && GroupSizes.WhyNot(caller, limits, changed.MemberLimit, roster.Count) is { } noSize) return noSize;

        var fields = Differences(roster.Group, changed, change);
        if (fields == GroupFields.None) return roster;

        var step = await StepAsync(caller, roster, changed, fields, now, ct);
        step = step.Noting(new GroupEdited(change) { At = now, Group = step.After.Facts, Operator = await scribe.PersonAsync(roster, caller.User, ct) });
        var written = await desk.CommitAsync(caller, step);
        if (written.TryGet(out var after, out _) && (fields & GroupFields.Announcement) != 0) TellMarks(caller, after, now);
        return written;
    }

    private static Refusal? WhyNot(Caller caller, Roster roster, GroupChange change)
    {
        var changesProfile = change.Name is not null || change.Avatar is not null || change.Introduction is not null || change.Extra is not null;
        var changesEntry = change.Apply is not null || change.Invite is not null || change.InviteeConsents is not null;
        var changesRules = changesEntry || change.IsListed is not null || change.MemberLimit is not null || change.MembersSeeMembers is not null || change.MembersMayBefriend is not null;
        if (changesEntry && GroupTypes.Of(roster.Group.Type).FixedEntry is not null) return new(Condition.GroupTypeForbids);

        // Who asks for nothing is asked what he is, too: an answer tells that the group is there.
        if ((changesProfile || !(changesRules || change.Announcement is not null))
            && GroupRights.WhyNot(caller, roster, GroupAction.EditProfile) is { } profile) return profile;
        if (changesRules && GroupRights.WhyNot(caller, roster, GroupAction.EditRules) is { } rules) return rules;
        return change.Announcement is null ? null : GroupRights.WhyNot(caller, roster, GroupAction.Announce);
    }

    private static Group Apply(Caller caller, Group group, GroupChange change, long now) => group with
    {
        Name = change.Name ?? group.Name,
        Avatar = change.Avatar ?? group.Avatar,
        Introduction = change.Introduction ?? group.Introduction,
        Announcement = change.Announcement ?? group.Announcement,
        AnnouncedAt = change.Announcement is null ? group.AnnouncedAt : now,
        AnnouncedBy = change.Announcement is null ? group.AnnouncedBy : caller.User.Value,
        Extra = change.Extra ?? group.Extra,
        Apply = change.Apply ?? group.Apply,
        Invite = change.Invite ?? group.Invite,
        InviteeConsents = change.InviteeConsents ?? group.InviteeConsents,
        IsListed = change.IsListed ?? group.IsListed,
        MemberLimit = change.MemberLimit ?? group.MemberLimit,
        MembersSeeMembers = change.MembersSeeMembers ?? group.MembersSeeMembers,
        MembersMayBefriend = change.MembersMayBefriend ?? group.MembersMayBefriend,
    };

    private static GroupFields Differences(Group old, Group now, GroupChange change) =>
        (old.Name != now.Name ? GroupFields.Name : 0)
        | (old.Avatar != now.Avatar ? GroupFields.Avatar : 0)
        | (old.Introduction != now.Introduction ? GroupFields.Introduction : 0)
        | (change.Announcement is not null ? GroupFields.Announcement : 0)
        | (old.Extra != now.Extra ? GroupFields.Extra : 0)
        | (old.Apply != now.Apply || old.Invite != now.Invite || old.InviteeConsents != now.InviteeConsents || old.IsListed != now.IsListed ? GroupFields.Entry : 0)
        | (old.MemberLimit != now.MemberLimit ? GroupFields.Size : 0)
        | (old.MembersSeeMembers != now.MembersSeeMembers || old.MembersMayBefriend != now.MembersMayBefriend ? GroupFields.Openness : 0);

    private async ValueTask<GroupStep> StepAsync(Caller caller, Roster roster, Group changed, GroupFields fields, long now, CancellationToken ct)
    {
        var (after, person) = (roster.With(changed), await scribe.PersonAsync(roster, caller.User, ct));
        var put = new PutGroup(caller.App, changed, after.Version);
        var isAnnounced = (fields & GroupFields.Announcement) != 0;
        var step = isAnnounced
            ? new GroupStep(after, put, new MarkMembers(caller.App, changed.Id, MentionMark.Announcement)) { Touched = [.. after.Members.Select(m => m.User)] }
            : new GroupStep(after, put);

        if (isAnnounced) step = step.Telling(new GroupAnnounced { At = now, Group = after.Facts, Operator = person });
        if ((fields & GroupFields.Name) != 0)
            step = step.Telling(new GroupRenamed(roster.Group.Name) { At = now, Group = after.Facts, Operator = person });
        return (fields & ~(GroupFields.Name | GroupFields.Announcement)) == 0
            ? step
            : step.Telling(new GroupUpdated(fields) { At = now, Group = after.Facts, Operator = person }, NoticeReach.Online);
    }

    private void TellMarks(Caller caller, Roster after, long now)
    {
        ConversationKey[] marked = [ConversationKey.Group(caller.App, after.Group.Id)];
        foreach (var member in after.Members) news.TellDevices(caller, member.User, new UserConversationsChanged(member.User, marked) { At = now });
    }
}
