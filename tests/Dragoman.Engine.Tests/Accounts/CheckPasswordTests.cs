using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Ports;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Accounts;

public sealed class CheckPasswordTests : CredentialTest
{
    [Fact]
    public async Task The_right_password_finds_the_account_also_after_a_restart()
    {
        Value(await SetAsync(Admin, Alice, old: null, "secret"));
        await RestartAsync();

        Assert.Equal(Alice, Value(await CheckAsync(Alice, "secret")).Id);
        Assert.Equal(Condition.PasswordWrong, ConditionOf(await CheckAsync(Alice, "Secret")));
        Assert.Equal(Condition.PasswordWrong, ConditionOf(await CheckAsync(Alice, "")));
        Assert.Equal(Condition.PasswordWrong, ConditionOf(await CheckAsync(Alice, new string('x', 100_000))));
    }

    [Fact]
    public async Task A_password_of_another_form_is_wrong()
    {
        Value(await SetAsync(Admin, Alice, old: null, "secret"));

        Assert.Equal(Condition.PasswordWrong, ConditionOf(await CheckAsync(Alice, "secret", form: "other")));
    }

    [Fact]
    public async Task Who_does_not_exist_or_has_no_password_costs_a_hash_like_everybody()
    {
        Value(await SetAsync(Admin, Alice, old: null, "secret"));
        foreach (var (user, condition) in new[]
        {
            (Alice, Condition.PasswordWrong), (Bob, Condition.PasswordWrong), (new UserId("nobody"), Condition.AccountNotFound),
        })
        {
            var before = Engine.Get<PasswordHasher>().Hashed;
            Assert.Equal(condition, ConditionOf(await CheckAsync(user, "wrong")));
            Assert.Equal(before + 1, Engine.Get<PasswordHasher>().Hashed);
        }
    }

    [Fact]
    public async Task After_too_many_failures_the_right_one_is_not_looked_at_either()
    {
        Limits.FailuresPerMinute = 3;
        Value(await SetAsync(Admin, Alice, old: null, "secret"));
        for (var i = 0; i < 3; i++) Assert.Equal(Condition.PasswordWrong, ConditionOf(await CheckAsync(Alice, "wrong")));

        var refused = await CheckAsync(Alice, "secret");

        Assert.False(refused.TryGet(out _, out var refusal));
        Assert.Equal(
            (Condition.TooManyFailures, Engine.Clock.GetUtcNow() + TimeSpan.FromSeconds(20)), (refusal.Condition, refusal.Until!.Value));
        Assert.Equal(Condition.PasswordWrong, ConditionOf(await CheckAsync(Bob, "wrong")));
        Engine.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(Alice, Value(await CheckAsync(Alice, "secret")).Id);
    }

    [Fact]
    public async Task Logins_that_succeed_are_no_failures_but_are_counted()
    {
        (Limits.FailuresPerMinute, Limits.LoginsPerMinute) = (1, 5);
        Value(await SetAsync(Admin, Alice, old: null, "secret"));
        for (var i = 0; i < 5; i++) Value(await CheckAsync(Alice, "secret"));

        Assert.Equal(Condition.LoginRateExceeded, ConditionOf(await CheckAsync(Alice, "secret")));
        Engine.Clock.Advance(TimeSpan.FromSeconds(12));
        Value(await CheckAsync(Alice, "secret"));
    }

    [Fact]
    public async Task Failures_of_nobody_are_counted_too()
    {
        Limits.FailuresPerMinute = 1;
        Assert.Equal(Condition.AccountNotFound, ConditionOf(await CheckAsync(Dora, "wrong")));

        Assert.Equal(Condition.TooManyFailures, ConditionOf(await CheckAsync(Dora, "wrong")));
        Assert.Equal(Condition.AccountNotFound, ConditionOf(await CheckAsync(new UserId(new string('x', 10_000)), "wrong")));
    }

    [Fact]
    public async Task Old_rounds_are_raised_at_the_next_login()
    {
        Value(await SetAsync(Admin, Alice, old: null, "secret"));
        Limits.Rounds = 1_500;

        Assert.Equal(Condition.PasswordWrong, ConditionOf(await CheckAsync(Alice, "wrong")));
        Assert.Equal(1_000, (await StoredAsync(Alice))!.Rounds);
        Value(await CheckAsync(Alice, "secret"));

        Assert.Equal(1_500, (await StoredAsync(Alice))!.Rounds);
        Value(await CheckAsync(Alice, "secret"));
    }

    [Fact]
    public async Task The_hash_is_slow_salted_and_named()
    {
        Value(await SetAsync(Admin, Alice, old: null, "secret"));
        Value(await SetAsync(Admin, Bob, old: null, "secret"));

        var (alice, bob) = ((await StoredAsync(Alice))!, (await StoredAsync(Bob))!);
        Assert.Equal(("plain", "pbkdf2-sha256", 16, 32), (alice.Form, alice.Algorithm, alice.Salt.Length, alice.Hash.Length));
        Assert.NotEqual(alice.Salt, bob.Salt);
        Assert.NotEqual(alice.Hash, bob.Hash);
        Assert.Equal(210_000, new CredentialLimits().Rounds);
        Assert.DoesNotContain("secret", $"{Said("secret")} {alice}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_too_long_is_refused_and_not_queued()
    {
        using var hasher = new PasswordHasher(new CredentialLimits { Workers = 1, MaxWaiting = 1 });
        var desk = new PasswordDesk(hasher, new CredentialLimits { Rounds = 500_000 }, Engine.Clock);

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => desk.MakeAsync(Said("secret"), Ct).AsTask()));

        var made = all.Count(result => result.TryGet(out var _, out var _));
        Assert.InRange(made, 1, 9);
        Assert.All(all, result => Assert.Contains(ConditionOf(result), new[] { Condition.None, Condition.Overloaded }));
        Assert.Equal(made, hasher.Hashed);
    }

    private async Task<StoredPassword?> StoredAsync(UserId user) => await Engine.Get<IPasswordStore>().FindAsync(App, user, Ct);
}
