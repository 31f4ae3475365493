using System.Collections.Immutable;
using Dragoman.Engine;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

/// <summary>Friends, requests and blocks as the store keeps them, and what their changes say in the streams.</summary>
public abstract class RelationSuite(TestStorage storage) : StorageSuite(storage)
{
    private static readonly AppId Other = new(2);

    private IFriendStore Friends => Get<IFriendStore>();

    [Fact]
    public async Task Every_field_of_a_friend_comes_back_as_it_went_in()
    {
        var friend = new Friendship
        {
            Owner = Alice,
            Friend = new("'; -- 你好_%"),
            Remark = "remark",
            Extra = "extra",
            IsPinned = true,
            Source = FriendSource.Request,
            Operator = "operator",
            AddedAt = 1_780_000_000_000,
            Traits = ImmutableDictionary<string, string>.Empty.Add("key", "value"),
        };
        await WriteAsync(new AddFriendships(App, [friend]));

        var stored = Assert.Single(await Friends.FindAsync(App, Alice, [friend.Friend], Ct));
        Assert.Equal(friend.Traits, stored.Traits);
        Assert.Equal(friend, stored with { Traits = friend.Traits });
        Assert.Equal(Relation.HasFriend, await Get<IRelationStore>().FindAsync(App, Alice, friend.Friend, Ct));
        Assert.Equal(Relation.None, await Get<IRelationStore>().FindAsync(App, friend.Friend, Alice, Ct));
    }

    [Fact]
    public async Task A_list_has_one_order_in_whole_and_in_pages()
    {
        Friendship[] friends =
        [
            Friend(Alice, "late") with { AddedAt = 3 }, Friend(Alice, "b") with { AddedAt = 2 }, Friend(Alice, "a") with { AddedAt = 2 },
            Friend(Alice, "pinned late") with { AddedAt = 9, IsPinned = true }, Friend(Alice, "pinned") with { AddedAt = 1, IsPinned = true },
        ];
        await WriteAsync(new AddFriendships(App, friends));

        string[] order = ["pinned", "pinned late", "a", "b", "late"];
        Assert.Equal(order, (await Friends.ListIdsAsync(App, Alice, Ct)).Select(u => u.Value));
        for (var skip = 0; skip <= order.Length; skip++)
        {
            var page = await Friends.ListAsync(App, Alice, skip, 2, Ct);
            Assert.Equal(order.Skip(skip).Take(2), page.Select(f => f.Friend.Value));
        }

        Assert.Equal(5, await Friends.CountAsync(App, Alice, Ct));
    }

    [Fact]
    public async Task Whoever_is_there_already_stays_and_is_not_told_again()
    {
        await WriteAsync(new AddFriendships(App, [Friend(Alice, "bob") with { Remark = "first" }]));
        await WriteAsync(new AddFriendships(App, [Friend(Alice, "bob") with { Remark = "second" }]));

        Assert.Equal("first", Assert.Single(await Friends.ListAsync(App, Alice, 0, 9, Ct)).Remark);
        Assert.Equal(1, (await DeltaAsync(StreamKind.Friends, Alice)).Version);
    }

    [Fact]
    public async Task Who_is_not_there_is_neither_changed_nor_removed()
    {
        await WriteAsync(
            new UpdateFriendships(App, Alice, [Friend(Alice, "nobody")], IsReordered: false),
            new RemoveFriendship(App, Alice, new("nobody")),
            new RemoveBlock(App, Alice, new("nobody")));

        Assert.Equal(0, (await DeltaAsync(StreamKind.Friends, Alice)).Version);
        Assert.Equal(0, (await DeltaAsync(StreamKind.Blocks, Alice)).Version);
        Assert.Equal(0, await Friends.CountAsync(App, Alice, Ct));
    }

    [Fact]
    public async Task One_write_counts_each_list_on_by_one()
    {
        await WriteAsync(new AddFriendships(App, [Friend(Alice, "bob"), Friend(Alice, "carol"), Friend(Bob, "alice")]));

        var delta = await DeltaAsync(StreamKind.Friends, Alice);
        Assert.Equal(1, delta.Version);
        Assert.Equal(["bob", "carol"], delta.Changes!.Select(c => c.Element).Order(StringComparer.Ordinal));
        Assert.Equal(1, (await DeltaAsync(StreamKind.Friends, Bob)).Version);
    }

