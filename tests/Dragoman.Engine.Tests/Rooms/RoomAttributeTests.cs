using Dragoman.Engine.Notices;
using Dragoman.Engine.Rooms;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Rooms;

public sealed class RoomAttributeTests : RoomTest
{
    [Fact]
    public async Task A_key_belongs_to_its_writer_until_somebody_forces_it()
    {
        var room = await GivenRoomAsync("bob", "carol");
        Assert.Equal("a: b:", await WriteAsync("bob", room, ["a", "b"]));
        Assert.Equal("a:AttributeNotOwned c:", await WriteAsync("carol", room, ["a", "c"]));
        Assert.Equal("a:", await WriteAsync("carol", room, ["a"], isForced: true));
        Assert.Equal("a:AttributeNotOwned b: x:AttributeNotFound", await RemoveAsync("bob", room, "a", "b", "x"));
        await RestartAsync();

        Assert.Equal("a=carol c=carol", Shown(await SheetAsync(room)));
    }

    [Fact]
    public async Task What_drops_with_its_writer_goes_with_him()
    {
        var room = await GivenRoomAsync("bob");
        await WriteAsync("bob", room, ["loose"]);
        await WriteAsync("bob", room, ["fixed"], drops: false);
        Value(await LeaveAsync("bob", room));

        Assert.Equal("fixed=bob", Shown(await SheetAsync(room)));
        Assert.Equal(["loose"], Heard<RoomAttributesChanged>(room).Last().Removed);
    }

    [Fact]
    public async Task Attributes_have_their_bounds()
    {
        var room = await GivenRoomAsync("bob");
        Assert.Equal("a b:AttributeKeyInvalid", await WriteAsync("bob", room, ["a b"]));
        Assert.EndsWith(":AttributeKeyTooLong", await WriteAsync("bob", room, [new('k', 129)]), StringComparison.Ordinal);
        Assert.Equal("k:AttributeValueTooLong", await WriteAsync("bob", room, ["k"], value: new('v', 4097)));
        for (var i = 0; i < 10; i++) await WriteAsync("bob", room, [.. Enumerable.Range(i * 10, 10).Select(n => $"k{n}")]);
        Assert.Equal("k101:AttributeLimitReached k1:", await WriteAsync("bob", room, ["k101", "k1"]));

        var attributes = Engine.Get<RoomAttributes>();
        Assert.Equal(Condition.NotInRoom, ConditionOf(await attributes.RemoveAsync(As("carol"), room, new("carol"), ["k1"], isForced: true, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await attributes.RemoveAsync(As("carol"), room, new("bob"), ["k1"], isForced: true, Ct)));
        Assert.Equal(
            Condition.AttributeBatchTooLarge,
            ConditionOf(await attributes.RemoveAsync(As("bob"), room, new("bob"), [.. Enumerable.Range(0, 11).Select(n => $"k{n}")], isForced: false, Ct)));
    }

    private async Task<string> WriteAsync(string user, RoomId room, string[] keys, bool isForced = false, bool drops = true, string value = "v") =>
        Spelled(Value(await Engine.Get<RoomAttributes>().WriteAsync(
            As(user), room, new(user), [.. keys.Select(key => KeyValuePair.Create(key, value))], drops, isForced, Ct)));

    private async Task<string> RemoveAsync(string user, RoomId room, params string[] keys) =>
        Spelled(Value(await Engine.Get<RoomAttributes>().RemoveAsync(As(user), room, new(user), keys, isForced: false, Ct)));

    private static string Spelled(IReadOnlyList<AttributeOutcome> outcomes) => string.Join(' ', outcomes.Select(one => $"{one.Key}:{one.Refusal?.Condition}"));

    private static string Shown(RoomSheet sheet) =>
        string.Join(' ', sheet.Attributes.Values.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Writer}"));
}
