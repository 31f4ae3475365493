using Dragoman.Engine.Conversations;
using Dragoman.Engine.Hooks;

namespace Dragoman.Engine.Groups;

/// <summary>Asks the app's own server about people who are about to become members, before the group's gate is taken.</summary>
public sealed class Newcomers(HookDesk hooks, Openings openings, RosterDirectory rosters, EngineLimits limits)
{
    /// <summary>For what has to look at a group before it asks; null when there is none that lives.</summary>
    internal async ValueTask<Group?> PeekAsync(AppId app, GroupId group, CancellationToken ct) =>
        await rosters.FindAsync(app, group, ct) is { Group: { IsDismissed: false } living } ? living : null;

    /// <summary>Whether anybody has something to say about newcomers, or about the group's coming onto their lists.</summary>
    internal bool AreAsked(AppId app) => hooks.Asks<AddingMembers>(app) || openings.Concern(app, ConversationKind.Group);

    /// <summary>Asks about ordinary members.</summary>
    /// <returns>How they will look; or a hook's refusal, RoleNotAssignable, GroupNameTooLong, GroupTextTooLong.</returns>
    internal ValueTask<Result<MemberCards>> AskAsync(Caller caller, Group? group, IReadOnlyList<UserId> users, CancellationToken ct) =>
        group is null || users.Count == 0
            ? new(MemberCards.Plain)
            : AskAsync(caller, group, [.. users.Select(user => new Member { User = user, Role = GroupRole.Member })], ct);

    /// <inheritdoc cref="AskAsync(Caller, Group?, IReadOnlyList{UserId}, CancellationToken)"/>
    internal async ValueTask<Result<MemberCards>> AskAsync(Caller caller, Group group, IReadOnlyList<Member> members, CancellationToken ct)
    {
        if (!AreAsked(caller.App)) return MemberCards.Plain;

        var proposal = new AddingMembers(caller, group, members);
        if (await hooks.AskAsync(proposal, ct) is { } forbidden) return forbidden;
        foreach (var member in proposal.Newcomers)
        {
            if (member.Role is not (GroupRole.Member or GroupRole.Manager) && member.User != group.Owner)
                return new Refusal(Condition.RoleNotAssignable, member.User.Value);
            if (GroupTexts.WhyNot(limits, member) is { } tooLong) return tooLong;
        }

        var conversation = ConversationKey.Group(caller.App, group.Id);
        var opened = await openings.OfAllAsync(caller, conversation, [.. proposal.Newcomers.Select(member => member.User)], ct);
        return opened.TryGet(out var opening, out var refusal) ? new MemberCards(proposal.Newcomers, opening) : refusal;
    }
}

/// <summary>How newcomers look, as far as the app's own server has something to say about it.</summary>
internal sealed class MemberCards(IReadOnlyList<Member> members, Opening opening)
{
    public static readonly MemberCards Plain = new([], Opening.None);

    private readonly Dictionary<UserId, Member> _byUser = members.DistinctBy(m => m.User).ToDictionary(m => m.User);

    /// <summary>How the group comes onto their lists.</summary>
    public Opening Opening { get; } = opening;

    /// <summary>With what is to be done and told when the group comes onto their lists.</summary>
    public GroupStep Open(GroupStep step) => Opening.IsEmpty
        ? step
        : (step with { Changes = [.. step.Changes, .. Opening.Changes] }).Noting(Opening.Notices);

    public Member Dress(Member newcomer) => _byUser.TryGetValue(newcomer.User, out var card)
        ? newcomer with
        {
            Nickname = card.Nickname,
            Avatar = card.Avatar,
            Extra = card.Extra,
            Role = newcomer.Role == GroupRole.Owner ? GroupRole.Owner : card.Role,
            MutedUntil = card.MutedUntil,
        }
        : newcomer;
}
