namespace Dragoman.Engine.Rates;

/// <summary>How often something may happen.</summary>
/// <param name="PerSecond">On average; 0 is without limit.</param>
/// <param name="Burst">At once, after a pause; at least 1.</param>
public readonly record struct Rate(int PerSecond, int Burst)
{
    /// <summary>As much at once as in a second.</summary>
    public static Rate Of(int perSecond) => new(perSecond, Math.Max(1, perSecond));

    public bool IsUnlimited => PerSecond <= 0;
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
}

/// <param name="Subject">Whose; empty for the app's own.</param>
public readonly record struct RateKey(AppId App, RateName Name, string Subject = "");
