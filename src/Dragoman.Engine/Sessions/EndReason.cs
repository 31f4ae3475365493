namespace Dragoman.Engine.Sessions;

/// <summary>Why the server ends a session; each dialect tells its client in its own words.</summary>
public enum EndReason
{
    /// <summary>Another login took its place.</summary>
    ReplacedByLogin,

    /// <summary>The same device has connected anew; nobody has to be told.</summary>
    Reconnected,

    /// <summary>The user has as many devices as he may, and this one was the oldest.</summary>
    DeviceLimit,

    ByAdministrator,
    ByOwnOtherDevice,
    PasswordChanged,
    AccountDisabled,
    AccountDeleted,
    TokenExpired,

    /// <summary>Everything that was issued until now was declared void.</summary>
    TokenInvalidated,

    SlowReader,
    NodeStopping,
}

/// <param name="Detail">What the newcomer says to those whose place he takes; empty for the other reasons.</param>
public readonly record struct SessionEnd(EndReason Reason, string Detail = "");
