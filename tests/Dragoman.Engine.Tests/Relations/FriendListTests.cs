using Dragoman.Engine.Events;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Relations;

/// <summary>ImportFriends, RemoveFriend, RemarkFriend, UpdateFriends and the reads of the list.</summary>
public sealed class FriendListTests : RelationTest
{
    [Fact]
    public async Task Imported_friends_have_each_other_and_each_pair_hears_of_it()
    {
        await ImportAsync(Alice, FriendSides.Both, Bob, Carol);

        Assert.Equal(["bob", "carol"], await FriendIdsAsync(Alice));
        Assert.Equal(["alice"], await FriendIdsAsync(Carol));
        Assert.All(await FriendsOfAsync(Alice), f => Assert.Equal((FriendSource.Import, "admin"), (f.Source, f.Operator)));
        var entries = Told.Where(e => e.Notice is FriendAdded).ToArray();
        Assert.Equal([Bob, Carol], entries.Select(e => e.Sender));
        Assert.All(entries, e => Assert.Equal((1L, Alice), (e.Sequence, ((FriendAdded)e.Notice!).Owner)));
        Assert.Equal(1, (await DeltaAsync(StreamKind.Friends, Alice)).Version);
    }

    [Fact]
    public async Task A_one_sided_import_touches_one_list()
    {
        await ImportAsync(Alice, FriendSides.Own, Bob);

        Assert.Equal(["bob"], await FriendIdsAsync(Alice));
        Assert.Empty(await FriendIdsAsync(Bob));
    }

    [Fact]
    public async Task An_import_is_all_or_nothing()
    {
        var import = Engine.Get<ImportFriends>();

        Assert.Equal(Condition.NotPermitted, ConditionOf(await import.RunAsync(As("alice"), Alice, [Bob], FriendSides.Both, Ct)));
        Assert.Equal(Condition.CannotBefriendSelf, ConditionOf(await import.RunAsync(Admin, Alice, [Bob, Alice], FriendSides.Both, Ct)));
        Assert.Equal(Condition.FriendsRepeated, ConditionOf(await import.RunAsync(Admin, Alice, [Bob, Bob], FriendSides.Both, Ct)));
        Assert.Equal(Condition.PeerNotFound, ConditionOf(await import.RunAsync(Admin, Alice, [Bob, new("nobody")], FriendSides.Both, Ct)));
        Assert.Equal(Condition.AccountNotFound, ConditionOf(await import.RunAsync(Admin, new("nobody"), [Bob], FriendSides.Both, Ct)));
        Assert.Empty(await FriendIdsAsync(Bob));
    }

    [Fact]
    public async Task An_import_fills_a_list_up_to_its_limit_and_not_past_it()
    {
        Limits.MaxFriends = 2;
        var import = Engine.Get<ImportFriends>();
        var crowd = await CrowdAsync(2);
        await ImportAsync(Alice, FriendSides.Both, Bob, Carol);

        Assert.Equal(Condition.None, ConditionOf(await import.RunAsync(Admin, Alice, [Carol, Bob], FriendSides.Both, Ct)));
        Assert.Equal(Condition.FriendLimitReached, ConditionOf(await import.RunAsync(Admin, Alice, [Carol, crowd[0]], FriendSides.Both, Ct)));
        Assert.Equal(Condition.PeerFriendLimitReached, ConditionOf(await import.RunAsync(Admin, crowd[0], [Alice], FriendSides.Both, Ct)));
        Assert.Equal(Condition.None, ConditionOf(await import.RunAsync(Admin, crowd[0], [Alice], FriendSides.Own, Ct)));
        Limits.MaxBatch = 1;
        Assert.Equal(Condition.None, ConditionOf(await import.RunAsync(Admin, crowd[1], [Bob], FriendSides.Own, Ct)));
        Assert.Equal(Condition.RelationBatchTooLarge, ConditionOf(await import.RunAsync(Admin, crowd[1], [Bob, Carol], FriendSides.Own, Ct)));
    }

    [Fact]
    public async Task A_friend_comes_off_the_owners_list_and_stays_on_his_own()
    {
        await BefriendAsync(Alice, Bob);
        Value(await Engine.Get<RemoveFriend>().RunAsync(As("alice"), Alice, Bob, FriendSides.Own, Ct));

        Assert.Empty(await FriendIdsAsync(Alice));
        Assert.Equal(["alice"], await FriendIdsAsync(Bob));
        var entry = Told[^1];
        Assert.Equal(2, Assert.IsType<FriendRemoved>(entry.Notice).Version);
        Assert.Equal(Bob, Assert.IsType<Audience.Pair>(entry.Audience).Receiver);
        Assert.Equal([new StreamChange("bob", StreamState.Deleted)], (await DeltaAsync(StreamKind.Friends, Alice, since: 1)).Changes!);
        Assert.Equal(1, (await DeltaAsync(StreamKind.Friends, Bob)).Version);
    }

