using System.Collections.Immutable;
using System.Text;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Accounts;

/// <summary>The sizes that every profile has to keep, and how its fields change.</summary>
internal static class Profiles
{
    /// <returns>Null when everything fits; else ProfileTooLarge, FieldUnknown, FieldValueInvalid, FieldValueTooLong (with the field).</returns>
    public static Refusal? Check(EngineLimits limits, Account account) =>
        Check(limits, account.Id, account.Nickname, account.Avatar, account.Extra)
        ?? CheckProfile(limits, account.Profile!)
        ?? CheckFields(limits, account.Fields!)
        ?? CheckTotal(limits, account);

    /// <returns>As for an account; what all fields come to is known only when they have been put together.</returns>
    public static Refusal? Check(EngineLimits limits, UserId user, ProfileChange change) =>
        Check(limits, user, change.Nickname, change.Avatar, change.Extra)
        ?? (change.Profile is null ? null : CheckProfile(limits, change.Profile))
        ?? (change.Fields is null ? null : CheckFields(limits, change.Fields));

    /// <returns>ProfileTooLarge when there are too many custom fields.</returns>
    public static Refusal? CheckTotal(EngineLimits limits, Account account)
    {
        var bytes = 0;
        foreach (var (name, value) in account.Fields) bytes += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
        return bytes > limits.MaxFieldsBytes ? new(Condition.ProfileTooLarge, account.Id.Value) : null;
    }

    /// <summary>Looks for words in what people write about themselves.</summary>
    /// <returns>Null when it may be written, masked where it has to be; else WordRejected with the word.</returns>
    public static Refusal? Screen(WordDesk words, AppId app, ref ImmutableDictionary<string, string> profile)
    {
        foreach (var (key, value) in profile)
        {
            var text = value;
            if (words.Screen(app, WordPlaces.Profiles, ref text) is { } rejected) return rejected;
            if (!ReferenceEquals(text, value)) profile = profile.SetItem(key, text);
        }

        return null;
    }

    /// <summary>The fields after a change: null and empty values take them away.</summary>
    public static ImmutableDictionary<string, string> Merge(
        ImmutableDictionary<string, string> fields, IReadOnlyDictionary<string, string?>? change)
    {
        foreach (var (name, value) in change ?? ImmutableDictionary<string, string?>.Empty)
            fields = string.IsNullOrEmpty(value) ? fields.Remove(name) : fields.SetItem(name, value);
        return fields;
    }

    private static Refusal? Check(EngineLimits limits, UserId user, string? nickname, string? avatar, string? extra) =>
        nickname?.Length > limits.MaxNicknameChars || avatar?.Length > limits.MaxAvatarChars || extra?.Length > limits.MaxExtraChars
            ? new Refusal(Condition.ProfileTooLarge, user.Value)
            : null;

    private static Refusal? CheckProfile(EngineLimits limits, IEnumerable<KeyValuePair<string, string?>> profile)
    {
        foreach (var (key, value) in profile)
        {
            if (!ProfileKeys.All.Contains(key)) return new(Condition.FieldUnknown, key);
            if (string.IsNullOrEmpty(value)) continue;
            if (Encoding.UTF8.GetByteCount(value) > limits.MaxProfileValueBytes) return new(Condition.FieldValueTooLong, key);
            if (!ProfileKeys.Accepts(key, value)) return new(Condition.FieldValueInvalid, key);
        }

        return null;
    }

    private static Refusal? CheckFields(EngineLimits limits, IEnumerable<KeyValuePair<string, string?>> fields)
    {
        foreach (var (name, value) in fields)
        {
            if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > limits.MaxFieldNameBytes) return new(Condition.FieldUnknown, name);
            if (value is not null && Encoding.UTF8.GetByteCount(value) > limits.MaxFieldValueBytes) return new(Condition.FieldValueTooLong, name);
        }

        return null;
    }
}
