using Dragoman.Engine.Words;

namespace Dragoman.Engine.Accounts.Credentials;

/// <summary>What a <see cref="LoginName"/> is. The numbers are stored.</summary>
public enum LoginNameKind : byte
{
    Name = 0,
    Phone = 1,
    Mail = 2,
}

/// <summary>A name beside his id under which a user may log in. In an app it belongs to one user, who has one of each kind at most.</summary>
/// <param name="Value">Folded, so that two spellings of one name are one; made by <see cref="Of"/>.</param>
public readonly record struct LoginName(LoginNameKind Kind, string Value)
{
    private const int MaxLength = 256;

    /// <summary>Folds a name: a phone to its digits, others in case and width.</summary>
    /// <returns>The name; or LoginNameInvalid (with what was given).</returns>
    public static Result<LoginName> Of(LoginNameKind kind, string given)
    {
        if (given.Length is 0 or > MaxLength || !UserIds.IsValid(given)) return new Refusal(Condition.LoginNameInvalid, given);

        var folded = kind == LoginNameKind.Phone
            ? string.Concat(given.Where(char.IsAsciiDigit))
            : WordFolding.Fold(given).Trim();
        if (folded.Length is 0 or > MaxLength) return new Refusal(Condition.LoginNameInvalid, given);
        return new LoginName(kind, folded);
    }

    /// <summary>Why it cannot be had when somebody else has it.</summary>
    public static Condition TakenOf(LoginNameKind kind) => kind switch
    {
        LoginNameKind.Phone => Condition.PhoneTaken,
        LoginNameKind.Mail => Condition.MailTaken,
        _ => Condition.LoginNameTaken,
    };
}