    [Fact]
    public async Task Both_sides_can_be_ended_at_once()
    {
        await BefriendAsync(Alice, Bob);
        Value(await Engine.Get<RemoveFriend>().RunAsync(As("alice"), Alice, Bob, FriendSides.Both, Ct));

        Assert.Empty(await FriendIdsAsync(Alice));
        Assert.Empty(await FriendIdsAsync(Bob));
        var told = Told.Where(e => e.Notice is FriendRemoved).ToArray();
        Assert.Equal([Alice, Bob], told.Where(e => e.Sequence == 0).Select(e => ((FriendRemoved)e.Notice!).Owner));
        Assert.Equal([Alice, Bob], told.Where(e => e.Sequence > 0).Select(e => new UserId(e.Conversation.A))); // each in his inbox
    }

    [Fact]
    public async Task Nobody_removes_a_stranger_or_for_others()
    {
        var remove = Engine.Get<RemoveFriend>();
        await ImportAsync(Bob, FriendSides.Own, Alice);

        Assert.Equal(Condition.NotFriends, ConditionOf(await remove.RunAsync(As("alice"), Alice, Bob, FriendSides.Own, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await remove.RunAsync(As("carol"), Bob, Alice, FriendSides.Own, Ct)));
        Assert.Equal(Condition.None, ConditionOf(await remove.RunAsync(As("alice"), Alice, Bob, FriendSides.Both, Ct)));
        Assert.Equal(Condition.NotFriends, ConditionOf(await remove.RunAsync(As("alice"), Alice, Bob, FriendSides.Both, Ct)));
    }

    [Fact]
    public async Task A_remark_is_the_owners_and_told_to_him_alone()
    {
        await BefriendAsync(Alice, Bob);
        Value(await Engine.Get<RemarkFriend>().RunAsync(As("alice"), Alice, Bob, "bobby", Ct));

        Assert.Equal("bobby", Assert.Single(await FriendsOfAsync(Alice)).Remark);
        Assert.Equal("", Assert.Single(await FriendsOfAsync(Bob)).Remark);
        var entry = Told[^1];
        Assert.Equal(new FriendRemarked(Alice, Bob, Version: 2) { At = entry.Notice!.At, Remark = "bobby" }, entry.Notice);
        Assert.Equal([Alice], Assert.IsType<Audience.Users>(entry.Audience).List);
        Assert.Equal([new StreamChange("bob", StreamState.Updated)], (await DeltaAsync(StreamKind.Friends, Alice, since: 1)).Changes!);
    }

    [Fact]
    public async Task A_remark_is_as_long_as_the_limit_and_for_a_friend()
    {
        var remark = Engine.Get<RemarkFriend>();
        await ImportAsync(Alice, FriendSides.Own, Bob);
        Limits.MaxRemarkLength = 3;

        Assert.Equal(Condition.None, ConditionOf(await remark.RunAsync(As("alice"), Alice, Bob, "bob", Ct)));
        Assert.Equal(Condition.RelationTextTooLong, ConditionOf(await remark.RunAsync(As("alice"), Alice, Bob, "bobb", Ct)));
        Assert.Equal(Condition.NotFriends, ConditionOf(await remark.RunAsync(As("bob"), Bob, Alice, "a", Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await remark.RunAsync(As("bob"), Alice, Bob, "a", Ct)));
    }

    [Fact]
    public async Task A_pin_moves_a_friend_to_the_front_and_says_that_the_order_changed()
    {
        await ImportAsync(Alice, FriendSides.Own, Bob, Carol);
        Value(await UpdateAsync([Carol], new FriendChange(IsPinned: true, Extra: "x")));

        Assert.Equal(["carol", "bob"], await FriendIdsAsync(Alice));
        Assert.Equal("x", (await FriendsOfAsync(Alice))[0].Extra);
        var delta = await DeltaAsync(StreamKind.Friends, Alice, since: 1);
        Assert.Equal(
            [new StreamChange(StreamElements.Order, StreamState.Updated), new StreamChange("carol", StreamState.Updated)],
            delta.Changes!.OrderBy(c => c.Element, StringComparer.Ordinal));
        Assert.Equal(2, delta.Version);
        Assert.True(Assert.IsType<FriendsUpdated>(Told[^1].Notice).IsReordered);
    }

    [Fact]
    public async Task What_is_not_named_stays_and_the_order_with_it()
    {
        await ImportAsync(Alice, FriendSides.Own, Bob, Carol);
        Value(await UpdateAsync([Bob, Carol], new FriendChange(Remark: "r", Extra: "e", IsPinned: true)));
        var before = (await DeltaAsync(StreamKind.Friends, Alice)).Version;
        Value(await UpdateAsync([Bob], new FriendChange(Remark: "new", IsPinned: true)));

        var bob = (await FriendsOfAsync(Alice)).Single(f => f.Friend == Bob);
        Assert.Equal(("new", "e", true), (bob.Remark, bob.Extra, bob.IsPinned));
        Assert.Equal([new StreamChange("bob", StreamState.Updated)], (await DeltaAsync(StreamKind.Friends, Alice, before)).Changes!);
        Assert.False(Assert.IsType<FriendsUpdated>(Told[^1].Notice).IsReordered);
    }

    [Fact]
    public async Task An_update_is_all_or_nothing()
    {
        await ImportAsync(Alice, FriendSides.Own, Bob);

        Assert.Equal(Condition.NotFriends, ConditionOf(await UpdateAsync([Bob, Carol], new FriendChange(Remark: "r"))));
        Assert.Equal(Condition.FriendsRepeated, ConditionOf(await UpdateAsync([Bob, Bob], new FriendChange(Remark: "r"))));
        Assert.Equal(Condition.RelationTextTooLong, ConditionOf(await UpdateAsync([Bob], new FriendChange(Remark: new string('r', 401)))));
        Assert.Equal(Condition.RelationTextTooLong, ConditionOf(await UpdateAsync([Bob], new FriendChange(Extra: new string('r', 4097)))));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<UpdateFriends>().RunAsync(As("bob"), Alice, [Bob], new(), Ct)));
        Limits.MaxBatch = 1;
        Assert.Equal(Condition.RelationBatchTooLarge, ConditionOf(await UpdateAsync([Bob, Carol], new FriendChange())));
        Assert.Equal("", Assert.Single(await FriendsOfAsync(Alice)).Remark);
    }

