namespace Dragoman.Engine;

/// <summary>Who asks: a user of an app, or the app itself through one of its administrators.</summary>
/// <param name="Operation">What the client calls this request, for whoever follows a trace; never a rule.</param>
public readonly record struct Caller(AppId App, UserId User, bool IsAdministrator, string Operation = "")
{
    public bool MayActFor(UserId user) => IsAdministrator || User == user;
}