    [Fact]
    public async Task Owners_are_found_after_each_other_and_a_touch_reaches_exactly_its_range()
    {
        UserId[] owners = [.. Enumerable.Range(0, 5).Select(i => new UserId($"o{i}"))];
        var star = new UserId("star");
        await WriteAsync(new AddFriendships(App, [.. owners.Select(o => Friend(o, "star"))]));
        await WriteAsync(new AddFriendships(Other, [Friend(owners[1], "star")]));

        var first = await Friends.OwnersAsync(App, star, default, 2, Ct);
        var second = await Friends.OwnersAsync(App, star, first[^1], 2, Ct);
        Assert.Equal(owners[..4], first.Concat(second));
        await WriteAsync(new TouchFriend(App, star, first[^1], second[^1]));

        foreach (var owner in owners)
        {
            var delta = await DeltaAsync(StreamKind.Friends, owner);
            var isTouched = second.Contains(owner);
            Assert.Equal(isTouched ? 2 : 1, delta.Version);
            Assert.Equal([new StreamChange("star", isTouched ? StreamState.Updated : StreamState.Inserted)], delta.Changes!);
        }

        Assert.Equal(1, (await Get<IStreamStore>().ReadAsync(new StreamKey(Other, StreamKind.Friends, "o1"), 0, 9, Ct)).Version);
    }

    [Fact]
    public async Task Blocking_twice_at_once_is_one_block_and_the_loser_leaves_no_trace()
    {
        var block = new Block { Owner = Alice, Blocked = Bob, Extra = "why", Operator = "admin", BlockedAt = 5 };
        var loser = new WriteUnit([new AddFriendships(App, [Friend(Alice, "carol")]), new AddBlock(App, block with { Extra = "again" })]);
        await Task.WhenAll(
            WriteAsync(new AddBlock(App, block)),
            WriteAsync(loser));

        Assert.Equal(Condition.AlreadyBlocked, loser.Conflict);
        Assert.Equal(block, Assert.Single(await Get<IBlockStore>().ListAsync(App, Alice, 0, 9, Ct)));
        Assert.Equal(1, (await DeltaAsync(StreamKind.Blocks, Alice)).Version);
        Assert.Equal(0, await Friends.CountAsync(App, Alice, Ct));
        Assert.Equal(Relation.Blocks, await Get<IRelationStore>().FindAsync(App, Alice, Bob, Ct));
    }

    [Fact]
    public async Task Requests_are_found_by_side_state_and_age()
    {
        FriendRequest[] requests =
        [
            new() { From = new("a"), To = Alice, Message = "old", RequestedAt = 10 },
            new() { From = new("b"), To = Alice, Message = "yes", RequestedAt = 20, State = FriendRequestState.Accepted, HandledAt = 25, Handler = "alice", Answer = "ok" },
            new() { From = new("c"), To = Alice, Message = "new", Extra = "x", RequestedAt = 30 },
            new() { From = Alice, To = new("d"), Message = "mine", RequestedAt = 40 },
        ];
        foreach (var request in requests) await WriteAsync(new PutFriendRequest(App, request));
        await WriteAsync(new PutFriendRequest(Other, requests[0]));
        var store = Get<IFriendRequestStore>();

        Assert.Equal(["new", "yes", "old"], await MessagesAsync(new(Alice, FriendRequestSide.Received, FriendRequestStates.All, PendingSince: 0)));
        Assert.Equal(["new", "yes"], await MessagesAsync(new(Alice, FriendRequestSide.Received, FriendRequestStates.All, PendingSince: 11)));
        Assert.Equal(["new"], await MessagesAsync(new(Alice, FriendRequestSide.Received, FriendRequestStates.Pending, PendingSince: 0, Since: 30)));
        Assert.Equal(["mine"], await MessagesAsync(new(Alice, FriendRequestSide.Sent, FriendRequestStates.All, PendingSince: 0)));
        Assert.Null(await store.FindAsync(App, new("a"), Alice, pendingSince: 11, Ct));
        var found = await store.FindAsync(App, new("b"), Alice, pendingSince: 100, Ct);
        Assert.Equal(requests[1], found! with { Traits = requests[1].Traits });

        async Task<string[]> MessagesAsync(FriendRequestQuery query)
        {
            var list = await store.ListAsync(App, query, 0, 9, Ct);
            Assert.Equal(list.Count, await store.CountAsync(App, query, Ct));
            return [.. list.Select(r => r.Message)];
        }
    }

    [Fact]
    public async Task The_same_ids_in_another_app_are_others()
    {
        await WriteAsync(
            new AddFriendships(Other, [Friend(Alice, "bob")]),
            new AddBlock(Other, new Block { Owner = Alice, Blocked = Bob }));

        Assert.Equal(Relation.None, await Get<IRelationStore>().FindAsync(App, Alice, Bob, Ct));
        Assert.Equal(Relation.HasFriend | Relation.Blocks, await Get<IRelationStore>().FindAsync(Other, Alice, Bob, Ct));
        Assert.Equal(0, await Friends.CountAsync(App, Alice, Ct));
        Assert.Equal(0, await Get<IBlockStore>().CountAsync(App, Alice, Ct));
        Assert.Empty(await Friends.OwnersAsync(App, Bob, default, 9, Ct));
    }

    private static Friendship Friend(UserId owner, string friend) => new() { Owner = owner, Friend = new(friend) };

    private async Task<StreamDelta> DeltaAsync(StreamKind kind, UserId owner) =>
        await Get<IStreamStore>().ReadAsync(new StreamKey(App, kind, owner.Value), 0, 100, Ct);
}
