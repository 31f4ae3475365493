using Dragoman.Engine;
using Dragoman.Engine.Conversations;

namespace Dragoman.Dialects.OpenIm.Ids;

/// <summary>The vendor's conversation ids (section 9.3) and what they name in the engine.</summary>
internal static class ConversationIds
{
    private const string Single = "si_";
    private const string Group = "sg_";
    private const string System = "sn_";
    private const string Notification = "n_";

    public static string Of(ConversationKey key) => key.Kind switch
    {
        ConversationKind.Direct => string.Concat(Single, key.A, "_", key.B),
        ConversationKind.Group => string.Concat(Group, key.A),
        ConversationKind.Announcement => string.Concat(System, key.A, "_", key.B),
        _ => NotificationOf(key),
    };

    public static string Of(ConversationKey key, LogChannel channel) => channel == LogChannel.Timeline ? Of(key) : NotificationOf(key);

    /// <summary>The channel of notifications beside a conversation; an inbox is one by itself.</summary>
    public static string NotificationOf(ConversationKey key) => key.Kind switch
    {
        ConversationKind.Group => string.Concat(Notification, key.A),
        ConversationKind.Inbox => string.Concat(Notification, key.A, "_", key.A),
        _ => string.Concat(Notification, key.A, "_", key.B),
    };

    /// <summary>What an ordinary conversation id names, seen by one user; null when it names nothing of his.</summary>
    /// <remarks>User ids may hold the separator, so a pair can only be taken apart by somebody who is one of the two.</remarks>
    public static ConversationKey? Parse(AppId app, UserId user, string id)
    {
        if (id.StartsWith(Group, StringComparison.Ordinal) && id.Length > Group.Length)
            return ConversationKey.Group(app, new GroupId(id[Group.Length..]));
        if (id.StartsWith(Single, StringComparison.Ordinal))
            return PeerIn(id.AsSpan(Single.Length), user) is { } peer ? ConversationKey.Direct(app, user, peer) : null;
        if (id.StartsWith(System, StringComparison.Ordinal))
            return PeerIn(id.AsSpan(System.Length), user) is { } peer ? ConversationKey.Announcement(app, user, peer) : null;
        return null;
    }

    /// <summary>All that an ordinary conversation id may name, for somebody who is no part of it.</summary>
    public static IEnumerable<ConversationKey> ParseAny(AppId app, string id)
    {
        if (id.StartsWith(Group, StringComparison.Ordinal) && id.Length > Group.Length)
        {
            yield return ConversationKey.Group(app, new GroupId(id[Group.Length..]));
            yield break;
        }

        var isSingle = id.StartsWith(Single, StringComparison.Ordinal);
        if (!isSingle && !id.StartsWith(System, StringComparison.Ordinal)) yield break;

        var pair = id[Single.Length..];
        for (var at = pair.IndexOf('_', StringComparison.Ordinal); at >= 0; at = pair.IndexOf('_', at + 1))
        {
            var (one, other) = (new UserId(pair[..at]), new UserId(pair[(at + 1)..]));
            if (one.IsEmpty || other.IsEmpty || string.CompareOrdinal(one.Value, other.Value) > 0) continue;
            yield return isSingle ? ConversationKey.Direct(app, one, other) : ConversationKey.Announcement(app, one, other);
        }
    }

    public static bool IsGroup(string id) => id.StartsWith(Group, StringComparison.Ordinal);

    public static bool IsNotification(string id) => id.StartsWith(Notification, StringComparison.Ordinal);

    /// <summary>
    /// What a notification id may name, best first: the own inbox, a pair, a group. The id alone does not tell a group
    /// with a separator in its id from a pair; access does.
    /// </summary>
    public static IEnumerable<(ConversationKey Key, LogChannel Channel)> ParseNotification(AppId app, UserId user, string id)
    {
        var rest = id[Notification.Length..];
        if (rest.Length == 0) yield break;

        var peer = PeerIn(rest, user);
        if (peer == user) yield return (ConversationKey.Inbox(app, user), LogChannel.Timeline);
        else if (peer is not null) yield return (ConversationKey.Direct(app, user, peer.Value), LogChannel.Changes);
        yield return (ConversationKey.Group(app, new GroupId(rest)), LogChannel.Changes);
    }

    private static UserId? PeerIn(ReadOnlySpan<char> pair, UserId user)
    {
        var own = user.Value.AsSpan();
        if (pair.Length < own.Length + 2) return null;

        if (pair.StartsWith(own, StringComparison.Ordinal) && pair[own.Length] == '_')
        {
            var other = pair[(own.Length + 1)..];
            if (own.CompareTo(other, StringComparison.Ordinal) <= 0) return new UserId(other.ToString());
        }

        if (pair.EndsWith(own, StringComparison.Ordinal) && pair[^(own.Length + 1)] == '_')
        {
            var other = pair[..^(own.Length + 1)];
            if (other.CompareTo(own, StringComparison.Ordinal) <= 0) return new UserId(other.ToString());
        }

        return null;
    }
}
