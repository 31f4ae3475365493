using Dragoman.Engine.Push;
using Dragoman.Testing;

namespace Dragoman.Engine.Tests.Push;

public sealed class DeviceTests : EngineTest
{
    private static readonly DeviceSlot Phone = new(new DialectId(9), 2);
    private static readonly DeviceSlot Tablet = new(new DialectId(9), 8);

    [Fact]
    public async Task The_newest_token_of_a_kind_of_device_counts()
    {
        await RegisterAsync("old");
        await RegisterAsync("new", life: TimeSpan.FromSeconds(60));

        var device = Assert.Single(await DevicesAsync());

        var now = Engine.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal(("new", PushProvider.Fcm, now + 60_000), (device.Token, device.Provider, device.ExpiresAt));
    }

    [Fact]
    public async Task A_badge_stays_when_the_token_changes_and_goes_with_neither()
    {
        await SetBadgeAsync(Phone, 7);
        await RegisterAsync("token");
        TestEngine.Value(await Engine.Get<UnregisterDevice>().RunAsync(TestEngine.As("alice"), new UserId("alice"), Phone, Ct));

        var device = Assert.Single(await DevicesAsync());

        Assert.Equal(("", PushProvider.None, 7), (device.Token, device.Provider, device.Badge));
    }

    [Fact]
    public async Task Without_a_device_a_badge_is_set_on_all()
    {
        await SetBadgeAsync(Phone, 1);
        await SetBadgeAsync(Tablet, 2);

        await SetBadgeAsync(device: null, 5);

        Assert.Equal([5, 5], (await DevicesAsync()).Select(d => d.Badge));
    }

    [Fact]
    public async Task The_same_number_in_two_dialects_is_two_kinds_of_devices()
    {
        var elsewhere = new DeviceSlot(new DialectId(4), Phone.Value);
        await RegisterAsync("here");
        TestEngine.Value(await Engine.Get<RegisterDevice>().RunAsync(
            TestEngine.As("alice"), new UserId("alice"), elsewhere, PushProvider.Apns, "there", life: null, Ct));
        TestEngine.Value(await Engine.Get<UnregisterDevice>().RunAsync(TestEngine.As("alice"), new UserId("alice"), Phone, Ct));

        Assert.Equal([(elsewhere, "there"), (Phone, "")], (await DevicesAsync()).Select(d => (d.Device, d.Token)));
    }

    [Fact]
    public async Task A_token_has_at_most_1024_bytes()
    {
        TestEngine.Value(await RegisterAsync(new string('a', RegisterDevice.MaxTokenBytes)));

        Assert.Equal(Condition.DeviceTokenTooLong, TestEngine.ConditionOf(await RegisterAsync(new string('a', RegisterDevice.MaxTokenBytes + 1))));
        Assert.Equal(Condition.DeviceTokenMissing, TestEngine.ConditionOf(await RegisterAsync("")));
    }

    [Fact]
    public async Task Nobody_changes_or_reads_anothers_devices()
    {
        var (bob, alice) = (TestEngine.As("bob"), new UserId("alice"));

        Assert.Equal(Condition.NotPermitted, TestEngine.ConditionOf(await Engine.Get<RegisterDevice>().RunAsync(bob, alice, Phone, PushProvider.Fcm, "t", life: null, Ct)));
        Assert.Equal(Condition.NotPermitted, TestEngine.ConditionOf(await Engine.Get<UnregisterDevice>().RunAsync(bob, alice, Phone, Ct)));
        Assert.Equal(Condition.NotPermitted, TestEngine.ConditionOf(await Engine.Get<SetBadge>().RunAsync(bob, alice, Phone, 1, Ct)));
        Assert.Equal(Condition.NotPermitted, TestEngine.ConditionOf(await Engine.Get<ListDeviceTokens>().RunAsync(bob, alice, Ct)));
    }

    private ValueTask<Result<Done>> RegisterAsync(string token, TimeSpan? life = null) =>
        Engine.Get<RegisterDevice>().RunAsync(TestEngine.As("alice"), new UserId("alice"), Phone, PushProvider.Fcm, token, life, Ct);

    private async Task SetBadgeAsync(DeviceSlot? device, int badge) =>
        TestEngine.Value(await Engine.Get<SetBadge>().RunAsync(TestEngine.As("alice"), new UserId("alice"), device, badge, Ct));

    private async Task<IReadOnlyList<DeviceToken>> DevicesAsync() =>
        TestEngine.Value(await Engine.Get<ListDeviceTokens>().RunAsync(TestEngine.As("alice"), new UserId("alice"), Ct)).Devices;
}
