namespace Dragoman.Engine.Rates;

/// <summary>How often something may happen.</summary>
/// <param name="Times">In a <paramref name="Period"/>, on average; 0 is without limit.</param>
/// <param name="Burst">At once, after a pause; at least 1.</param>
public readonly record struct Rate(int Times, int Burst, TimeSpan Period)
{
    public Rate(int perSecond, int burst)
        : this(perSecond, burst, TimeSpan.FromSeconds(1))
    {
    }

    /// <summary>As much at once as in a second.</summary>
    public static Rate Of(int perSecond) => new(perSecond, Math.Max(1, perSecond));

    /// <summary>As much at once as in a minute.</summary>
    public static Rate OfMinute(int perMinute) => new(perMinute, Math.Max(1, perMinute), TimeSpan.FromMinutes(1));

    public bool IsUnlimited => Times <= 0;

    /// <summary>What one time costs of it, in ticks.</summary>
    internal long Cost => Period.Ticks / Times;
}

/// <summary>What is counted. A closed set: keys come from outside, names do not.</summary>
public enum RateName : byte
{
    /// <summary>All that is asked of an app.</summary>
    App,

    /// <summary>What one user asks.</summary>
    Caller,

    /// <summary>What one user says.</summary>
    Send,

    /// <summary>What is said in one room.</summary>
    Conversation,

    /// <summary>One kind of request to an app.</summary>
    Operation,

    /// <summary>What comes over one connection.</summary>
    Session,

    /// <summary>Accounts that come into being in an app.</summary>
    Registration,

    /// <summary>Passwords that are checked of one user.</summary>
    Login,

    /// <summary>Passwords of one user that were wrong.</summary>
    FailedLogin,
}

/// <param name="Subject">Whose; empty for the app's own.</param>
public readonly record struct RateKey(AppId App, RateName Name, string Subject = "");
