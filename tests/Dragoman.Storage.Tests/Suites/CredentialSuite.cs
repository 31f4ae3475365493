using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

public abstract class CredentialSuite(TestStorage storage) : StorageSuite(storage)
{
    private static readonly LoginName Phone = new(LoginNameKind.Phone, "123");
    private static readonly LoginName Mail = new(LoginNameKind.Mail, "a@b");

    [Fact]
    public async Task A_password_comes_back_as_it_was_put_and_put_again()
    {
        await WriteAsync(new PutPassword(App, Alice, Made(1)));
        AssertSame(Made(1), await PasswordAsync(Alice));
        await WriteAsync(new PutPassword(App, Alice, Made(2)));
        await RestartAsync();

        AssertSame(Made(2), await PasswordAsync(Alice));
        Assert.Null(await PasswordAsync(Bob));
        Assert.Null(await Get<IPasswordStore>().FindAsync(new AppId(2), Alice, Ct));
    }

    [Fact]
    public async Task A_password_is_replaced_only_while_it_is_the_one_that_is_meant()
    {
        await WriteAsync(new PutPassword(App, Alice, Made(1)));

        Assert.Equal(Condition.None, await WriteAsync(new ReplacePassword(App, Alice, Made(1).Salt, Made(2))));
        Assert.Equal(Condition.PasswordWrong, await WriteAsync(new ReplacePassword(App, Alice, Made(1).Salt, Made(3))));
        Assert.Equal(Condition.PasswordWrong, await WriteAsync(new ReplacePassword(App, Bob, Made(1).Salt, Made(3))));
        Assert.Equal(Condition.PasswordWrong, await WriteAsync(new ReplacePassword(new AppId(2), Alice, Made(2).Salt, Made(3))));
        AssertSame(Made(2), await PasswordAsync(Alice));
    }

    [Fact]
    public async Task A_name_is_one_users_until_he_gives_it_up()
    {
        Assert.Equal(Condition.None, await WriteAsync(new PutLoginName(App, Alice, Phone), new PutLoginName(App, Alice, Mail)));
        Assert.Equal(Condition.PhoneTaken, await WriteAsync(new PutLoginName(App, Bob, Phone)));
        Assert.Equal(Condition.MailTaken, await WriteAsync(new PutLoginName(App, Bob, Mail)));
        Assert.Equal(Condition.None, await WriteAsync(new PutLoginName(App, Alice, Phone)));
        Assert.Equal(Condition.None, await WriteAsync(new PutLoginName(new AppId(2), Bob, Phone)));
        Assert.Equal(Condition.None, await WriteAsync(new PutLoginName(App, Bob, Phone with { Kind = LoginNameKind.Name })));
        Assert.Equal([Phone, Mail], await NamesAsync(Alice));

        await WriteAsync(new RemoveLoginName(App, Alice, LoginNameKind.Phone), new PutLoginName(App, Alice, Mail with { Value = "c@d" }));

        Assert.Equal([Mail with { Value = "c@d" }], await NamesAsync(Alice));
        Assert.Equal(Condition.None, await WriteAsync(new PutLoginName(App, Bob, Phone), new PutLoginName(App, Bob, Mail)));
        Assert.Equal((Bob, Bob), (await OwnerAsync(Phone), await OwnerAsync(Mail)));
    }

    [Fact]
    public async Task A_unit_whose_name_is_taken_is_not_written_at_all()
    {
        await WriteAsync(new PutLoginName(App, Alice, Mail));

        Assert.Equal(
            Condition.MailTaken,
            await WriteAsync(new PutLoginName(App, Bob, Phone), new PutLoginName(App, Bob, Mail), NewAccount("bob"), new PutPassword(App, Bob, Made(1))));

        Assert.Empty(await NamesAsync(Bob));
        Assert.Null(await PasswordAsync(Bob));
        Assert.Null(await Get<IAccountStore>().FindAsync(App, Bob, Ct));
    }

