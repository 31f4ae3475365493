using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.Agora.Rest.Metadata;

/// <summary>
/// The attributes of a user (section 4.3), which are texts under any names. Well-known ones are the profile that all dialects share; the
/// others are the app's own fields.
/// </summary>
internal static class UserMetadata
{
    /// <summary>UTF-8 bytes of all names and values of a user.</summary>
    public const int MaxBytes = 2 * 1024;

    private const string Nickname = "nickname";
    private const string Avatar = "avatarurl";
    private const string Gender = "gender";
    private const string Birth = "birth";
    private const string Ext = "ext";

    /// <summary>What is no value of the neutral field, as it was written.</summary>
    private const string GenderTrait = "agora.gender";

    private const string BirthTrait = "agora.birth";

    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy-M-d", "yyyy/MM/dd", "yyyy/M/d", "yyyy.MM.dd", "yyyy.M.d", "yyyyMMdd"];

    private static readonly FrozenDictionary<string, string> Profile = new Dictionary<string, string>
    {
        ["phone"] = ProfileKeys.Phone,
        ["mail"] = ProfileKeys.Mail,
        ["sign"] = ProfileKeys.Signature,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Characters.</summary>
    private static readonly FrozenDictionary<string, int> Lengths = new Dictionary<string, int>
    {
        [Nickname] = 64,
        [Avatar] = 256,
        ["phone"] = 32,
        ["mail"] = 64,
        [Gender] = 64,
        ["sign"] = 256,
        [Birth] = 64,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>The name of a value that is longer than the vendor allows; null when all fit.</returns>
    public static string? FindTooLong(IEnumerable<KeyValuePair<string, string>> pairs) =>
        pairs.FirstOrDefault(pair => Lengths.TryGetValue(pair.Key, out var most) && pair.Value.Length > most).Key;

    public static int BytesOf(IEnumerable<KeyValuePair<string, string>> pairs) =>
        pairs.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value));

    /// <summary>Everything that the user has.</summary>
    public static SortedDictionary<string, string> Of(Account account)
    {
        var pairs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        void Show(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) pairs[name] = value;
        }

        foreach (var (name, value) in account.Fields) Show(name, value);
        foreach (var (name, key) in Profile) Show(name, account.Profile.GetValueOrDefault(key));
        Show(Nickname, account.Nickname);
        Show(Avatar, account.Avatar);
        Show(Ext, account.Extra);
        Show(Gender, account.Profile.GetValueOrDefault(ProfileKeys.Gender) ?? account.Traits.GetValueOrDefault(GenderTrait));
        Show(Birth, BirthOf(account));
        return pairs;
    }

    /// <param name="properties">Null shows all.</param>
    public static JsonObject Show(Account? account, IReadOnlyList<string>? properties)
    {
        var shown = new JsonObject();
        if (account is null) return shown;
        foreach (var (name, value) in Of(account))
        {
            if (properties is null || properties.Contains(name, StringComparer.Ordinal)) shown[name] = value;
        }

        return shown;
    }

    /// <param name="pairs">Empty values take attributes away.</param>
    public static ProfileChange Change(IReadOnlyDictionary<string, string> pairs)
    {
        var profile = new Dictionary<string, string?>(StringComparer.Ordinal);
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        var traits = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            if (Profile.TryGetValue(name, out var key))
            {
                profile[key] = value;
            }
            else if (name == Gender)
            {
                var isNeutral = value is "1" or "2";
                profile[ProfileKeys.Gender] = isNeutral ? value : null;
                traits[GenderTrait] = isNeutral ? null : value;
            }
            else if (name == Birth)
            {
                profile[ProfileKeys.Birthday] = TimeOf(value)?.ToString(CultureInfo.InvariantCulture);
                traits[BirthTrait] = value;
            }
            else if (name is not (Nickname or Avatar or Ext))
            {
                fields[name] = value;
            }
        }

        return new(pairs.GetValueOrDefault(Nickname), pairs.GetValueOrDefault(Avatar), pairs.GetValueOrDefault(Ext))
        {
            Profile = profile,
            Fields = fields,
            Traits = traits,
        };
    }

    /// <summary>Takes everything away that <see cref="Of"/> shows.</summary>
    public static ProfileChange Clearing(Account account) =>
        Change(Of(account).Keys.ToDictionary(name => name, _ => "", StringComparer.Ordinal));

    /// <summary>As this dialect's user wrote it, unless another dialect has changed the day since.</summary>
    private static string? BirthOf(Account account)
    {
        var written = account.Traits.GetValueOrDefault(BirthTrait);
        if (!long.TryParse(account.Profile.GetValueOrDefault(ProfileKeys.Birthday), CultureInfo.InvariantCulture, out var time))
            return written is not null && TimeOf(written) is null ? written : null;
        if (written is not null && TimeOf(written) == time) return written;
        return time is > -62_135_596_800_000 and < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
    }

    private static long? TimeOf(string text) =>
        DateTimeOffset.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var day)
            ? day.ToUnixTimeMilliseconds()
            : null;
}
