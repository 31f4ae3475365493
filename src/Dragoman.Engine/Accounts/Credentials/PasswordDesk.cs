namespace Dragoman.Engine.Accounts.Credentials;

/// <summary>What the operations do with passwords, one way for all.</summary>
public sealed class PasswordDesk(PasswordHasher hasher, CredentialLimits limits, TimeProvider clock)
{
    /// <returns>Null when it may be somebody's password; else PasswordInvalid.</returns>
    internal Refusal? Check(Password password) => password.IsValid(limits) ? null : new(Condition.PasswordInvalid);

    /// <returns>What is kept of it; or Overloaded.</returns>
    internal async ValueTask<Result<StoredPassword>> MakeAsync(Password password, CancellationToken ct)
    {
        var salt = StoredPassword.NewSalt();
        var rounds = limits.Rounds;
        var hashed = await hasher.HashAsync(password, salt, rounds, ct);
        if (!hashed.TryGet(out var hash, out var refusal)) return refusal;
        return new StoredPassword(
            password.Form, StoredPassword.Pbkdf2Sha256, rounds, salt, hash, clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    internal ValueTask<Result<byte[]>> HashAsync(Password password, byte[] salt, int rounds, CancellationToken ct) =>
        hasher.HashAsync(password, salt, rounds, ct);
}