    [Fact]
    public async Task Of_many_who_want_one_name_at_once_one_gets_it()
    {
        for (var round = 0; round < 10; round++)
        {
            var name = new LoginName(LoginNameKind.Phone, $"{round}");
            var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            {
                var user = $"u{round}-{i}";
                return WriteAsync(new PutLoginName(App, new(user), name), NewAccount(user));
            })));

            var winner = Assert.Single(Enumerable.Range(0, 16), i => results[i] == Condition.None);
            Assert.Equal(15, results.Count(condition => condition == Condition.PhoneTaken));
            Assert.Equal(new UserId($"u{round}-{winner}"), await OwnerAsync(name));
        }

        Assert.Equal(10, (await Get<IAccountStore>().PageAsync(App, new AccountQuery(), 0, 1000, Ct)).Total);
    }

    /// <summary>Each is the first change of its unit's account: several writers meet at the names.</summary>
    [Fact]
    public async Task Writers_who_take_names_crosswise_do_not_stop_each_other()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() =>
        {
            LoginName[] names = [Phone, Mail];
            if (i % 2 == 1) Array.Reverse(names);
            var user = new UserId($"u{i}");
            return WriteAsync([NewAccount(user.Value), .. names.Select(name => new PutLoginName(App, user, name))]);
        })));

        Assert.Single(results, condition => condition == Condition.None);
        Assert.All(results, condition => Assert.Contains(condition, new[] { Condition.None, Condition.PhoneTaken, Condition.MailTaken }));
        Assert.Equal(await OwnerAsync(Phone), await OwnerAsync(Mail));
    }

    [Fact]
    public async Task An_invitation_is_spent_once_in_an_app()
    {
        Assert.Equal(Condition.None, await WriteAsync(new SpendInvitation(App, "come", Alice, 7)));
        Assert.Equal(Condition.InvitationSpent, await WriteAsync(new SpendInvitation(App, "come", Bob, 8), NewAccount("bob")));
        Assert.Equal(Condition.None, await WriteAsync(new SpendInvitation(new AppId(2), "come", Bob, 8)));
        await RestartAsync();

        Assert.True(await Get<ILoginNameStore>().IsSpentAsync(App, "come", Ct));
        Assert.False(await Get<ILoginNameStore>().IsSpentAsync(App, "Come", Ct));
        Assert.Null(await Get<IAccountStore>().FindAsync(App, Bob, Ct));
    }

    [Fact]
    public async Task Names_are_found_by_their_end()
    {
        foreach (var (user, phone) in new[] { ("a", "861380001"), ("b", "11380001"), ("c", "1380001"), ("d", "861380002") })
            await WriteAsync(new PutLoginName(App, new(user), Phone with { Value = phone }));
        await WriteAsync(new PutLoginName(App, new("e"), Mail with { Value = "1380001" }), new PutLoginName(new AppId(2), new("f"), Phone with { Value = "1380001" }));
        async Task<IEnumerable<string>> FindAsync(string end, int maxBefore) =>
            (await Get<ILoginNameStore>().FindByEndAsync(App, Phone with { Value = end }, maxBefore, Ct)).Select(user => user.Value);

        Assert.Equal(["b", "c", "a"], await FindAsync("1380001", 2));
        Assert.Equal(["c"], await FindAsync("1380001", 0));
        Assert.Empty(await FindAsync("%", 10));
        Assert.Empty(await FindAsync("_380001", 10));
    }

    private static StoredPassword Made(byte number) =>
        new("form", StoredPassword.Pbkdf2Sha256, 1000 + number, [number, 0, 255], [0, number, 1], 1_700_000_000_000 + number);

    private ValueTask<StoredPassword?> PasswordAsync(UserId user) => Get<IPasswordStore>().FindAsync(App, user, Ct);

    private async Task<UserId?> OwnerAsync(LoginName name) => await Get<ILoginNameStore>().FindAsync(App, name, Ct);

    private async Task<IReadOnlyList<LoginName>> NamesAsync(UserId user) => await Get<ILoginNameStore>().OfAsync(App, user, Ct);

    private static void AssertSame(StoredPassword expected, StoredPassword? actual) => Assert.Equivalent(expected, actual, strict: true);
}
