using Dragoman.Engine.Accounts;
using Dragoman.Engine.Events;
using Dragoman.Engine.Sessions;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Sessions;

/// <summary>Connections with tokens that are good by their signature, and sessions of two dialects beside each other.</summary>
public sealed class AdmissionTests : EngineTest
{
    private static readonly UserId Zoe = new("zoe");
    private static readonly DialectId Here = new(9);
    private static readonly DialectId There = new(3);
    private long _sessions;

    [Fact]
    public async Task The_oldest_device_of_a_kind_makes_room_and_is_told_what_the_newcomer_says()
    {
        await Engine.GivenUsersAsync("zoe");
        var (first, second) = (Phone("a"), Phone("b"));
        foreach (var session in new[] { first, second }) Value(await AdmitAsync(session, TwoOfAKind));
        Value(await AdmitAsync(Phone("c"), TwoOfAKind, detail: "it is me"));

        var told = Assert.Single(Kicks());
        Assert.Equal([first.Id], told.Sessions);
        Assert.Equal(new SessionEnd(EndReason.DeviceLimit, "it is me"), told.End);
    }

    [Fact]
    public async Task The_same_device_takes_its_own_place()
    {
        await Engine.GivenUsersAsync("zoe");
        var before = Phone("a");
        foreach (var session in new[] { before, Phone("b"), Phone("a") }) Value(await AdmitAsync(session, TwoOfAKind));

        AssertOneKick(before, EndReason.Reconnected);
    }

    [Fact]
    public async Task Devices_of_another_kind_and_of_another_dialect_are_no_rivals()
    {
        await Engine.GivenUsersAsync("zoe");
        var other = NewSession(new DeviceSlot(There, 1), "x");
        Engine.Sessions.Online[Zoe] = [other, NewSession(new DeviceSlot(There, 1), "y"), NewSession(new DeviceSlot(Here, 2), "tablet")];
        foreach (var device in new[] { "a", "b" }) Value(await AdmitAsync(Phone(device), TwoOfAKind));

        Assert.Empty(Kicks());
    }

    [Fact]
    public async Task A_full_house_refuses_when_the_app_wants_it()
    {
        await Engine.GivenUsersAsync("zoe");
        var policy = new DevicePolicy(1, isForAll: true, refusesWhenFull: true, maxGrants: 9);
        Value(await AdmitAsync(Phone("a"), policy));

        Assert.Equal(Condition.DeviceLimitReached, ConditionOf(await AdmitAsync(Phone("b"), policy)));
        Assert.Equal(Condition.None, ConditionOf(await AdmitAsync(Phone("a"), policy)));
    }

    [Fact]
    public async Task Nobody_is_let_in_as_an_account_that_is_missing_or_disabled()
    {
        Assert.Equal(Condition.AccountNotFound, ConditionOf(await AdmitAsync(Phone("a"), TwoOfAKind)));
        await Engine.GivenUsersAsync("zoe");
        var phone = Phone("a");
        Value(await AdmitAsync(phone, TwoOfAKind));
        Value(await Engine.Get<DisableAccount>().RunAsync(Admin, Zoe, isDisabled: true, Ct));

        AssertOneKick(phone, EndReason.AccountDisabled);
        Assert.Equal(Condition.AccountDisabled, ConditionOf(await AdmitAsync(Phone("b"), TwoOfAKind)));
        await RestartAsync();
        Assert.Equal(Condition.AccountDisabled, ConditionOf(await AdmitAsync(Phone("b"), TwoOfAKind)));
        Value(await Engine.Get<DisableAccount>().RunAsync(Admin, Zoe, isDisabled: false, Ct));
        Assert.Equal(Condition.None, ConditionOf(await AdmitAsync(Phone("b"), TwoOfAKind)));
    }

    [Fact]
    public async Task What_was_issued_before_a_user_was_invalidated_is_void()
    {
        await Engine.GivenUsersAsync("zoe");
        var phone = Phone("a");
        Value(await AdmitAsync(phone, TwoOfAKind));
        Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Value(await Engine.Get<InvalidateTokens>().RunAsync(Admin, Zoe, Ct)));

