using System.Collections.Immutable;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Sessions;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

public abstract class AccountSuite(TestStorage storage) : StorageSuite(storage)
{
    [Fact]
    public async Task An_account_comes_back_as_it_was_created_and_as_it_was_changed()
    {
        var created = new Account
        {
            App = App,
            Id = Alice,
            Nickname = "Alice",
            Avatar = "a.png",
            Extra = "{}",
            Role = AccountRole.Service,
            Receive = ReceiveOption.Silent,
            CreatedAt = 1_700_000_000_000,
            Traits = ImmutableDictionary<string, string>.Empty.Add("openim.level", "3"),
            Profile = ImmutableDictionary<string, string>.Empty.Add(ProfileKeys.Region, "K\u00f6ln"),
            Fields = ImmutableDictionary<string, string>.Empty.Add("shoe", "41"),
        };
        await WriteAsync(new CreateAccount(App, created));
        AssertSame(created, await FindAsync(Alice));

        var changed = created with { State = AccountState.Disabled, InvalidBefore = 1_700_000_000_001, UpdatedAt = 1_700_000_000_002, Nickname = "Al", Receive = ReceiveOption.Refuse, Traits = ImmutableDictionary<string, string>.Empty, Fields = created.Fields.Add("hat", "") };
        await WriteAsync(new PutAccount(App, changed));
        AssertSame(changed, await FindAsync(Alice));
        await RestartAsync();
        AssertSame(changed, await FindAsync(Alice));
    }

    [Fact]
    public async Task Accounts_get_numbers_of_their_own_and_keep_them()
    {
        await WriteAsync(NewAccount("alice"), NewAccount("bob"));
        var (alice, bob) = ((await FindAsync(Alice))!, (await FindAsync(Bob))!);
        await WriteAsync(new PutAccount(App, alice with { Nickname = "other" }));

        Assert.True(alice.Number > 0 && bob.Number > 0 && alice.Number != bob.Number);
        Assert.Equal(alice.Number, (await FindAsync(Alice))!.Number);
    }

    [Fact]
    public async Task An_account_is_found_by_its_number_in_its_app_only()
    {
        await WriteAsync(NewAccount("alice"), NewAccount("bob"));
        var number = (await FindAsync(Bob))!.Number;

        Assert.Equal(Bob, (await Get<IAccountStore>().FindByNumberAsync(App, number, Ct))!.Id);
        Assert.Null(await Get<IAccountStore>().FindByNumberAsync(new AppId(2), number, Ct));
        Assert.Null(await Get<IAccountStore>().FindByNumberAsync(App, number + 1000, Ct));
    }

    [Fact]
    public async Task Active_users_are_counted_by_the_last_of_their_days()
    {
        var store = Get<IAccountStore>();
        await WriteAsync(new PutActiveDay(App, Alice, 100), new PutActiveDay(App, Bob, 101), new PutActiveDay(new AppId(2), Alice, 105));
        Assert.Equal((2, 1, 0), (await store.CountActiveAsync(App, 100, Ct), await store.CountActiveAsync(App, 101, Ct), await store.CountActiveAsync(App, 102, Ct)));

        await WriteAsync(new PutActiveDay(App, Alice, 102));
        Assert.Equal((2, 1), (await store.CountActiveAsync(App, 101, Ct), await store.CountActiveAsync(App, 102, Ct)));
        Assert.Equal((102, 105, null), (await store.LastActiveDayAsync(App, Alice, Ct), await store.LastActiveDayAsync(new AppId(2), Alice, Ct), await store.LastActiveDayAsync(new AppId(2), Bob, Ct)));
    }

    [Fact]
    public async Task Grants_of_two_dialects_stay_apart()
    {
        var (here, there) = (NewGrant("one", slot: 5), NewGrant("two", slot: 5) with { Slot = new DeviceSlot(new DialectId(4), 5) });
        await WriteAsync(new PutGrant(App, here), new PutGrant(App, there));
        await RestartAsync();

        Assert.Equivalent(new[] { here, there }, await Get<IAccountStore>().GrantsAsync(App, Alice, Ct), strict: true);
    }

    [Fact]
    public async Task The_same_id_in_two_apps_is_two_accounts()
    {
        var other = new AppId(2);
        await WriteAsync(NewAccount("alice"));

        Assert.Equal(Condition.None, await WriteAsync(new CreateAccount(other, new Account { App = other, Id = Alice, Nickname = "another" })));
        Assert.Equal("nick alice", (await FindAsync(Alice))!.Nickname);
        Assert.Equal("another", (await Get<IAccountStore>().FindAsync(other, Alice, Ct))!.Nickname);
        Assert.Null(await Get<IAccountStore>().FindAsync(new AppId(3), Alice, Ct));
    }

