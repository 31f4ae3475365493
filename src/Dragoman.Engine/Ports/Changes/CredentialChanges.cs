using Dragoman.Engine.Accounts.Credentials;

namespace Dragoman.Engine.Ports;

public sealed record PutPassword(AppId App, UserId User, StoredPassword Password) : StoreChange(App)
{
    public override int OrderingKey => HashCode.Combine(App, User);
}

/// <summary>Conflicts with <see cref="Condition.PasswordWrong"/> when the password is not the one with this salt any more.</summary>
public sealed record ReplacePassword(AppId App, UserId User, byte[] Salt, StoredPassword Password) : StoreChange(App)
{
    public override int OrderingKey => HashCode.Combine(App, User);
}

/// <summary>
/// Gives a user a name in the place of the one of this kind that he has; conflicts with <see cref="LoginName.TakenOf"/> when it is
/// another one's.
/// </summary>
/// <remarks>First in its unit: names are ordered by app, so that no two writers wait for each other's.</remarks>
public sealed record PutLoginName(AppId App, UserId User, LoginName Name) : StoreChange(App);

public sealed record RemoveLoginName(AppId App, UserId User, LoginNameKind Kind) : StoreChange(App);

/// <summary>Conflicts with <see cref="Condition.InvitationSpent"/> when somebody has registered with it already.</summary>
/// <param name="At">Unix milliseconds.</param>
public sealed record SpendInvitation(AppId App, string Invitation, UserId User, long At) : StoreChange(App);
