using Dragoman.Engine.Accounts;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Ports;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Accounts;

public sealed class LoginNameTests : CredentialTest
{
    [Theory]
    [InlineData(LoginNameKind.Phone, "+86 138-0000", "86138 0000")]
    [InlineData(LoginNameKind.Mail, "Alice@Example.ORG", " alice@example.org")]
    [InlineData(LoginNameKind.Name, "ＡlicE", "alice")]
    public void Two_spellings_are_one_name(LoginNameKind kind, string one, string other) => Assert.Equal(Name(kind, one), Name(kind, other));

    [Theory]
    [InlineData(LoginNameKind.Phone, "no digits")]
    [InlineData(LoginNameKind.Name, "")]
    [InlineData(LoginNameKind.Name, " ")]
    [InlineData(LoginNameKind.Mail, "a\u0001b")]
    public void What_cannot_be_folded_is_no_name(LoginNameKind kind, string given) =>
        Assert.Equal(Condition.LoginNameInvalid, ConditionOf(LoginName.Of(kind, given)));

    [Fact]
    public void Half_a_character_is_no_name() =>
        Assert.Equal(Condition.LoginNameInvalid, ConditionOf(LoginName.Of(LoginNameKind.Name, "\ud800")));

    [Fact]
    public void A_name_has_256_characters_at_most()
    {
        Assert.Equal(Condition.None, ConditionOf(LoginName.Of(LoginNameKind.Name, new string('x', 256))));
        Assert.Equal(Condition.LoginNameInvalid, ConditionOf(LoginName.Of(LoginNameKind.Name, new string('x', 257))));
    }

    [Theory]
    [InlineData(LoginNameKind.Phone, "123", Condition.PhoneTaken)]
    [InlineData(LoginNameKind.Mail, "a@b", Condition.MailTaken)]
    [InlineData(LoginNameKind.Name, "dodo", Condition.LoginNameTaken)]
    public async Task A_name_belongs_to_one_user_and_a_newcomer_who_wants_it_is_not_made(LoginNameKind kind, string given, Condition taken)
    {
        var name = Name(kind, given);
        Value(await UpdateAsync(Alice, Names(name)));

        Assert.Equal(taken, ConditionOf(await UpdateAsync(Bob, Names(name) with { Nickname = "bobby" })));
        Assert.Equal(taken, ConditionOf(await RegisterAsync(New(Dora) with { LoginNames = [name], Password = Said("secret") })));

        Assert.Equal("nick bob", (await AccountAsync(Bob))!.Nickname);
        Assert.Null(await AccountAsync(Dora));
        Assert.Null(await Engine.Get<IPasswordStore>().FindAsync(App, Dora, Ct));
        Assert.Equal(Alice, await OwnerOfAsync(name));
    }

    [Fact]
    public async Task A_newcomer_comes_with_names_and_a_password()
    {
        var (mail, phone) = (Name(LoginNameKind.Mail, "d@x"), Name(LoginNameKind.Phone, "1"));

        var created = Value(await RegisterAsync(New(Dora) with { LoginNames = [mail, phone], Password = Said("secret") }));

        Assert.Equal(Dora, Assert.Single(created).Id);
        Assert.Equal((Dora, Dora), (await OwnerOfAsync(mail), await OwnerOfAsync(phone)));
        Assert.Equal([phone, mail], await Engine.Get<ILoginNameStore>().OfAsync(App, Dora, Ct));
        Value(await CheckAsync(Dora, "secret"));
        Assert.Equal(Condition.PasswordInvalid, ConditionOf(await RegisterAsync(New(new("erna")) with { Password = Said("") })));
    }

    [Fact]
    public async Task Another_name_of_the_same_kind_sets_the_old_one_free()
    {
        var (old, other) = (Name(LoginNameKind.Phone, "1"), Name(LoginNameKind.Phone, "2"));
        Value(await UpdateAsync(Alice, Names(old)));
        Value(await UpdateAsync(Alice, Names(old)));
        Value(await UpdateAsync(Alice, Names(other)));
        Assert.Equal((null, Alice), (await OwnerOfAsync(old), await OwnerOfAsync(other)));

        Value(await UpdateAsync(Bob, Names(old)));
        var none = new Dictionary<LoginNameKind, LoginName?> { [LoginNameKind.Phone] = null };
        Value(await UpdateAsync(Alice, new ProfileChange { LoginNames = none }));

        Assert.Empty(await Engine.Get<ILoginNameStore>().OfAsync(App, Alice, Ct));
        Assert.Equal(Bob, await OwnerOfAsync(old));
    }

    [Fact]
    public async Task An_invitation_holds_once()
    {
        Value(await RegisterAsync(New(Dora) with { Invitation = "come" }));

        Assert.Equal(Condition.InvitationSpent, ConditionOf(await RegisterAsync(New(new("erna")) with { Invitation = "come" })));
        Assert.True(await Engine.Get<ILoginNameStore>().IsSpentAsync(App, "come", Ct));
        Assert.False(await Engine.Get<ILoginNameStore>().IsSpentAsync(App, "other", Ct));
        Assert.Null(await AccountAsync(new("erna")));
    }

    private static ProfileChange Names(params LoginName[] names) =>
        new() { LoginNames = names.ToDictionary(name => name.Kind, name => (LoginName?)name) };
}
