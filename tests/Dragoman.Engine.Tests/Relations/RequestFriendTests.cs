using Dragoman.Engine.Accounts;
using Dragoman.Engine.Events;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Relations;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Relations;

public sealed class RequestFriendTests : RelationTest
{
    [Fact]
    public async Task A_request_waits_and_both_are_told_with_the_facts()
    {
        Assert.Equal(WishOutcome.Requested, Value(await AskAsync(Alice, Bob, "let me in")));

        var request = await RequestAsync(Alice, Bob);
        Assert.Equal(("let me in", "extra", FriendRequestState.Pending, 0, ""), (request!.Message, request.Extra, request.State, request.HandledAt, request.Handler));
        var entry = Told[^1];
        var notice = Assert.IsType<FriendRequested>(entry.Notice);
        Assert.Equal((request, "nick alice", "nick bob"), (notice.Request, notice.From.Nickname, notice.To.Nickname));
        var pair = Assert.IsType<Audience.Pair>(entry.Audience);
        Assert.Equal((Alice, Bob, 0L), (pair.Sender, pair.Receiver, entry.Sequence));
        Assert.Equal(EntryFlags.OnlineOnly | EntryFlags.NoUnread, entry.Flags);
        Assert.Empty(await FriendsOfAsync(Bob));
    }

    [Fact]
    public async Task Asking_again_makes_the_request_new()
    {
        Value(await AskAsync(Alice, Bob, "first"));
        Value(await AnswerAsync(Bob, Alice, FriendAnswer.Refuse, "no"));
        Engine.Clock.Advance(TimeSpan.FromHours(1));
        Value(await AskAsync(Alice, Bob, "second"));

        var request = await RequestAsync(Alice, Bob);
        Assert.Equal(("second", FriendRequestState.Pending, "", 0L), (request!.Message, request.State, request.Answer, request.HandledAt));
        Assert.Equal(Engine.Clock.GetUtcNow().ToUnixTimeMilliseconds(), request.RequestedAt);
    }

