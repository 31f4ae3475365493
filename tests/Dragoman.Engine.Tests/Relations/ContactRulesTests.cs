using Dragoman.Engine.Accounts;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Relations;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Relations;

/// <summary>What relations do to direct messages.</summary>
public sealed class ContactRulesTests : RelationTest
{
    [Fact]
    public async Task A_blocked_one_is_refused_and_the_other_way_round_is_open()
    {
        Value(await Engine.SayAsync("bob", "alice", "before"));
        Value(await BlockAsync(Alice, Bob));

        Assert.Equal(Condition.BlockedByPeer, ConditionOf(await Engine.SayAsync("bob", "alice", "hello?")));
        Assert.Equal(Condition.None, ConditionOf(await Engine.SayAsync("alice", "bob", "hello")));
        Assert.Equal(Condition.None, ConditionOf(await Engine.SayAsync("carol", "alice", "hello")));
        await RestartAsync();
        Assert.Equal(Condition.BlockedByPeer, ConditionOf(await Engine.SayAsync("bob", "alice", "hello?")));
    }

    [Theory]
    [InlineData(FriendCheck.Off, false, false, Condition.None)]
    [InlineData(FriendCheck.ReceiverHasSender, false, false, Condition.StrangersRefused)]
    [InlineData(FriendCheck.ReceiverHasSender, true, false, Condition.PeerHasNotAddedSender)]
    [InlineData(FriendCheck.ReceiverHasSender, false, true, Condition.None)]
    [InlineData(FriendCheck.ReceiverHasSender, true, true, Condition.None)]
    [InlineData(FriendCheck.Mutual, false, false, Condition.StrangersRefused)]
    [InlineData(FriendCheck.Mutual, true, false, Condition.PeerHasNotAddedSender)]
    [InlineData(FriendCheck.Mutual, false, true, Condition.SenderHasNotAddedPeer)]
    [InlineData(FriendCheck.Mutual, true, true, Condition.None)]
    public async Task Who_has_to_have_whom_is_as_the_app_demands(FriendCheck check, bool aliceHasBob, bool bobHasAlice, Condition expected)
    {
        Assert.Equal(check == FriendCheck.Off ? Condition.None : Condition.StrangersRefused, ConditionOf(await SendAsync("alice", "bob", check)));
        if (aliceHasBob) await ImportAsync(Alice, FriendSides.Own, Bob);
        if (bobHasAlice) await ImportAsync(Bob, FriendSides.Own, Alice);

        Assert.Equal(expected, ConditionOf(await SendAsync("alice", "bob", check)));
    }

    [Fact]
    public async Task Ending_a_friendship_shows_at_the_next_message()
    {
        await BefriendAsync(Alice, Bob);
        Assert.Equal(Condition.None, ConditionOf(await SendAsync("alice", "bob", FriendCheck.ReceiverHasSender)));
        Value(await Engine.Get<RemoveFriend>().RunAsync(As("bob"), Bob, Alice, FriendSides.Own, Ct));

        Assert.Equal(Condition.PeerHasNotAddedSender, ConditionOf(await SendAsync("alice", "bob", FriendCheck.ReceiverHasSender)));
        Assert.Equal(Condition.None, ConditionOf(await SendAsync("bob", "alice", FriendCheck.ReceiverHasSender)));
    }

    [Fact]
    public async Task The_apps_own_accounts_write_to_everybody_and_everybody_to_himself()
    {
        var robot = new Account { App = App, Id = new("robot"), Role = AccountRole.Service };
        var manager = new Account { App = App, Id = new("manager"), Role = AccountRole.Administrator };
        Value(await Engine.Get<RegisterAccounts>().RunAsync(Admin, [robot, manager], Ct));
        Value(await BlockAsync(Alice, robot.Id));
        Value(await BlockAsync(Alice, manager.Id));

        Assert.Equal(Condition.None, ConditionOf(await SendAsync("robot", "alice", FriendCheck.Mutual)));
        Assert.Equal(Condition.None, ConditionOf(await SendAsync("manager", "alice", FriendCheck.Mutual)));
        Assert.Equal(Condition.None, ConditionOf(await SendAsync("alice", "alice", FriendCheck.Mutual)));
    }

    [Fact]
    public async Task An_administrator_who_speaks_for_a_user_speaks_under_the_users_rules_unless_he_may_skip_them()
    {
        Value(await BlockAsync(Alice, Bob));

        var sent = await Engine.Get<SendDirectMessage>().RunAsync(Admin, Bob, Alice, Draft(FriendCheck.Off), Ct);
        Assert.Equal(Condition.BlockedByPeer, ConditionOf(sent));
        var bypassing = await Engine.Get<SendDirectMessage>().RunAsync(Admin, Bob, Alice, Draft(FriendCheck.Mutual) with { Rights = SendRights.SkipContacts }, Ct);
        Assert.Equal(Condition.None, ConditionOf(bypassing));
    }

    [Fact]
    public async Task A_hit_allocates_nothing()
    {
        var (rules, sender) = (Engine.Get<ContactRules>(), (await Engine.Get<AccountDirectory>().FindAsync(App, Alice, Ct))!);
        await BefriendAsync(Alice, Bob);

        // The first rounds may pay for the compiler.
        Assert.Contains(0L, Enumerable.Range(0, 50).Select(_ => BytesOfManyChecks()));

        long BytesOfManyChecks()
        {
            var (before, answer) = (GC.GetAllocatedBytesForCurrentThread(), Condition.None);
            for (var i = 0; i < 1_000; i++) answer |= rules.CheckAsync(sender, Bob, FriendCheck.Mutual, CancellationToken.None).Result;
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(Condition.None, answer);
            return bytes;
        }
    }

    private async Task<Result<SentMessage>> SendAsync(string from, string to, FriendCheck check) =>
        await Engine.Get<SendDirectMessage>().RunAsync(As(from), new(from), new(to), Draft(check), Ct);

    private static MessageDraft Draft(FriendCheck check) => new()
    {
        Origin = new DialectId(9),
        Content = ContentKind.Text,
        Body = "hello"u8.ToArray(),
        Friends = check,
    };
}
