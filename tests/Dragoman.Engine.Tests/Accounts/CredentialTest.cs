using Dragoman.Engine.Accounts;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Ports;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Accounts;

/// <summary>A test about passwords and names, with the words in which they speak.</summary>
public abstract class CredentialTest : EngineTest
{
    protected static readonly UserId Alice = new("alice");
    protected static readonly UserId Bob = new("bob");
    protected static readonly UserId Dora = new("dora");

    protected CredentialLimits Limits => Engine.Get<CredentialLimits>();

    protected static Password Said(string text, string form = "plain") => new(text, form);

    protected static LoginName Name(LoginNameKind kind, string given) => Value(LoginName.Of(kind, given));

    protected async Task<Result<Account>> CheckAsync(UserId user, string password, string form = "plain") =>
        await Engine.Get<CheckPassword>().RunAsync(App, user, Said(password, form), Ct);

    protected async Task<Result<Done>> SetAsync(Caller caller, UserId user, string? old, string password) =>
        await Engine.Get<SetPassword>().RunAsync(caller, user, old is null ? null : Said(old), Said(password), Ct);

    protected async Task<Result<IReadOnlyList<Account>>> RegisterAsync(params Newcomer[] newcomers) =>
        await Engine.Get<RegisterAccounts>().RunAsync(Admin, newcomers, Ct);

    protected async Task<UserId?> OwnerOfAsync(LoginName name) => await Engine.Get<ILoginNameStore>().FindAsync(App, name, Ct);

    protected async Task<Account?> AccountAsync(UserId user) => await Engine.Get<AccountDirectory>().FindAsync(App, user, Ct);

    protected async Task<Result<Done>> UpdateAsync(UserId user, ProfileChange change) =>
        await Engine.Get<UpdateProfile>().RunAsync(As(user.Value), user, change, Ct);

    protected static Newcomer New(UserId user) => new(new Account { App = App, Id = user, Nickname = $"nick {user.Value}" });
}
