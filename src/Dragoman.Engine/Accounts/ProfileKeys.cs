using System.Collections.Frozen;
using System.Globalization;

namespace Dragoman.Engine.Accounts;

/// <summary>The standard fields of <see cref="Account.Profile"/>. The names are stored.</summary>
public static class ProfileKeys
{
    /// <summary>1 male, 2 female; nobody says anything else in digits, so an unknown one is left out.</summary>
    public const string Gender = "gender";

    /// <summary>Unix milliseconds; negative before 1970.</summary>
    public const string Birthday = "birthday";

    public const string Region = "region";
    public const string Address = "address";
    public const string Signature = "signature";
    public const string Language = "language";

    /// <summary>A whole number.</summary>
    public const string Level = "level";

    public const string Phone = "phone";
    public const string Mail = "mail";

    public static FrozenSet<string> All { get; } =
        new[] { Gender, Birthday, Region, Address, Signature, Language, Level, Phone, Mail }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the value is one of its field.</summary>
    internal static bool Accepts(string key, string value) => key switch
    {
        Gender => value is "1" or "2",
        Birthday or Level => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        _ => true,
    };
}
