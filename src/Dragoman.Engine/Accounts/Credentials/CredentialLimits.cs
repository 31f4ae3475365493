using System.ComponentModel.DataAnnotations;
using Dragoman.Engine.Rates;

namespace Dragoman.Engine.Accounts.Credentials;

/// <summary>Section <c>Credentials</c>: passwords, and how often they may be tried.</summary>
public sealed class CredentialLimits
{
    /// <summary>Rounds of PBKDF2 for passwords that are set from now on; older ones are raised when they are next checked.</summary>
    [Range(100_000, 10_000_000)]
    public int Rounds { get; set; } = 210_000;

    /// <summary>Passwords that are hashed at the same time, each on a thread of its own.</summary>
    [Range(1, 64)]
    public int Workers { get; set; } = 2;

    /// <summary>Passwords that may wait for a worker; one more is refused as overload.</summary>
    [Range(1, 100_000)]
    public int MaxWaiting { get; set; } = 128;

    /// <summary>UTF-8 bytes.</summary>
    [Range(16, 4096)]
    public int MaxPasswordBytes { get; set; } = 256;

    /// <summary>Passwords of one user that are checked in a minute; 0 is without limit.</summary>
    [Range(0, 100_000)]
    public int LoginsPerMinute { get; set; } = 30;

    /// <summary>Wrong passwords of one user in a minute, after which no other is looked at; 0 is without limit.</summary>
    [Range(0, 100_000)]
    public int FailuresPerMinute { get; set; } = 10;

    internal Rate Logins => Rate.OfMinute(LoginsPerMinute);

    internal Rate Failures => Rate.OfMinute(FailuresPerMinute);
}
