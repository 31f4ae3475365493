using System.Security.Cryptography;
using System.Text;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Engine;
using Dragoman.Engine.Accounts.Credentials;

namespace Dragoman.Dialects.OpenIm.Business.Codes;

/// <summary>The verification codes that are under way: in memory, one for each phone or email, forgotten when the server ends.</summary>
internal sealed class VerifyCodes(TimeProvider clock)
{
    private const int Capacity = 100_000;
    private const int Length = 6;
    private readonly Lock _gate = new();
    private readonly Dictionary<(AppId, LoginName), Code> _codes = [];

    /// <summary>Makes a code; the one before it is void.</summary>
    /// <returns>The code; or 20005, 429 when there are too many of them.</returns>
    public (string Code, OpenImError? Error) Issue(OpenImApp app, LoginName target)
    {
        var (settings, now) = (app.Settings.Business!, clock.GetUtcNow());
        lock (_gate)
        {
            if (_codes.GetValueOrDefault((app.Id, target)) is { } last && now < last.SentAt.AddSeconds(settings.CodeInterval))
                return ("", OpenImErrors.VerifyCodeSendFrequently);
            if (!MakeRoom(now)) return ("", OpenImErrors.TooManyRequests);

            var text = RandomNumberGenerator.GetString("0123456789", Length);
            _codes[(app.Id, target)] = new() { Text = text, SentAt = now, EndsAt = now.AddSeconds(settings.CodeValidTime) };
            return (text, null);
        }
    }

    /// <summary>It did not reach anybody.</summary>
    public void Withdraw(OpenImApp app, LoginName target)
    {
        lock (_gate) _codes.Remove((app.Id, target));
    }

    /// <param name="isUsed">It holds once; a look at it costs nothing.</param>
    /// <returns>Null when it is the right one; or 1001, 20006 to 20009, 429.</returns>
    public OpenImError? Check(OpenImApp app, LoginName target, string given, bool isUsed)
    {
        if (given.Length == 0) return OpenImErrors.Args.With("verify code is empty");

        var (settings, now) = (app.Settings.Business!, clock.GetUtcNow());
        lock (_gate)
        {
            var code = _codes.GetValueOrDefault((app.Id, target));
            if (code is null || code.EndsAt <= now)
            {
                // The app's own code holds without one that was sent; what is wrong about it is counted all the same.
                if (settings.SuperCode.Length == 0) return OpenImErrors.VerifyCodeExpired;
                if (!MakeRoom(now)) return OpenImErrors.TooManyRequests;
                _codes[(app.Id, target)] = code = new() { Text = "", SentAt = DateTimeOffset.MinValue, EndsAt = now.AddSeconds(settings.CodeValidTime) };
            }

            var isSuper = IsSame(given, settings.SuperCode);
            if (code.IsUsed && !isSuper) return OpenImErrors.VerifyCodeUsed;
            if (code.Tries >= settings.CodeMaxTries) return OpenImErrors.VerifyCodeMaxCount;
            if (!isSuper && !IsSame(given, code.Text))
            {
                code.Tries++;
                return OpenImErrors.VerifyCodeNotMatch;
            }

            code.IsUsed |= isUsed && !isSuper;
            return null;
        }
    }

    /// <summary>What it was used for did not come about.</summary>
    public void GiveBack(OpenImApp app, LoginName target)
    {
        lock (_gate)
        {
            if (_codes.GetValueOrDefault((app.Id, target)) is { } code) code.IsUsed = false;
        }
    }

    private static bool IsSame(string given, string code) =>
        code.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(code));

    private bool MakeRoom(DateTimeOffset now)
    {
        if (_codes.Count < Capacity) return true;
        foreach (var (key, code) in _codes)
        {
            if (code.EndsAt <= now) _codes.Remove(key);
        }

        return _codes.Count < Capacity;
    }

    private sealed class Code
    {
        /// <summary>Empty when none was sent.</summary>
        public required string Text { get; init; }

        public required DateTimeOffset SentAt { get; init; }
        public required DateTimeOffset EndsAt { get; init; }
        public int Tries { get; set; }
        public bool IsUsed { get; set; }
    }
}