        AssertOneKick(phone, EndReason.TokenInvalidated);
        await RestartAsync();
        Engine.Clock.Advance(TimeSpan.FromSeconds(1)); // the clock begins anew with the engine
        Assert.Equal(Condition.TokenInvalidated, ConditionOf(await AdmitAsync(Phone("b"), TwoOfAKind, issuedAt: Now - 1)));
        Assert.Equal(Condition.None, ConditionOf(await AdmitAsync(Phone("b"), TwoOfAKind, issuedAt: Now)));
    }

    [Fact]
    public async Task A_token_that_is_kept_must_be_known()
    {
        await Engine.GivenUsersAsync("zoe");
        var grant = new Grant(Zoe, new DeviceSlot(Here, 0), GrantKey.Of("t"u8), GrantState.Valid, Now, Now + 1000);
        Assert.Equal(Condition.GrantUnknown, ConditionOf(await AdmitAsync(Phone("a") with { Grant = grant.Key }, TwoOfAKind)));
        Value(await Engine.Get<GrantBook>().IssueAsync(App, grant, TwoOfAKind, TimeSpan.Zero, Ct));

        Assert.Equal(Condition.None, ConditionOf(await AdmitAsync(Phone("a") with { Grant = grant.Key }, TwoOfAKind)));
    }

    [Fact]
    public async Task A_login_of_one_dialect_leaves_the_grants_of_another_alone()
    {
        await Engine.GivenUsersAsync("zoe");
        var grants = new[] { Here, There, Here }.Select((dialect, i) =>
            new Grant(Zoe, new DeviceSlot(dialect, 1), GrantKey.Of([(byte)i]), GrantState.Valid, Now + i, Now + 1000)).ToArray();
        foreach (var grant in grants)
            Value(await Engine.Get<GrantBook>().IssueAsync(App, grant, new DevicePolicy(1, isForAll: false, refusesWhenFull: false, maxGrants: 1), TimeSpan.Zero, Ct));
        await RestartAsync();

        Assert.Equal([Condition.GrantKicked, Condition.None, Condition.None], await Task.WhenAll(grants.Select(StateAsync)));
    }

    [Fact]
    public async Task One_device_or_all_are_ended_by_an_administrator()
    {
        await Engine.GivenUsersAsync("zoe");
        foreach (var device in new[] { "a", "b" }) Value(await AdmitAsync(Phone(device), TwoOfAKind));
        var end = new SessionEnd(EndReason.ByAdministrator);

        Assert.Equal(1, Value(await Engine.Get<EndSessions>().RunAsync(Admin, Zoe, new SessionSelection(Here, "b"), end, Ct)));
        Assert.Equal(0, Value(await Engine.Get<EndSessions>().RunAsync(Admin, Zoe, new SessionSelection(There), end, Ct)));
        Assert.Equal(2, Value(await Engine.Get<EndSessions>().RunAsync(Admin, Zoe, SessionSelection.All, end, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<EndSessions>().RunAsync(As("bob"), Zoe, SessionSelection.All, end, Ct)));
        Assert.Equal(Condition.AccountNotFound, ConditionOf(await Engine.Get<EndSessions>().RunAsync(Admin, new UserId("nobody"), SessionSelection.All, end, Ct)));
    }

    private static DevicePolicy TwoOfAKind => new(2, isForAll: false, refusesWhenFull: false, maxGrants: 9);

    private long Now => Engine.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<Condition> StateAsync(Grant grant) =>
        ConditionOf(await Engine.Get<GrantBook>().FindAsync(App, Zoe, grant.Slot, grant.Key, Ct));

    private void AssertOneKick(SessionInfo session, EndReason reason)
    {
        var kick = Assert.Single(Kicks());
        Assert.Equal([session.Id], kick.Sessions);
        Assert.Equal(reason, kick.End.Reason);
    }

    private SessionsKicked[] Kicks() => [.. Engine.Bus.Events.OfType<SessionsKicked>()];

    private SessionInfo Phone(string device) => NewSession(new DeviceSlot(Here, 1), device);

    private SessionInfo NewSession(DeviceSlot slot, string device) => new(new SessionId(++_sessions), slot, default) { Device = device };

    private ValueTask<Result<Done>> AdmitAsync(SessionInfo session, LoginPolicy policy, string detail = "", long? issuedAt = null) =>
        Engine.Get<GrantBook>().AdmitSignedAsync(App, Zoe, session, issuedAt ?? Now, policy, detail, () => Enter(session), Ct);

    private void Enter(SessionInfo session)
    {
        if (!Engine.Sessions.Online.TryGetValue(Zoe, out var online)) Engine.Sessions.Online[Zoe] = online = [];
        online.Add(session);
    }
}
