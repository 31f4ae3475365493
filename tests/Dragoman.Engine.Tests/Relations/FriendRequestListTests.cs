using Dragoman.Engine.Relations;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Relations;

public sealed class FriendRequestListTests : RelationTest
{
    private ReadFriendRequests Read => Engine.Get<ReadFriendRequests>();

    [Fact]
    public async Task Requests_are_listed_on_either_side_newest_first_and_by_state()
    {
        var crowd = await CrowdAsync(4);
        foreach (var user in crowd)
        {
            Value(await AskAsync(user, Alice));
            Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Value(await AnswerAsync(Alice, crowd[1]));
        Value(await AnswerAsync(Alice, crowd[2], FriendAnswer.Refuse));

        Assert.Equal(["u3", "u2", "u1", "u0"], await ReceivedAsync(FriendRequestStates.All));
        Assert.Equal(["u3", "u0"], await ReceivedAsync(FriendRequestStates.Pending));
        Assert.Equal(["u2", "u1"], await ReceivedAsync(FriendRequestStates.Accepted | FriendRequestStates.Refused));
        Assert.Empty(await ReceivedAsync(FriendRequestStates.None));
        var sent = Value(await Read.PageAsync(As("u1"), crowd[1], FriendRequestSide.Sent, FriendRequestStates.All, 0, 10, Ct));
        Assert.Equal((Alice, 1), (Assert.Single(sent.Items).To, sent.Total));
        var second = Value(await Read.PageAsync(As("alice"), Alice, FriendRequestSide.Received, FriendRequestStates.All, skip: 1, take: 2, Ct));
        Assert.Equal(["u2", "u1"], second.Items.Select(r => r.From.Value));
        Assert.Equal(4, second.Total);
    }

    [Fact]
    public async Task What_waits_is_counted_from_a_moment_on()
    {
        Value(await AskAsync(Alice, Bob));
        Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        var between = Engine.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Value(await AskAsync(Carol, Bob));

        Assert.Equal(2, Value(await Read.CountPendingAsync(As("bob"), Bob, 0, Ct)));
        Assert.Equal(1, Value(await Read.CountPendingAsync(As("bob"), Bob, between, Ct)));
        Assert.Equal(0, Value(await Read.CountPendingAsync(As("bob"), Bob, between + 1, Ct)));
    }

    [Fact]
    public async Task Both_directions_are_found_by_either_of_the_two()
    {
        Value(await AskAsync(Alice, Bob, "one"));
        Assert.Equal(["one"], Value(await Read.BetweenAsync(As("bob"), Alice, Bob, Ct)).Select(r => r.Message));

        Value(await AskAsync(Bob, Alice, "other"));
        Assert.Equal(["one", "other"], Value(await Read.BetweenAsync(As("alice"), Alice, Bob, Ct)).Select(r => r.Message));
        Assert.Empty(Value(await Read.BetweenAsync(As("alice"), Alice, Alice, Ct)));
    }

    [Fact]
    public async Task Nobody_reads_the_requests_of_others()
    {
        Assert.Equal(
            Condition.NotPermitted,
            ConditionOf(await Read.PageAsync(As("bob"), Alice, FriendRequestSide.Received, FriendRequestStates.All, 0, 1, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Read.CountPendingAsync(As("bob"), Alice, 0, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Read.BetweenAsync(As("carol"), Alice, Bob, Ct)));
    }

    private async Task<string[]> ReceivedAsync(FriendRequestStates states)
    {
        var page = Value(await Read.PageAsync(As("alice"), Alice, FriendRequestSide.Received, states, 0, 10, Ct));
        Assert.Equal(page.Items.Count, page.Total);
        return [.. page.Items.Select(r => r.From.Value)];
    }
}
