using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Relations;
using Dragoman.Engine.Tests.Relations;
using Xunit;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Accounts;

public sealed class DeleteAccountTests : RelationTest
{
    [Fact]
    public async Task Groups_are_passed_on_where_a_vendor_does_so()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        var own = await Engine.GivenGroupAsync("carol");
        Value(await DeleteAsync(Alice, OwnedGroups.PassOn));
        Value(await DeleteAsync(Carol, OwnedGroups.PassOn));

        var left = (await Engine.Get<RosterDirectory>().FindAsync(App, group, Ct))!;
        Assert.Equal((Bob, false), (left.Group.Owner, left.Group.IsDismissed));
        Assert.Equal([Bob], left.Members.Select(m => m.User));
        Assert.True((await Engine.Get<RosterDirectory>().FindAsync(App, own, Ct))!.Group.IsDismissed);
    }

    [Fact]
    public async Task Whoever_gets_the_id_next_sees_nothing_of_before_also_after_a_restart()
    {
        await BefriendAsync(Alice, Bob);
        Value(await BlockAsync(Carol, Alice));
        Value(await Engine.SayAsync("bob", "alice", "before"));
        Value(await DeleteAsync(Alice, OwnedGroups.Dismiss));
        Assert.Equal(Condition.AccountNotFound, ConditionOf(await DeleteAsync(Alice, OwnedGroups.Dismiss)));
        await Engine.GivenUsersAsync("alice");
        Value(await Engine.SayAsync("bob", "alice", "after"));

        for (var restarts = 0; restarts < 2; restarts++)
        {
            Assert.Empty(await FriendIdsAsync(Bob));
            Assert.Equal(Relation.None, await Engine.Get<RelationDirectory>().FindAsync(App, Carol, Alice, Ct));
            var seen = Value(await Engine.PullAsync("alice", Direct("alice", "bob")));
            Assert.Equal("after", TextOf(Assert.Single(seen.Entries)));
            Assert.True((await Engine.Get<AccountDirectory>().FindAsync(App, Alice, Ct))!.InvalidBefore > 0);
            await RestartAsync();
        }
    }

    [Fact]
    public async Task Only_the_app_deletes() =>
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<DeleteAccount>().RunAsync(As("alice"), Alice, OwnedGroups.Dismiss, Ct)));

    [Fact]
    public async Task A_notice_about_friends_waits_in_the_inbox()
    {
        Value(await AskAsync(Alice, Bob));
        var waiting = Value(await Engine.PullAsync("bob", ConversationKey.Inbox(App, Bob), LogChannel.Changes));

        Assert.IsType<Notices.FriendRequested>(Assert.Single(waiting.Entries).Notice);
        Assert.Empty(Value(await Engine.PullAsync("alice", ConversationKey.Inbox(App, Alice), LogChannel.Changes)).Entries);
    }

    private async Task<Result<Account>> DeleteAsync(UserId user, OwnedGroups owned) => await Engine.Get<DeleteAccount>().RunAsync(Admin, user, owned, Ct);
}