    [Fact]
    public async Task Two_updates_at_once_keep_what_each_of_them_set()
    {
        await ImportAsync(Alice, FriendSides.Own, Bob);

        await Task.WhenAll(
            UpdateAsync([Bob], new FriendChange(Remark: "r")),
            UpdateAsync([Bob], new FriendChange(Extra: "e")),
            UpdateAsync([Bob], new FriendChange(IsPinned: true)));

        var bob = Assert.Single(await FriendsOfAsync(Alice));
        Assert.Equal(("r", "e", true), (bob.Remark, bob.Extra, bob.IsPinned));
    }

    [Fact]
    public async Task A_list_is_read_in_pages_by_its_owner_and_the_app()
    {
        var crowd = await CrowdAsync(5);
        foreach (var user in crowd)
        {
            await ImportAsync(Alice, FriendSides.Own, user);
            Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var read = Engine.Get<ReadFriends>();
        var page = Value(await read.PageAsync(Admin, Alice, skip: 2, take: 2, Ct));
        Assert.Equal(["u2", "u3"], page.Items.Select(f => f.Friend.Value));
        Assert.Equal(5, page.Total);
        Assert.Empty(Value(await read.PageAsync(As("alice"), Alice, skip: 5, take: 2, Ct)).Items);
        Assert.Equal(crowd, Value(await read.IdsAsync(As("alice"), Alice, Ct)));
        Assert.Equal([crowd[3], crowd[0]], Value(await read.FindAsync(As("alice"), Alice, [crowd[3], Bob, crowd[0]], Ct)).Select(f => f.Friend));
    }

    [Fact]
    public async Task Nobody_reads_the_list_of_another_one()
    {
        var read = Engine.Get<ReadFriends>();

        Assert.Equal(Condition.NotPermitted, ConditionOf(await read.PageAsync(As("bob"), Alice, 0, 1, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await read.FindAsync(As("bob"), Alice, [Bob], Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await read.IdsAsync(As("bob"), Alice, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await read.CheckAsync(As("carol"), Alice, Bob, Ct)));
        Assert.Equal(Condition.None, ConditionOf(await read.CheckAsync(As("bob"), Alice, Bob, Ct)));
        Limits.MaxBatch = 1;
        Assert.Equal(Condition.RelationBatchTooLarge, ConditionOf(await read.FindAsync(As("alice"), Alice, [Bob, Carol], Ct)));
    }

    private async Task<Result<Done>> UpdateAsync(UserId[] friends, FriendChange change) =>
        await Engine.Get<UpdateFriends>().RunAsync(As("alice"), Alice, friends, change, Ct);
}
