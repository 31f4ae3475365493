using System.Collections.Frozen;

namespace Dragoman.Engine;

/// <summary>Who asks: a user of an app, or the app itself through one of its administrators.</summary>
/// <param name="Operation">What the client calls this request, for whoever follows a trace; never a rule.</param>
/// <param name="Session">The connection of the device that asks, when it is known: for news that are for the others only.</param>
public readonly record struct Caller(AppId App, UserId User, bool IsAdministrator, string Operation = "", SessionId Session = default)
{
    /// <summary>The types of groups that his client can be shown as what they are; null is all.</summary>
    public FrozenSet<GroupTypeId>? GroupTypes { get; init; }

    /// <summary>What the app's plan allows of groups; null is what the server does.</summary>
    public Groups.GroupQuota? GroupQuota { get; init; }

    /// <summary>What the dialect calls the way by which the request came; handed to hooks, never a rule.</summary>
    public string? Route { get; init; }

    /// <summary>The app's own server is neither asked nor told: at the start, and of what the vendor tells nobody.</summary>
    public bool SkipsHooks { get; init; }

    public bool MayActFor(UserId user) => IsAdministrator || User == user;

    public bool Understands(GroupTypeId type) => GroupTypes is null || GroupTypes.Contains(type);
}
