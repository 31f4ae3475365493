using System.Text;
using Dragoman.Engine.Events;
using Dragoman.Engine.Sessions;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Sessions;

public sealed class GrantBookTests : EngineTest
{
    private static readonly UserId Alice = new("alice");
    private static readonly DeviceSlot Phone = new(new DialectId(9), 1);

    [Fact]
    public async Task A_second_login_takes_the_place_of_the_first_also_after_a_restart()
    {
        var (first, second) = (await IssueAsync("t1"), await IssueAsync("t2"));
        await RestartAsync();

        Assert.Equal(Condition.GrantKicked, await StateOfAsync(first));
        Assert.Equal(Condition.None, await StateOfAsync(second));
    }

    [Fact]
    public async Task A_token_that_was_never_issued_is_unknown() =>
        Assert.Equal(Condition.GrantUnknown, await StateOfAsync(GrantKey.Of("never"u8)));

    [Fact]
    public async Task A_grace_keeps_what_lost_its_place_usable_for_a_while()
    {
        var first = await IssueAsync("t1", TimeSpan.FromMinutes(5));
        await IssueAsync("t2", TimeSpan.FromMinutes(5));
        Assert.Equal(Condition.None, await StateOfAsync(first));

        Engine.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(Condition.GrantKicked, await StateOfAsync(first));
    }

    [Fact]
    public async Task Kicking_a_slot_ends_its_grants_and_its_connections()
    {
        var grant = await IssueAsync("t1");
        Engine.Sessions.Online[Alice] = [new SessionInfo(new SessionId(7), Phone, grant)];
        Value(await Engine.Get<GrantBook>().KickAsync(Admin, Alice, Phone, Ct));

        Assert.Equal(Condition.GrantKicked, await StateOfAsync(grant));
        Assert.Equal([new SessionId(7)], Assert.Single(Engine.Bus.Events.OfType<SessionsKicked>()).Sessions);
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<GrantBook>().KickAsync(As("bob"), Alice, Phone, Ct)));
    }

    private async Task<GrantKey> IssueAsync(string token, TimeSpan grace = default)
    {
        var key = GrantKey.Of(Encoding.ASCII.GetBytes(token));
        var now = Engine.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var grant = new Grant(Alice, Phone, key, GrantState.Valid, now, now + 1_000_000);
        Value(await Engine.Get<GrantBook>().IssueAsync(App, grant, new OnePerSlot(), grace, Ct));
        return key;
    }

    private async Task<Condition> StateOfAsync(GrantKey key) =>
        ConditionOf(await Engine.Get<GrantBook>().FindAsync(App, Alice, Phone, key, Ct));

    private sealed class OnePerSlot : LoginPolicy
    {
        public override IEnumerable<Grant> LosersOnIssue(DeviceSlot slot, IReadOnlyList<Grant> valid) => valid.Where(g => g.Slot == slot);

        public override IEnumerable<SessionInfo> LosersOnConnect(SessionInfo newcomer, IReadOnlyList<SessionInfo> others) => [];

        public override IEnumerable<Grant> LosersOnConnect(SessionInfo newcomer, IReadOnlyList<Grant> valid, IReadOnlyList<SessionInfo> kicked) => [];
    }
}
