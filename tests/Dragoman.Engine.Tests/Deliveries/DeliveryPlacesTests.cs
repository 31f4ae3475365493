using Dragoman.Engine.Conversations;
using Dragoman.Engine.Deliveries;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Deliveries;

public sealed class DeliveryPlacesTests : EngineTest
{
    private static readonly ConversationKey Pair = Direct("alice", "bob");
    private static readonly ClientDevice Phone = DeviceOf("phone");

    protected override void Configure() => Engine.Get<DeliveryLimits>().Backlog = 50;

    [Fact]
    public async Task A_first_device_is_told_what_its_user_has_not_read()
    {
        for (var i = 1; i <= 3; i++) await Engine.SayAsync("alice", "bob", $"{i}");
        await Engine.Get<MarkRead>().RunAsync(As("bob"), new("bob"), Pair, 1, [], isQuiet: true, Ct);

        var waiting = Assert.Single(await OpenAsync(Phone));

        Assert.Equal((Pair, 2L), (waiting.Conversation, waiting.Count));
        Assert.Equal(["2", "3"], await TextsAsync(waiting));
    }

    [Fact]
    public async Task What_was_acknowledged_is_not_told_again_whatever_ended_meanwhile()
    {
        await OpenAsync(Phone);
        for (var i = 1; i <= 3; i++) await Engine.SayAsync("alice", "bob", $"{i}");
        var page = await PageAsync(Assert.Single(await OpenAsync(Phone)), limit: 2);
        Assert.Equal((2, false), (page.Entries.Count, page.IsLast));

        Places.Acknowledge(Phone, Pair, page.Place);
        Assert.Equal(["3"], await TextsAsync(Assert.Single(await OpenAsync(Phone)))); // not on disk yet

        await RestartAsync();
        Assert.Equal(["3"], await TextsAsync(Assert.Single(await OpenAsync(Phone))));
    }

    [Fact]
    public async Task A_place_never_goes_back()
    {
        await OpenAsync(Phone);
        for (var i = 1; i <= 3; i++) await Engine.SayAsync("alice", "bob", $"{i}");

        Places.Acknowledge(Phone, Pair, new(3, 0));
        await Places.FlushAsync();
        Places.Acknowledge(Phone, Pair, new(1, 0));
        await Places.FlushAsync();

        Assert.Empty(await OpenAsync(Phone));
    }

    [Fact]
    public async Task Each_device_has_its_own_place_and_a_new_one_begins_at_the_farthest()
    {
        var tablet = DeviceOf("tablet");
        await OpenAsync(Phone);
        await OpenAsync(tablet);
        for (var i = 1; i <= 4; i++) await Engine.SayAsync("alice", "bob", $"{i}");
        Places.Acknowledge(Phone, Pair, new(3, 0));
        await Places.FlushAsync();

        Assert.Equal(["1", "2", "3", "4"], await TextsAsync(Assert.Single(await OpenAsync(tablet))));
        Assert.Equal(["4"], await TextsAsync(Assert.Single(await OpenAsync(DeviceOf("watch")))));
        Assert.Equal(["1", "2", "3", "4"], await TextsAsync(Assert.Single(await OpenAsync(Phone with { Dialect = new(8) })))); // another dialect's device
    }

    [Fact]
    public async Task No_more_waits_than_the_backlog_holds()
    {
        await OpenAsync(Phone);
        for (var i = 1; i <= 60; i++) await Engine.SayAsync("alice", "bob", $"{i}");

        var texts = await TextsAsync(Assert.Single(await OpenAsync(Phone)));

        Assert.Equal((50, "11", "60"), (texts.Length, texts[0], texts[^1]));
    }

    [Fact]
    public async Task Both_logs_come_in_one_order()
    {
        await OpenAsync(Phone);
        var first = Value(await Engine.SayAsync("alice", "bob", "1"));
        Value(await Engine.Get<RecallMessage>().RunAsync(As("alice"), new("alice"), Pair, first.Sequence, Ct));
        await Engine.SayAsync("alice", "bob", "2");

        var page = await PageAsync(Assert.Single(await OpenAsync(Phone)), limit: 10);

        Assert.Equal([LogChannel.Timeline, LogChannel.Changes, LogChannel.Timeline], page.Entries.Select(e => e.Channel));
        Assert.Equal(page.Entries.Select(e => e.Id.Value).Order(), page.Entries.Select(e => e.Id.Value));
        Assert.Equal((new LogPlace(2, 1), true), (page.Place, page.IsLast));
        for (var limit = 1; limit <= 3; limit++) Assert.Equal(page.Entries.Select(e => e.Id), (await AllAsync(Pair, limit)).Select(e => e.Id));
    }

