namespace Dragoman.Engine.Sessions;

/// <summary>Which logins of one user exclude each other. A dialect describes its vendor's policies; the engine carries them out.</summary>
public abstract class LoginPolicy
{
    /// <summary>The grants that lose their right because a new one is issued for a slot.</summary>
    /// <param name="valid">The user's valid, unexpired grants, oldest first; without the new one.</param>
    public abstract IEnumerable<Grant> LosersOnIssue(DeviceSlot slot, IReadOnlyList<Grant> valid);

    /// <summary>The connections that must go because another one is opened.</summary>
    public abstract IEnumerable<SessionInfo> LosersOnConnect(SessionInfo newcomer, IReadOnlyList<SessionInfo> others);

    /// <summary>The grants that lose their right because a connection is opened with <paramref name="newcomer"/>'s grant.</summary>
    public abstract IEnumerable<Grant> LosersOnConnect(SessionInfo newcomer, IReadOnlyList<Grant> valid, IReadOnlyList<SessionInfo> kicked);
}
