using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Relations;

public sealed class AnswerFriendRequestTests : RelationTest
{
    [Fact]
    public async Task A_yes_makes_friends_on_both_sides()
    {
        Value(await AskAsync(Alice, Bob));
        Engine.Clock.Advance(TimeSpan.FromMinutes(5));
        var accepted = Value(await AnswerAsync(Bob, Alice, words: "welcome"));

        var now = Engine.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal((FriendRequestState.Accepted, "bob", "welcome", now), (accepted.State, accepted.Handler, accepted.Answer, accepted.HandledAt));
        var (mine, theirs) = (Assert.Single(await FriendsOfAsync(Alice)), Assert.Single(await FriendsOfAsync(Bob)));
        Assert.Equal((Bob, FriendSource.Request, "alice", now), (mine.Friend, mine.Source, mine.Operator, mine.AddedAt));
        Assert.Equal((Alice, FriendSource.Request, "alice", now), (theirs.Friend, theirs.Source, theirs.Operator, theirs.AddedAt));
        Assert.Equal((true, true), Value(await Engine.Get<ReadFriends>().CheckAsync(As("alice"), Alice, Bob, Ct)));
    }

    [Fact]
    public async Task A_yes_begins_the_talk_of_the_two_and_whoever_said_it_has_read_it()
    {
        await BefriendAsync(Alice, Bob);

        foreach (var reader in (string[])["alice", "bob"])
        {
            var entry = Assert.Single(Value(await Engine.PullAsync(reader, Direct("alice", "bob"))).Entries);
            var notice = Assert.IsType<FriendRequestAccepted>(entry.Notice);
            Assert.Equal((Bob, 1L, "nick alice", "nick bob"), (entry.Sender, entry.Sequence, notice.From.Nickname, notice.To.Nickname));
            Assert.Equal(FriendRequestState.Accepted, notice.Request.State);
        }

        var conversations = Engine.Get<UserConversations>();
        Assert.Equal(1, (await conversations.FindAsync(Bob, Direct("alice", "bob"), Ct))!.ReadSequence);
        Assert.Equal(0, (await conversations.FindAsync(Alice, Direct("alice", "bob"), Ct))!.ReadSequence);
    }

    [Fact]
    public async Task A_yes_changes_both_lists_in_the_same_write()
    {
        await BefriendAsync(Alice, Bob);

        foreach (var (owner, friend) in ((UserId, UserId)[])[(Alice, Bob), (Bob, Alice)])
        {
            var delta = await DeltaAsync(StreamKind.Friends, owner);
            Assert.Equal(1, delta.Version);
            Assert.Equal([new StreamChange(friend.Value, StreamState.Inserted)], delta.Changes!);
        }
    }

    [Fact]
    public async Task A_yes_answers_what_was_asked_the_other_way_round()
    {
        Value(await AskAsync(Alice, Bob));
        Value(await AskAsync(Bob, Alice));
        Value(await AnswerAsync(Bob, Alice));

        Assert.Equal(FriendRequestState.Accepted, (await RequestAsync(Bob, Alice))!.State);
        Assert.Equal(Condition.FriendRequestHandled, ConditionOf(await AnswerAsync(Alice, Bob)));
    }

    [Fact]
    public async Task Who_is_on_the_list_already_stays_there_as_he_is()
    {
        await BefriendAsync(Alice, Bob);
        Value(await Engine.Get<RemarkFriend>().RunAsync(As("alice"), Alice, Bob, "bobby", Ct));
        Value(await Engine.Get<RemoveFriend>().RunAsync(As("bob"), Bob, Alice, FriendSides.Own, Ct));
        var before = await DeltaAsync(StreamKind.Friends, Alice);
        await BefriendAsync(Bob, Alice);

        Assert.Equal("bobby", Assert.Single(await FriendsOfAsync(Alice)).Remark);
        Assert.Equal(before.Version, (await DeltaAsync(StreamKind.Friends, Alice)).Version);
    }

    [Fact]
    public async Task A_one_way_yes_puts_only_the_one_who_was_asked_on_a_list()
    {
        Value(await AskAsync(Alice, Bob));
        Value(await AnswerAsync(Bob, Alice, FriendAnswer.AcceptOneWay));

        Assert.Equal(["bob"], await FriendIdsAsync(Alice));
        Assert.Empty(await FriendIdsAsync(Bob));
        Assert.Equal((true, false), Value(await Engine.Get<ReadFriends>().CheckAsync(As("alice"), Alice, Bob, Ct)));
    }

