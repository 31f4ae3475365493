namespace Dragoman.Engine;

/// <summary>Who asks: a user of an app, or the app itself through one of its administrators.</summary>
/// <param name="Operation">What the client calls this request, for whoever follows a trace; never a rule.</param>
/// <param name="Session">The connection of the device that asks, when it is known: for news that are for the others only.</param>
public readonly record struct Caller(AppId App, UserId User, bool IsAdministrator, string Operation = "", SessionId Session = default)
{
    public bool MayActFor(UserId user) => IsAdministrator || User == user;
}
