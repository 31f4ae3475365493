using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Presences;
using Dragoman.Engine.Relations;
using Dragoman.Engine.Sessions;

namespace Dragoman.Engine.Accounts;

/// <summary>What becomes of the groups of somebody who goes.</summary>
public enum OwnedGroups
{
    Dismiss,

    /// <summary>The highest member of each has it then; one that is left by everybody is dismissed.</summary>
    PassOn,
}

/// <summary>
/// Deletes an account: its memberships, relations, settings, devices and tokens go, and whoever is connected as it has to. What it said
/// stays for the others. Its id may be registered anew; whoever does that finds nothing of the old one, and tokens from before are void.
/// </summary>
/// <remarks>
/// Groups and friendships end first, each by itself and told as such, then the account in one unit. Should the server die amid that, the
/// account is still there, and deleting it again completes it.
/// </remarks>
public sealed class DeleteAccount(
    GrantBook grants,
    AccountDirectory accounts,
    IGroupStore groups,
    RosterDirectory rosters,
    DismissGroup dismiss,
    TransferGroup transfer,
    LeaveGroup leave,
    IFriendStore friends,
    RemoveFriend removeFriend,
    IBlockStore blocks,
    RelationDirectory relations,
    UserConversations conversations,
    IPresenceStore presences,
    PresenceBook presenceBook,
    PresenceSubscribers subscribers,
    TimeProvider clock)
{
    /// <returns>The account that was; or NotPermitted, AccountNotFound.</returns>
    public async ValueTask<Result<Account>> RunAsync(Caller caller, UserId user, OwnedGroups owned, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;
        if (await accounts.FindAsync(caller.App, user, ct) is not { } account) return new Refusal(Condition.AccountNotFound, user.Value);

        foreach (var group in await groups.ListOfAsync(caller.App, user, ct))
        {
            if (await LeaveAsync(caller, user, group, owned, ct) is { } stuck) return stuck;
        }

        if (await PartAsync(caller, user, ct) is { } tied) return tied;

        var known = await conversations.ListAsync(caller.App, user, ct);
        var blocked = await blocks.ListAsync(caller.App, user, skip: 0, int.MaxValue, ct);
        var blockers = await blocks.BlockersAsync(caller.App, user, ct);
        var subscriptions = await presences.ListAsync(caller.App, user, endingAfter: 0, skip: 0, int.MaxValue, ct);
        var erase = new EraseAccount(caller.App, user, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var ended = await grants.EndAllAsync(caller with { Session = default }, user, EndReason.AccountDeleted, erase, ct);
        if (!ended.TryGet(out _, out var refusal)) return refusal;

        accounts.Removed(caller.App, user);
        foreach (var (state, _) in known) conversations.Forget(user, state.Conversation);
        conversations.Forget(user, ConversationKey.Inbox(caller.App, user));
        foreach (var block in blocked) relations.Changed(caller.App, user, block.Blocked);
        foreach (var blocker in blockers) relations.Changed(caller.App, blocker, user);
        subscribers.Changed(caller.App, subscriptions.Select(s => s.User).Append(user));
        presenceBook.Changed(caller.App, user);
        return account;
    }

    /// <summary>Who is meanwhile none of the group's members, or ended it himself, has nothing to do there.</summary>
    private async ValueTask<Refusal?> LeaveAsync(Caller caller, UserId user, GroupId group, OwnedGroups owned, CancellationToken ct)
    {
        if (await rosters.FindAsync(caller.App, group, ct) is not { } roster || roster.Group.IsDismissed) return null;

        var left = Result.Of(roster);
        if (roster.RoleOf(user) == GroupRole.Owner)
        {
            var heir = owned == OwnedGroups.PassOn ? roster.Members.FirstOrDefault(member => member.User != user) : null;
            left = heir is null
                ? await dismiss.RunAsync(caller, group, NoticeReach.Timeline, ct)
                : await transfer.RunAsync(caller, group, user, heir.User, ct);
            if (heir is null || !left.TryGet(out _, out _)) return RefusalOf(left);
        }

        return RefusalOf(await leave.RunAsync(caller, user, group, ct));
    }

    private static Refusal? RefusalOf(Result<Roster> left) =>
        left.TryGet(out _, out var refusal) || refusal.Condition is Condition.NotGroupMember or Condition.GroupDismissed or Condition.GroupNotFound ? null : refusal;

    private async ValueTask<Refusal?> PartAsync(Caller caller, UserId user, CancellationToken ct)
    {
        var all = (await friends.ListIdsAsync(caller.App, user, ct)).ToHashSet();
        UserId after = default;
        while (true)
        {
            var owners = await friends.OwnersAsync(caller.App, user, after, take: 1_000, ct);
            if (owners.Count == 0) break;
            all.UnionWith(owners);
            after = owners[^1];
        }

        foreach (var friend in all)
        {
            var parted = await removeFriend.RunAsync(caller, user, friend, FriendSides.Both, ct);
            if (!parted.TryGet(out _, out var refusal) && refusal.Condition != Condition.NotFriends) return refusal;
        }

        return null;
    }
}
