using System.Globalization;
using System.Text.RegularExpressions;
using Dragoman.Engine.Accounts.Credentials;

namespace Dragoman.Dialects.OpenIm.Business;

/// <summary>Phones, emails and accounts as the vendor checks them, and as the engine knows them.</summary>
internal static partial class Contacts
{
    private const int MaxLength = 256;
    private const uint MaxAreaCode = 1000;

    public static OpenImError? CheckPhone(string areaCode, string phoneNumber)
    {
        if (areaCode.Length == 0) return OpenImErrors.Args.With("AreaCode is empty");
        var digits = areaCode.StartsWith('+') ? areaCode[1..] : areaCode;
        if (!uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code > MaxAreaCode)
            return OpenImErrors.Args.With("invalid AreaCode");
        if (phoneNumber.Length == 0) return OpenImErrors.Args.With("phoneNumber is empty");
        return ulong.TryParse(phoneNumber, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : OpenImErrors.Args.With("phoneNumber is invalid");
    }

    public static OpenImError? CheckEmail(string email) =>
        email.Length <= MaxLength && Email().IsMatch(email) ? null : OpenImErrors.Args.With("Email is invalid");

    public static OpenImError? CheckAccount(string account) =>
        account.Length <= MaxLength && account.All(char.IsAsciiLetterOrDigit) ? null : OpenImErrors.Args.With("account must be alphanumeric");

    /// <summary>One of the two, not both.</summary>
    public static OpenImError? CheckOne(string areaCode, string phoneNumber, string email)
    {
        if (phoneNumber.Length == 0 && email.Length == 0) return OpenImErrors.Args.With("PhoneNumber and Email is empty");
        if (phoneNumber.Length > 0 && email.Length > 0) return OpenImErrors.Args.With("PhoneNumber and Email is not empty");
        return email.Length > 0 ? CheckEmail(email) : CheckPhone(areaCode, phoneNumber);
    }

    /// <summary>As profiles have it: <c>+86 13800000000</c>.</summary>
    public static string PhoneOf(string areaCode, string phoneNumber) =>
        areaCode.StartsWith('+') ? $"{areaCode} {phoneNumber}" : $"+{areaCode} {phoneNumber}";

    /// <summary>The other way round; a phone of another spelling has no area code.</summary>
    public static (string AreaCode, string PhoneNumber) Split(string phone) =>
        phone.StartsWith('+') && phone.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? (phone[..space], phone[(space + 1)..]) : ("", phone);

    /// <summary>The name of a phone or email that was checked before.</summary>
    public static LoginName NameOf(string areaCode, string phoneNumber, string email) =>
        email.Length > 0 ? NameOf(LoginNameKind.Mail, email) : NameOf(LoginNameKind.Phone, PhoneOf(areaCode, phoneNumber));

    /// <summary>The name of what was checked before.</summary>
    public static LoginName NameOf(LoginNameKind kind, string value) =>
        LoginName.Of(kind, value).TryGet(out var name, out _) ? name : throw new ArgumentException("It was not checked.", nameof(value));

    [GeneratedRegex(@"^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Email();
}