    [Fact]
    public async Task What_was_hidden_or_erased_is_passed_over_and_does_not_hold_up_the_rest()
    {
        await OpenAsync(Phone);
        for (var i = 1; i <= 4; i++) await Engine.SayAsync("alice", "bob", $"{i}");
        await Engine.Get<RemoveFromSight>().HideAsync(As("bob"), new("bob"), Pair, [1, 2], tellDevices: false, Ct);
        await Engine.Get<RemoveFromSight>().EraseAsync(Admin, new("bob"), Pair, [4], Ct, isQuiet: true);

        Assert.Equal(["3"], (await AllAsync(Pair, limit: 1)).Where(e => e.Channel == LogChannel.Timeline).Select(TextOf));
        Places.Acknowledge(Phone, Pair, (await PageAsync(new(Pair, default, default), 10)).Place);
        Assert.Empty(await OpenAsync(Phone));
    }

    [Fact]
    public async Task Who_comes_into_a_group_is_told_from_then_on()
    {
        await OpenAsync(Phone);
        var group = await Engine.GivenGroupAsync("alice", "carol");
        var key = ConversationKey.Group(App, group);
        await Engine.SayAsync("alice", group, "before");
        Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await Engine.InviteAsync(Admin, group, "bob");
        await Engine.SayAsync("alice", group, "after");

        var told = await AllAsync(key, limit: 10);

        Assert.DoesNotContain("before", told.Select(TextOf));
        Assert.Contains("after", told.Select(TextOf));
        Assert.Contains((await OpenAsync(Phone)), waiting => waiting.Conversation == key);
    }

    [Fact]
    public async Task Who_left_a_group_is_told_what_happened_until_then()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob", "carol");
        var key = ConversationKey.Group(App, group);
        await OpenAsync(Phone);
        await Engine.SayAsync("alice", group, "before");
        await Engine.KickAsync(Admin, group, "bob");
        await Engine.SayAsync("alice", group, "after");

        var told = await AllAsync(key, limit: 10);

        Assert.Contains("before", told.Select(TextOf));
        Assert.DoesNotContain("after", told.Select(TextOf));
        Places.Acknowledge(Phone, key, (await PageAsync(new(key, default, default), 100)).Place);
        Assert.DoesNotContain(await OpenAsync(Phone), waiting => waiting.Conversation == key);
    }

    [Fact]
    public async Task Devices_that_stay_away_are_forgotten_and_then_are_new()
    {
        await OpenAsync(Phone);
        await Engine.SayAsync("alice", "bob", "1");
        Engine.Clock.Advance(TimeSpan.FromDays(91));
        await OpenAsync(DeviceOf("tablet")); // forgets the phone
        await Engine.Get<MarkRead>().RunAsync(As("bob"), new("bob"), Pair, 1, [], isQuiet: true, Ct);

        Assert.Empty(await OpenAsync(Phone));
    }

    [Fact]
    public async Task The_devices_that_were_away_longest_make_room()
    {
        Engine.Get<DeliveryLimits>().DevicesPerUser = 2;
        await OpenAsync(Phone);
        Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await OpenAsync(DeviceOf("tablet"));
        Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await OpenAsync(DeviceOf("watch")); // the phone goes
        await Engine.SayAsync("alice", "bob", "1");
        Places.Acknowledge(DeviceOf("watch"), Pair, new(1, 0));
        await Places.FlushAsync();

        Assert.Single(await OpenAsync(DeviceOf("tablet"))); // knows its own place
        Assert.Empty(await OpenAsync(Phone)); // begins where the watch is
    }

    private DeliveryPlaces Places => Engine.Get<DeliveryPlaces>();

    private static ClientDevice DeviceOf(string name) => new(App, new("bob"), new(9), name);

    private async Task<IReadOnlyList<Undelivered>> OpenAsync(ClientDevice device) => Value(await Places.OpenAsync(device, Ct));

    private async Task<UndeliveredPage> PageAsync(Undelivered waiting, int limit) =>
        Value(await Engine.Get<ReadUndelivered>().RunAsync(new("bob"), waiting.Conversation, waiting.Place, limit, Ct));

    private async Task<string[]> TextsAsync(Undelivered waiting) => [.. (await PageAsync(waiting, 100)).Entries.Select(TextOf)];

    /// <summary>Page after page, from the beginning.</summary>
    private async Task<List<Entry>> AllAsync(ConversationKey key, int limit)
    {
        var all = new List<Entry>();
        for (var place = default(LogPlace); ;)
        {
            var page = await PageAsync(new(key, place, default), limit);
            all.AddRange(page.Entries);
            if (page.IsLast) return all;
            Assert.NotEqual(place, page.Place);
            place = page.Place;
        }
    }
}