    [Fact]
    public async Task Nobody_asks_himself_or_somebody_unknown_or_for_others()
    {
        Assert.Equal(Condition.CannotBefriendSelf, ConditionOf(await AskAsync(Alice, Alice)));
        Assert.Equal(Condition.PeerNotFound, ConditionOf(await AskAsync(Alice, new("nobody"))));
        Assert.Equal(Condition.AccountNotFound, ConditionOf(await Engine.Get<RequestFriend>().RunAsync(Admin, new() { From = new("nobody"), To = Bob }, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<RequestFriend>().RunAsync(As("carol"), new() { From = Alice, To = Bob }, Ct)));
    }

    [Fact]
    public async Task Friends_are_not_asked_again_but_one_sided_ones_are()
    {
        await BefriendAsync(Alice, Bob);
        Assert.Equal(Condition.AlreadyFriends, ConditionOf(await AskAsync(Alice, Bob)));
        Assert.Equal(Condition.AlreadyFriends, ConditionOf(await AskAsync(Bob, Alice)));

        Value(await Engine.Get<RemoveFriend>().RunAsync(As("bob"), Bob, Alice, FriendSides.Own, Ct));
        Assert.Equal(WishOutcome.Requested, Value(await AskAsync(Alice, Bob)));
        Assert.Equal(WishOutcome.Requested, Value(await AskAsync(Bob, Alice)));
    }

    [Theory]
    [InlineData(AddMode.Anyone, Condition.None, WishOutcome.BecameFriends)]
    [InlineData(AddMode.Confirm, Condition.None, WishOutcome.Requested)]
    [InlineData(AddMode.Nobody, Condition.PeerRefusesRequests, default(WishOutcome))]
    public async Task Whoever_is_asked_as_he_likes_decides_how(AddMode mode, Condition condition, WishOutcome outcome)
    {
        Value(await Engine.Get<UpdateProfile>().RunAsync(As("bob"), Bob, new ProfileChange(Adding: mode), Ct));

        var result = await AskAsync(Alice, Bob, style: RequestStyle.AsHeLikes);

        Assert.Equal(condition, ConditionOf(result));
        if (condition == Condition.None) Assert.Equal(outcome, Value(result));
        string[] expected = outcome == WishOutcome.BecameFriends ? ["bob"] : [];
        Assert.Equal(expected, await FriendIdsAsync(Alice));
    }

    [Theory]
    [InlineData(AddMode.Anyone, Condition.None)]
    [InlineData(AddMode.Confirm, Condition.None)]
    [InlineData(AddMode.Nobody, Condition.PeerRefusesRequests)]
    public async Task Whoever_is_asked_in_any_case_can_only_close_the_door(AddMode mode, Condition condition)
    {
        Value(await Engine.Get<UpdateProfile>().RunAsync(As("bob"), Bob, new ProfileChange(Adding: mode), Ct));

        var result = await AskAsync(Carol, Bob);

        Assert.Equal(condition, ConditionOf(result));
        if (condition == Condition.None) Assert.Equal(WishOutcome.Requested, Value(result));
        Assert.Empty(await FriendIdsAsync(Carol));
    }

    [Fact]
    public async Task Becoming_friends_without_a_question_is_written_on_the_timeline_of_the_two()
    {
        Value(await Engine.Get<UpdateProfile>().RunAsync(As("bob"), Bob, new ProfileChange(Adding: AddMode.Anyone), Ct));
        Value(await AskAsync(Alice, Bob, style: RequestStyle.AsHeLikes));

        var entry = Assert.Single(Value(await Engine.PullAsync("alice", Direct("alice", "bob"))).Entries);
        Assert.Equal(new FriendAdded(Alice, Bob, FriendSource.Request) { At = entry.Notice!.At }, entry.Notice);
        Assert.Equal(WishOutcome.WereFriends, Value(await AskAsync(Alice, Bob, style: RequestStyle.AsHeLikes)));
    }

    [Fact]
    public async Task Blocks_stop_a_wish_that_yields_to_them_and_no_other()
    {
        Value(await BlockAsync(Bob, Alice));
        var yielding = new FriendWish { From = Alice, To = Bob, YieldsToBlocks = true };

        Assert.Equal(Condition.BlockedByPeer, ConditionOf(await Engine.Get<RequestFriend>().RunAsync(As("alice"), yielding, Ct)));
        Assert.Equal(
            Condition.PeerIsBlocked, ConditionOf(await Engine.Get<RequestFriend>().RunAsync(As("bob"), yielding with { From = Bob, To = Alice }, Ct)));
        Assert.Equal(WishOutcome.Requested, Value(await AskAsync(Alice, Bob)));
    }

    [Fact]
    public async Task Words_are_as_long_as_the_limit_and_no_longer()
    {
        (Limits.MaxMessageLength, Limits.MaxExtraLength) = (10, 5);

        Assert.Equal(WishOutcome.Requested, Value(await AskAsync(Alice, Bob, new string('x', 10))));
        Assert.Equal(Condition.RelationTextTooLong, ConditionOf(await AskAsync(Alice, Bob, new string('x', 11))));
        Limits.MaxExtraLength = 4;
        Assert.Equal(Condition.RelationTextTooLong, ConditionOf(await AskAsync(Alice, Bob)));
    }

    [Fact]
    public async Task So_many_requests_wait_for_one_user_and_one_more_does_not()
    {
        Limits.MaxPendingRequests = 2;
        var crowd = await CrowdAsync(3);
        Value(await AskAsync(crowd[0], Bob));
        Value(await AskAsync(crowd[1], Bob));

        Assert.Equal(Condition.FriendRequestLimitReached, ConditionOf(await AskAsync(crowd[2], Bob)));
        Assert.Equal(WishOutcome.Requested, Value(await AskAsync(crowd[1], Bob, "again")));
        Value(await AnswerAsync(Bob, crowd[0], FriendAnswer.Refuse));
        Assert.Equal(WishOutcome.Requested, Value(await AskAsync(crowd[2], Bob)));
    }

    [Fact]
    public async Task A_full_list_asks_nobody_and_is_asked_by_nobody()
    {
        Limits.MaxFriends = 1;
        await BefriendAsync(Alice, Bob);

        Assert.Equal(Condition.FriendLimitReached, ConditionOf(await AskAsync(Alice, Carol)));
        Assert.Equal(Condition.PeerFriendLimitReached, ConditionOf(await AskAsync(Carol, Alice)));
    }

    [Fact]
    public async Task A_request_survives_a_restart()
    {
        Value(await AskAsync(Alice, Bob));
        await RestartAsync();

        Assert.Equal(FriendRequestState.Pending, (await RequestAsync(Alice, Bob))!.State);
    }
}