    [Fact]
    public async Task Grants_are_added_replaced_and_removed()
    {
        var (first, second) = (NewGrant("first", slot: 1), NewGrant("second", slot: 2));
        await WriteAsync(new PutGrant(App, first), new PutGrant(App, second), new PutGrant(new AppId(2), first));
        var kicked = first with { State = GrantState.Kicked, UsableUntil = 99 };
        await WriteAsync(new PutGrant(App, kicked));
        Assert.Equivalent(new[] { kicked, second }, await Get<IAccountStore>().GrantsAsync(App, Alice, Ct), strict: true);

        await WriteAsync(new RemoveGrants(App, Alice, [first.Key, GrantKey.Of("never there"u8)]));
        Assert.Equal([second], await Get<IAccountStore>().GrantsAsync(App, Alice, Ct));
        Assert.Single(await Get<IAccountStore>().GrantsAsync(new AppId(2), Alice, Ct));
        Assert.Empty(await Get<IAccountStore>().GrantsAsync(App, Bob, Ct));
    }

    [Fact]
    public async Task An_app_is_added_once()
    {
        var apps = Get<IAppStore>();
        await apps.AddAsync("one", """{"name":"one"}""", Ct);
        await apps.AddAsync("one", """{"name":"another"}""", Ct);
        await apps.AddAsync("two", "{}", Ct);

        var stored = await apps.ListAsync(Ct);
        Assert.Equal([("one", """{"name":"one"}"""), ("two", "{}")], stored.Select(a => (a.Name, a.Definition)));
        Assert.Equal(2, stored.Select(a => a.Id).Distinct().Count());
    }

    [Fact]
    public async Task Accounts_are_searched_by_parts_names_gender_and_state()
    {
        await WriteAsync(
            Person("u1", "Anna", gender: "2"), Person("u2", "Hannah", gender: ""), Person("u3", "Otto", gender: "1"),
            Person("u4", "Anne", gender: "2", app: 2), Person("u5", "Ann", gender: "1", state: AccountState.Disabled));

        Assert.Equal(["u1", "u2", "u5"], await SearchAsync(new AccountQuery { AnyPart = "nn" }));
        Assert.Equal(["u1", "u2", "u3", "u5"], await SearchAsync(new AccountQuery { AnyPart = "nn", OrUsers = [new("u3"), new("u4"), new("nobody")] }));
        Assert.Equal(["u1", "u2"], await SearchAsync(new AccountQuery { AnyPart = "nn", OnlyLiving = true }));
        Assert.Equal(["u3", "u5"], await SearchAsync(new AccountQuery { Genders = ["1"] }));
        Assert.Equal(["u2"], await SearchAsync(new AccountQuery { Genders = [""] }));
        Assert.Equal(["u1", "u2"], await SearchAsync(new AccountQuery { Genders = ["2", ""] }));
        Assert.Equal(["u1", "u3", "u5"], await SearchAsync(new AccountQuery { Genders = ["1", "2"] }));
    }

    private static CreateAccount Person(string user, string nickname, string gender, AccountState state = AccountState.Living, int app = 1)
    {
        var profile = ImmutableDictionary<string, string>.Empty.Add(ProfileKeys.Signature, "\"gender\":\"1\"");
        if (gender.Length > 0) profile = profile.Add(ProfileKeys.Gender, gender);
        return new(new AppId(app), new Account { App = new AppId(app), Id = new(user), Nickname = nickname, Profile = profile, State = state });
    }

    private async Task<IEnumerable<string>> SearchAsync(AccountQuery query)
    {
        var (total, page) = await Get<IAccountStore>().PageAsync(App, query, 0, 100, Ct);
        Assert.Equal(total, page.Count);
        return page.Select(account => account.Id.Value);
    }

    private ValueTask<Account?> FindAsync(UserId user) => Get<IAccountStore>().FindAsync(App, user, Ct);

    private static Grant NewGrant(string token, int slot) =>
        new(Alice, new DeviceSlot(new DialectId(3), slot), GrantKey.Of(System.Text.Encoding.UTF8.GetBytes(token)), GrantState.Valid, 1, 2);

    private static void AssertSame(Account expected, Account? actual) =>
        Assert.Equivalent(expected with { Number = actual!.Number }, actual, strict: true);
}
