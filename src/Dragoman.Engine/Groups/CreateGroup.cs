using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Groups;

/// <summary>Founds a group with its first members.</summary>
public sealed class CreateGroup(
    LogWriter journal,
    AccountDirectory accounts,
    RosterDirectory rosters,
    UserConversations conversations,
    Admission admission,
    Applications applications,
    IGroupStore groups,
    Newcomers newcomers,
    HookDesk hooks,
    WordDesk words,
    GroupScribe scribe,
    OnlineNews news,
    EngineLimits limits,
    TimeProvider clock)
{
    private const int MaxIdLength = 128;

    /// <param name="group">With its id; state and times are set here, and the caller created it unless it says who did. Who comes in how is the type's, where that fixes it.</param>
    /// <param name="others">Everybody but the owner, with the role that each starts with. Where invitees must agree, they are invited.</param>
    /// <returns>
    /// The group and its members; or NotPermitted, GroupIdInvalid, GroupNameTooLong, GroupTextTooLong, WordRejected, MemberLimitAbovePlan, GroupFull,
    /// RoleNotAssignable (a second owner), GroupMembersRepeated, GroupMemberUnknown (with the user), UserGroupLimitReached
    /// (with the user), AppGroupLimitReached, GroupExists (with the id).
    /// </returns>
    public async ValueTask<Result<Roster>> RunAsync(
        Caller caller, Group group, IReadOnlyList<(UserId User, GroupRole Role)> others, NoticeReach reach, CancellationToken ct)
    {
        if (!caller.MayActFor(group.Owner)) return new Refusal(Condition.NotPermitted, group.Owner.Value);
        if (hooks.Asks<CreatingGroup>(caller.App))
        {
            var proposal = new CreatingGroup(caller, group, others);
            if (await hooks.AskAsync(proposal, ct) is { } forbidden) return forbidden;
            group = proposal.Group;
        }

        if (!IsValid(group.Id)) return new Refusal(Condition.GroupIdInvalid, group.Id.Value);
        if (GroupTexts.WhyNot(limits, group) is { } tooLong) return tooLong;
        if (words.Screen(caller.App, ref group) is { } rejected) return rejected;
        if (GroupSizes.WhyNot(caller, limits, group.MemberLimit, others.Count + 1) is { } noSize) return noSize;
        if (others.Count + 1 > new Roster(group, []).Capacity(limits.MaxGroupMembers)) return Condition.GroupFull;
        if (others.Any(o => o.Role is not (GroupRole.Member or GroupRole.Manager))) return Condition.RoleNotAssignable;

        UserId[] everybody = [group.Owner, .. others.Select(o => o.User)];
        if (everybody.Distinct().Count() != everybody.Length) return Condition.GroupMembersRepeated;
        foreach (var user in everybody)
        {
            if (await accounts.FindAsync(caller.App, user, ct) is null) return new Refusal(Condition.GroupMemberUnknown, user.Value);
        }

        if (await admission.WhoIsCrowdedAsync(caller, everybody, ct) is { } crowded) return crowded;
        if (caller.GroupQuota is { PerApp: > 0 and var most } && await groups.CountLivingAsync(caller.App, ct) >= most) return Condition.AppGroupLimitReached;
        if (await rosters.FindAsync(caller.App, group.Id, ct) is not null) return new Refusal(Condition.GroupExists, group.Id.Value);

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        // Who has to agree himself is invited, not put into it.
        var invited = !caller.IsAdministrator && group.InviteeConsents ? others : [];
        var (founded, members) = (Founded(caller, group, now), Members(caller, group, [.. others.Except(invited)], now));
        var asked = await newcomers.AskAsync(caller, founded, members, ct);
        if (!asked.TryGet(out var cards, out var unwanted)) return unwanted;

        var roster = new Roster(founded, members.Select(cards.Dress));
        var offered = InviteMembers.FiledBy(caller, group.Id, invited.Select(o => o.User), reason: "", ApplicationKind.InviteeAsked, now);
        return await CommitAsync(caller, roster, offered, cards.Opening, reach, ct);
    }

    private static Group Founded(Caller caller, Group group, long now)
    {
        var isAnnounced = group.Announcement.Length > 0;
        var entry = GroupTypes.Of(group.Type).FixedEntry ?? (group.Apply, group.Invite);
        return group with
        {
            App = caller.App,
            CreatedAt = now,
            State = GroupState.Normal,
            Creator = group.Creator.IsEmpty ? caller.User : group.Creator,
            Apply = entry.Apply,
            Invite = entry.Invite,
            AnnouncedAt = isAnnounced ? now : 0,
            AnnouncedBy = isAnnounced ? caller.User.Value : "",
        };
    }

    private static Member[] Members(
        Caller caller, Group group, IReadOnlyList<(UserId User, GroupRole Role)> others, long now) =>
        [.. others.Prepend((User: group.Owner, Role: GroupRole.Owner)).Select(o => new Member
        {
            User = o.User,
            Role = o.Role,
            JoinedAt = now,
            Source = JoinSource.Invitation,
            Inviter = caller.User.Value,
            Operator = caller.User.Value,
        })];

    private async ValueTask<Result<Roster>> CommitAsync(
        Caller caller, Roster roster, GroupApplication[] offered, Opening opening, NoticeReach reach, CancellationToken ct)
    {
        var (app, group) = (caller.App, roster.Group);
        var person = await scribe.PersonAsync(roster, caller.User, ct);
        var founded = new GroupCreated(await scribe.PeopleAsync(app, roster.Members, ct), await scribe.PersonAsync(roster, group.Owner, ct))
        {
            At = group.CreatedAt,
            Group = roster.Facts,
            Operator = person,
        };
        var entries = reach == NoticeReach.Timeline ? new List<Entry> { GroupScribe.Write(caller, roster, caller.User, LogChannel.Timeline, founded) } : [];
        if (group.Announcement.Length > 0)
        {
            var announced = new GroupAnnounced { At = group.CreatedAt, Group = roster.Facts, Operator = person };
            entries.Add(GroupScribe.Write(caller, roster, caller.User, LogChannel.Timeline, announced));
        }

        foreach (var note in await applications.OffersAsync(caller, roster, offered, ct)) entries.Add(NoticeEntry.ForInbox(caller, note.Receiver, note.Notice));

        StoreChange[] changes =
        [
            new Ports.CreateGroup(app, group),
            new AddMembers(app, group.Id, roster.Members, roster.Version, HidesHistory: false),
            .. offered.Select(application => new PutApplication(app, application)),
            .. opening.Changes,
        ];
        var unit = new WriteUnit(changes, [.. entries])
        {
            Happened = Happened.Of(caller, reach == NoticeReach.Timeline ? opening.Notices : [founded, .. opening.Notices]),
            WhenWritten = () => Remember(roster),
        };
        var refusal = await journal.CommitAsync(unit);
        if (refusal is not null) return refusal with { Subject = group.Id.Value };

        if (reach == NoticeReach.Online)
            news.Tell(caller, ConversationKey.Group(app, group.Id), caller.User, new Events.Audience.Members(roster), founded);
        return roster;
    }

    private void Remember(Roster roster)
    {
        var (app, group) = (roster.Group.App, roster.Group.Id);
        rosters.Created(app, group);
        foreach (var member in roster.Members) conversations.Forget(member.User, ConversationKey.Group(app, group));
    }

    private static bool IsValid(GroupId id)
    {
        if (id.IsEmpty || id.Value.Length > MaxIdLength) return false;
        foreach (var c in id.Value)
        {
            if (char.IsControl(c) || char.IsSurrogate(c)) return false;
        }

        return true;
    }
}
