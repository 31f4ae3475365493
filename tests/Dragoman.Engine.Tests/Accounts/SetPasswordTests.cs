using System.Text;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Events;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Sessions;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Accounts;

public sealed class SetPasswordTests : CredentialTest
{
    [Fact]
    public async Task A_user_changes_his_password_with_the_old_one()
    {
        Value(await SetAsync(Admin, Alice, old: null, "first"));

        Assert.Equal(Condition.PasswordWrong, ConditionOf(await SetAsync(As("alice"), Alice, "wrong", "second")));
        Value(await SetAsync(As("alice"), Alice, "first", "second"));

        Assert.Equal(Condition.PasswordWrong, ConditionOf(await CheckAsync(Alice, "first")));
        Value(await CheckAsync(Alice, "second"));
    }

    [Fact]
    public async Task Only_an_administrator_does_without_the_old_one()
    {
        Assert.Equal(Condition.NotPermitted, ConditionOf(await SetAsync(As("alice"), Alice, old: null, "x")));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await SetAsync(As("bob"), Alice, old: "x", "y")));
        Assert.Equal(Condition.AccountNotFound, ConditionOf(await SetAsync(Admin, Dora, old: null, "x")));
        Assert.Equal(Condition.PasswordWrong, ConditionOf(await SetAsync(As("alice"), Alice, "has none", "x")));
        Value(await SetAsync(Admin, Alice, old: null, "x"));
    }

    [Fact]
    public async Task A_password_is_neither_empty_nor_too_long()
    {
        Assert.Equal(Condition.PasswordInvalid, ConditionOf(await SetAsync(Admin, Alice, old: null, "")));
        Assert.Equal(Condition.PasswordInvalid, ConditionOf(await SetAsync(Admin, Alice, old: null, new string('ä', 128) + "x")));
        Value(await SetAsync(Admin, Alice, old: null, new string('ä', 128)));
        Value(await CheckAsync(Alice, new string('ä', 128)));
    }

    [Fact]
    public async Task All_logins_end_but_the_one_that_asks()
    {
        Value(await SetAsync(Admin, Alice, old: null, "first"));
        var (mine, other) = (await GrantAsync("mine", slot: 1), await GrantAsync("other", slot: 2));
        Engine.Sessions.Online[Alice] = [Session(7, mine, 1), Session(8, other, 2)];

        Value(await SetAsync(As("alice") with { Session = new SessionId(7) }, Alice, "first", "second"));

        Assert.Equal(Condition.None, await StateOfAsync(mine, 1));
        Assert.Equal(Condition.GrantKicked, await StateOfAsync(other, 2));
        var kicked = Assert.Single(Engine.Bus.Events.OfType<SessionsKicked>());
        Assert.Equal((Alice, EndReason.PasswordChanged), (kicked.User, kicked.End.Reason));
        Assert.Equal([new SessionId(8)], kicked.Sessions);
        await RestartAsync();
        Assert.Equal(Condition.GrantKicked, await StateOfAsync(other, 2));
    }

    [Fact]
    public async Task An_administrator_ends_them_all_and_a_refusal_none()
    {
        Value(await SetAsync(Admin, Alice, old: null, "first"));
        var grant = await GrantAsync("t", slot: 1);
        Engine.Sessions.Online[Alice] = [Session(7, grant, 1)];

        Assert.Equal(Condition.PasswordWrong, ConditionOf(await SetAsync(As("alice"), Alice, "wrong", "second")));
        Assert.Equal(Condition.None, await StateOfAsync(grant, 1));
        Value(await SetAsync(Admin, Alice, old: null, "second"));

        Assert.Equal(Condition.GrantKicked, await StateOfAsync(grant, 1));
        Assert.Equal([new SessionId(7)], Assert.Single(Engine.Bus.Events.OfType<SessionsKicked>()).Sessions);
    }

    [Fact]
    public async Task Of_several_changes_with_the_same_old_password_one_wins()
    {
        Value(await SetAsync(Admin, Alice, old: null, "first"));

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => SetAsync(As("alice"), Alice, "first", $"new {i}"))));

        var winner = Assert.Single(Enumerable.Range(0, 8), i => ConditionOf(all[i]) == Condition.None);
        Assert.Equal(7, all.Count(result => ConditionOf(result) == Condition.PasswordWrong));
        Value(await CheckAsync(Alice, $"new {winner}"));
    }

    private static SessionInfo Session(long id, GrantKey grant, int slot) => new(new SessionId(id), new DeviceSlot(new DialectId(9), slot), grant);

    private async Task<GrantKey> GrantAsync(string token, int slot)
    {
        var key = GrantKey.Of(Encoding.ASCII.GetBytes(token));
        var now = Engine.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var grant = new Grant(Alice, new DeviceSlot(new DialectId(9), slot), key, GrantState.Valid, now, now + 1_000_000);
        Value(await Engine.Get<GrantBook>().IssueAsync(App, grant, new Everybody(), TimeSpan.Zero, Ct));
        return key;
    }

    private async Task<Condition> StateOfAsync(GrantKey key, int slot) =>
        ConditionOf(await Engine.Get<GrantBook>().FindAsync(App, Alice, new DeviceSlot(new DialectId(9), slot), key, Ct));

    private sealed class Everybody : LoginPolicy
    {
        public override IEnumerable<Grant> LosersOnIssue(DeviceSlot slot, IReadOnlyList<Grant> valid) => [];

        public override IEnumerable<SessionInfo> LosersOnConnect(SessionInfo newcomer, IReadOnlyList<SessionInfo> others) => [];

        public override IEnumerable<Grant> LosersOnConnect(SessionInfo newcomer, IReadOnlyList<Grant> valid, IReadOnlyList<SessionInfo> kicked) => [];
    }
}
