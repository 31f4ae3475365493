namespace Dragoman.Engine;

/// <summary>Who asks: a user of an app, or the app itself through one of its administrators.</summary>
public readonly record struct Caller(AppId App, UserId User, bool IsAdministrator)
{
    public bool MayActFor(UserId user) => IsAdministrator || User == user;
}