    [Fact]
    public async Task A_no_is_told_and_changes_no_list()
    {
        Value(await AskAsync(Alice, Bob));
        var refused = Value(await AnswerAsync(Bob, Alice, FriendAnswer.Refuse, "sorry"));

        Assert.Equal((FriendRequestState.Refused, "sorry"), (refused.State, refused.Answer));
        var entry = Told[^1];
        Assert.Equal(("sorry", Bob), (Assert.IsType<FriendRequestRefused>(entry.Notice).Request.Answer, entry.Sender));
        Assert.Equal(EntryFlags.None, entry.Flags & EntryFlags.NoPush);
        Assert.Empty(await FriendIdsAsync(Alice));
        Assert.Equal(0, (await DeltaAsync(StreamKind.Friends, Alice)).Version);
    }

    [Theory]
    [InlineData(FriendAnswer.Accept)]
    [InlineData(FriendAnswer.Refuse)]
    public async Task A_request_is_answered_once(FriendAnswer answer)
    {
        Value(await AskAsync(Alice, Bob));
        Value(await AnswerAsync(Bob, Alice, answer));

        Assert.Equal(Condition.FriendRequestHandled, ConditionOf(await AnswerAsync(Bob, Alice)));
        Assert.Equal(Condition.FriendRequestHandled, ConditionOf(await AnswerAsync(Bob, Alice, FriendAnswer.Refuse)));
    }

    [Fact]
    public async Task Only_whoever_was_asked_answers_and_only_what_was_asked()
    {
        Value(await AskAsync(Alice, Bob));
        var answer = Engine.Get<AnswerFriendRequest>();

        Assert.Equal(Condition.NotPermitted, ConditionOf(await answer.RunAsync(As("alice"), Alice, Bob, FriendAnswer.Accept, "", Ct)));
        Assert.Equal(Condition.FriendRequestNotFound, ConditionOf(await AnswerAsync(Alice, Bob)));
        Assert.Equal(Condition.FriendRequestNotFound, ConditionOf(await AnswerAsync(Carol, Alice)));
        Assert.Equal("admin", Value(await answer.RunAsync(Admin, Alice, Bob, FriendAnswer.Accept, "", Ct)).Handler);
    }

    [Fact]
    public async Task Words_are_as_long_as_the_limit_and_no_longer()
    {
        Limits.MaxMessageLength = 5;
        Value(await AskAsync(Alice, Bob));

        Assert.Equal(Condition.RelationTextTooLong, ConditionOf(await AnswerAsync(Bob, Alice, words: "123456")));
        Assert.Equal(Condition.None, ConditionOf(await AnswerAsync(Bob, Alice, words: "12345")));
    }

    [Fact]
    public async Task A_list_that_has_filled_up_meanwhile_takes_nobody_more()
    {
        Limits.MaxFriends = 1;
        Value(await AskAsync(Alice, Bob));
        Value(await AskAsync(Carol, Bob));
        Value(await AnswerAsync(Bob, Alice));

        Assert.Equal(Condition.FriendLimitReached, ConditionOf(await AnswerAsync(Bob, Carol)));
        Assert.Equal(FriendRequestState.Pending, (await RequestAsync(Carol, Bob))!.State);
        Assert.Equal(Condition.PeerFriendLimitReached, ConditionOf(await AskAndAnswerWithRoomForOneAsync()));

        async Task<Result<FriendRequest>> AskAndAnswerWithRoomForOneAsync()
        {
            var crowd = await CrowdAsync(1);
            Limits.MaxFriends = 2;
            Value(await AskAsync(Alice, crowd[0]));
            Limits.MaxFriends = 1;
            return await AnswerAsync(crowd[0], Alice);
        }
    }

    [Fact]
    public async Task A_request_that_nobody_answered_in_time_is_gone()
    {
        Limits.RequestDays = 7;
        Value(await AskAsync(Alice, Bob));
        Engine.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(1, Value(await Engine.Get<ReadFriendRequests>().CountPendingAsync(As("bob"), Bob, 0, Ct)));
        Engine.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(Condition.FriendRequestNotFound, ConditionOf(await AnswerAsync(Bob, Alice)));
        Assert.Equal(0, Value(await Engine.Get<ReadFriendRequests>().CountPendingAsync(As("bob"), Bob, 0, Ct)));
        Value(await AskAsync(Alice, Bob));
        Assert.Equal(Condition.None, ConditionOf(await AnswerAsync(Bob, Alice)));
    }

    [Fact]
    public async Task Yes_and_no_at_once_leave_one_answer()
    {
        Value(await AskAsync(Alice, Bob));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            AnswerAsync(Bob, Alice, i % 2 == 0 ? FriendAnswer.Accept : FriendAnswer.Refuse)));

        Assert.Single(answers, a => ConditionOf(a) == Condition.None);
        Assert.All(answers.Where(a => ConditionOf(a) != Condition.None), a => Assert.Equal(Condition.FriendRequestHandled, ConditionOf(a)));
    }
}
