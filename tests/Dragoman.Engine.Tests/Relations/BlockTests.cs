using Dragoman.Engine.Events;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Relations;

public sealed class BlockTests : RelationTest
{
    [Fact]
    public async Task A_block_is_listed_and_both_are_addressed()
    {
        Value(await BlockAsync(Alice, Bob));

        var page = Value(await Engine.Get<ReadBlocks>().PageAsync(As("alice"), Alice, 0, 10, Ct));
        var block = Assert.Single(page.Items);
        Assert.Equal((Alice, Bob, "why", "alice", 1), (block.Owner, block.Blocked, block.Extra, block.Operator, page.Total));
        var entry = Told[^1];
        Assert.Equal(new UserBlocked(Alice, Bob) { At = block.BlockedAt }, entry.Notice);
        Assert.Equal(Bob, Assert.IsType<Audience.Pair>(entry.Audience).Receiver);
        Assert.Equal([new StreamChange("bob", StreamState.Inserted)], (await DeltaAsync(StreamKind.Blocks, Alice)).Changes!);
    }

    [Fact]
    public async Task A_blocked_one_is_let_in_again()
    {
        Value(await BlockAsync(Alice, Bob));
        Value(await Engine.Get<UnblockUser>().RunAsync(As("alice"), Alice, Bob, Ct));

        Assert.Equal(0, Value(await Engine.Get<ReadBlocks>().PageAsync(As("alice"), Alice, 0, 10, Ct)).Total);
        Assert.IsType<UserUnblocked>(Told[^1].Notice);
        Assert.Equal([new StreamChange("bob", StreamState.Deleted)], (await DeltaAsync(StreamKind.Blocks, Alice, since: 1)).Changes!);
        Assert.Equal(Condition.None, ConditionOf(await Engine.SayAsync("bob", "alice", "thanks")));
        Assert.Equal(Condition.NotBlocked, ConditionOf(await Engine.Get<UnblockUser>().RunAsync(As("alice"), Alice, Bob, Ct)));
    }

    [Fact]
    public async Task Nobody_blocks_twice_himself_somebody_unknown_or_for_others()
    {
        Value(await BlockAsync(Alice, Bob));

        Assert.Equal(Condition.AlreadyBlocked, ConditionOf(await BlockAsync(Alice, Bob)));
        Assert.Equal(Condition.CannotBlockSelf, ConditionOf(await BlockAsync(Alice, Alice)));
        Assert.Equal(Condition.PeerNotFound, ConditionOf(await BlockAsync(Alice, new("nobody"))));
        Assert.Equal(Condition.AccountNotFound, ConditionOf(await Engine.Get<BlockUser>().RunAsync(Admin, new("nobody"), Bob, "", false, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<BlockUser>().RunAsync(As("carol"), Alice, Bob, "", false, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<UnblockUser>().RunAsync(As("carol"), Alice, Bob, Ct)));
        Assert.Equal(Condition.RelationTextTooLong, ConditionOf(await Engine.Get<BlockUser>().RunAsync(Admin, Alice, Carol, new string('x', 4097), false, Ct)));
    }

    [Fact]
    public async Task So_many_are_blocked_and_one_more_is_not()
    {
        Limits.MaxBlocks = 2;
        var crowd = await CrowdAsync(3);
        Value(await BlockAsync(Alice, crowd[0]));
        Value(await BlockAsync(Alice, crowd[1]));

        Assert.Equal(Condition.BlockLimitReached, ConditionOf(await BlockAsync(Alice, crowd[2])));
    }

    [Fact]
    public async Task Friends_stay_friends_unless_the_block_ends_it()
    {
        await BefriendAsync(Alice, Bob);
        Value(await BlockAsync(Alice, Bob));
        Assert.Equal(["bob"], await FriendIdsAsync(Alice));

        Value(await Engine.Get<UnblockUser>().RunAsync(As("alice"), Alice, Bob, Ct));
        Value(await BlockAsync(Alice, Bob, endsFriendship: true));
        Assert.Empty(await FriendIdsAsync(Alice));
        Assert.Empty(await FriendIdsAsync(Bob));
        Assert.Equal([new StreamChange("alice", StreamState.Deleted)], (await DeltaAsync(StreamKind.Friends, Bob, since: 1)).Changes!);
    }

    [Fact]
    public async Task Blocks_are_read_by_their_owner_and_the_app()
    {
        var read = Engine.Get<ReadBlocks>();
        Value(await BlockAsync(Alice, Carol));
        Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        Value(await BlockAsync(Alice, Bob));

        Assert.Equal(["carol", "bob"], Value(await read.PageAsync(Admin, Alice, 0, 10, Ct)).Items.Select(b => b.Blocked.Value));
        Assert.Equal(["bob"], Value(await read.PageAsync(As("alice"), Alice, 1, 1, Ct)).Items.Select(b => b.Blocked.Value));
        Assert.Equal([Bob], Value(await read.FindAsync(As("alice"), Alice, [Alice, Bob], Ct)).Select(b => b.Blocked));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await read.PageAsync(As("bob"), Alice, 0, 10, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await read.FindAsync(As("bob"), Alice, [Bob], Ct)));
    }
}
