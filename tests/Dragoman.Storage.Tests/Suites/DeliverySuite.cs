using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Deliveries;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

public abstract class DeliverySuite(TestStorage storage) : StorageSuite(storage)
{
    private static readonly ClientDevice Phone = new(App, Alice, new DialectId(9), "phone");
    private static readonly ClientDevice Tablet = Phone with { Name = "tablet" };
    private static readonly ConversationKey Group = ConversationKey.Group(App, new GroupId("g"));

    [Fact]
    public async Task A_device_is_known_from_its_first_note_on()
    {
        Assert.Null(await PlacesAsync(Phone));
        await WriteAsync(new PutClientDevice(Phone, 1));
        await RestartAsync();

        Assert.Empty((await PlacesAsync(Phone))!);
        Assert.Null(await PlacesAsync(Phone with { User = Bob }));
        Assert.Null(await PlacesAsync(Phone with { App = new AppId(2) }));
        Assert.Null(await PlacesAsync(Phone with { Dialect = new DialectId(8) }));
    }

    [Fact]
    public async Task Places_are_the_devices_own_and_move_forward_only()
    {
        await WriteAsync(new PutClientDevice(Phone, 1), new PutClientDevice(Tablet, 1));
        await WriteAsync(new AdvanceDelivery(Phone, Pair, new(3, 1)), new AdvanceDelivery(Phone, Group, new(7, 0)), new AdvanceDelivery(Tablet, Pair, new(1, 2)));
        await WriteAsync(new AdvanceDelivery(Phone, Pair, new(2, 4)));

        Assert.Equal(new() { [Pair] = new(3, 4), [Group] = new(7, 0) }, new Dictionary<ConversationKey, LogPlace>((await PlacesAsync(Phone))!));
        Assert.Equal(new() { [Pair] = new(1, 2) }, new Dictionary<ConversationKey, LogPlace>((await PlacesAsync(Tablet))!));
    }

    [Fact]
    public async Task The_farthest_is_asked_of_the_users_other_devices()
    {
        var watch = Phone with { Name = "watch" };
        await WriteAsync(
            new AdvanceDelivery(Phone, Pair, new(9, 9)),
            new AdvanceDelivery(Tablet, Pair, new(3, 1)),
            new AdvanceDelivery(watch, Pair, new(1, 4)),
            new AdvanceDelivery(Tablet with { User = Bob }, Pair, new(8, 8)),
            new AdvanceDelivery(Tablet with { Dialect = new DialectId(8) }, Pair, new(8, 8)));

        var farthest = await Get<IDeliveryStore>().FarthestPlacesAsync(Phone, Ct);

        Assert.Equal((Pair, new LogPlace(3, 4)), (Assert.Single(farthest).Key, farthest[Pair]));
    }

    [Fact]
    public async Task Devices_are_forgotten_when_they_are_too_old_or_too_many()
    {
        var names = new[] { "a", "b", "c", "d" };
        for (var i = 0; i < names.Length; i++)
            await WriteAsync(new PutClientDevice(Phone with { Name = names[i] }, i + 1), new AdvanceDelivery(Phone with { Name = names[i] }, Pair, new(i + 1, 0)));
        await WriteAsync(new PutClientDevice(Phone with { User = Bob }, 1));

        await WriteAsync(new ForgetClientDevices(Phone with { Name = "a" }, Kept: 10, SeenBefore: 3)); // itself stays, however old
        Assert.Equal("acd", await KnownAsync(names));
        await WriteAsync(new ForgetClientDevices(Phone with { Name = "a" }, Kept: 2, SeenBefore: 0));
        Assert.Equal("ad", await KnownAsync(names));

        Assert.NotNull(await PlacesAsync(Phone with { User = Bob }));
        Assert.Equal(4, (await Get<IDeliveryStore>().FarthestPlacesAsync(Phone, Ct))[Pair].Timeline);
        await WriteAsync(new PutClientDevice(Phone with { Name = "b" }, 9));
        Assert.Empty((await PlacesAsync(Phone with { Name = "b" }))!);
    }

    private async Task<string> KnownAsync(string[] names)
    {
        var known = "";
        foreach (var name in names)
        {
            if (await PlacesAsync(Phone with { Name = name }) is not null) known += name;
        }

        return known;
    }

    private ValueTask<IReadOnlyDictionary<ConversationKey, LogPlace>?> PlacesAsync(ClientDevice device) => Get<IDeliveryStore>().FindPlacesAsync(device, Ct);
}
