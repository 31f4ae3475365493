namespace Dragoman.Engine.Sessions;

/// <summary>Whose logins may exclude each other.</summary>
public enum LoginScope
{
    /// <summary>Those of one dialect: what vendors count as devices differs.</summary>
    Dialect,

    App,
}

/// <summary>Which logins of one user exclude each other. A dialect describes its vendor's policies; the engine carries them out.</summary>
public abstract class LoginPolicy
{
    /// <summary>A policy is never shown grants and sessions beyond its scope.</summary>
    public virtual LoginScope Scope => LoginScope.Dialect;

    /// <summary>What those are told who have to go because another connection is opened.</summary>
    public virtual EndReason LoserReason => EndReason.ReplacedByLogin;

    /// <summary>Whether there is no room for one more, and nobody has to make any.</summary>
    public virtual bool Refuses(SessionInfo newcomer, IReadOnlyList<SessionInfo> others) => false;

    /// <summary>The grants that lose their right because a new one is issued for a slot.</summary>
    /// <param name="valid">The user's valid, unexpired grants, oldest first; without the new one.</param>
    public abstract IEnumerable<Grant> LosersOnIssue(DeviceSlot slot, IReadOnlyList<Grant> valid);

    /// <summary>The connections that must go because another one is opened.</summary>
    public abstract IEnumerable<SessionInfo> LosersOnConnect(SessionInfo newcomer, IReadOnlyList<SessionInfo> others);

    /// <summary>The grants that lose their right because a connection is opened with <paramref name="newcomer"/>'s grant.</summary>
    public abstract IEnumerable<Grant> LosersOnConnect(SessionInfo newcomer, IReadOnlyList<Grant> valid, IReadOnlyList<SessionInfo> kicked);
}
