using System.ComponentModel.DataAnnotations;

namespace Dragoman.Engine;

/// <summary>Section <c>Engine</c>: bounds that hold for every app and dialect; a dialect may be narrower.</summary>
public sealed class EngineLimits
{
    /// <summary>Bytes of one stored body.</summary>
    [Range(1024, 4 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 64 * 1024;

    [Range(2, 100_000)]
    public int MaxGroupMembers { get; set; } = 2_000;

    /// <summary>Favourites of one user.</summary>
    [Range(1, 1_000_000)]
    public int MaxFavourites { get; set; } = 10_000;

    /// <summary>UTF-16 units of an extension, a favourite's value or a client setting.</summary>
    [Range(256, 1024 * 1024)]
    public int MaxExtraChars { get; set; } = 64 * 1024;

    /// <summary>UTF-16 units of a nickname.</summary>
    [Range(16, 4096)]
    public int MaxNicknameChars { get; set; } = 256;

    /// <summary>UTF-16 units of the address of a picture.</summary>
    [Range(256, 16 * 1024)]
    public int MaxAvatarChars { get; set; } = 4096;

    /// <summary>UTF-8 bytes of one standard field of a profile: a signature, a region.</summary>
    [Range(64, 16 * 1024)]
    public int MaxProfileValueBytes { get; set; } = 512;

    /// <summary>UTF-8 bytes of all custom fields of an account, names and values.</summary>
    [Range(256, 64 * 1024)]
    public int MaxFieldsBytes { get; set; } = 2048;

    /// <summary>UTF-8 bytes of the name of a custom field.</summary>
    [Range(16, 1024)]
    public int MaxFieldNameBytes { get; set; } = 128;

    /// <summary>UTF-8 bytes of the value of a custom field.</summary>
    [Range(64, 64 * 1024)]
    public int MaxFieldValueBytes { get; set; } = 2048;

    /// <summary>Groups of which one user is a member.</summary>
    [Range(1, 1_000_000)]
    public int MaxGroupsPerUser { get; set; } = 1_000;

    /// <summary>UTF-8 bytes of a name: a group's, or a member's in his group.</summary>
    [Range(64, 4096)]
    public int MaxNameBytes { get; set; } = 512;

    /// <summary>UTF-8 bytes of any other text that belongs to a group: introduction, announcement, extra, an applicant's words.</summary>
    [Range(1024, 1024 * 1024)]
    public int MaxGroupTextBytes { get; set; } = 16 * 1024;

    /// <summary>UTF-8 bytes of the name of a member's attribute.</summary>
    [Range(1, 1024)]
    public int MaxAttributeNameBytes { get; set; } = 16;

    /// <summary>UTF-8 bytes of the value of a member's attribute.</summary>
    [Range(16, 64 * 1024)]
    public int MaxAttributeValueBytes { get; set; } = 512;

    /// <summary>UTF-8 bytes of all attributes of a member, names and values.</summary>
    [Range(256, 1024 * 1024)]
    public int MaxAttributesBytes { get; set; } = 4 * 1024;

    /// <summary>Files on the shelf of a group.</summary>
    [Range(1, 1_000_000)]
    public int MaxGroupFiles { get; set; } = 10_000;

    /// <summary>Subjects that one operation takes at most.</summary>
    [Range(100, 10_000)]
    public int MaxBatch { get; set; } = 1_000;

    [Range(1_000, 100_000_000)]
    public int CachedAccounts { get; set; } = 200_000;

    [Range(100, 10_000_000)]
    public int CachedGroups { get; set; } = 20_000;

    [Range(1_000, 100_000_000)]
    public int CachedUserConversations { get; set; } = 500_000;

    /// <summary>Conversations of which memory knows how far they have grown (about 200 bytes each).</summary>
    [Range(1_000, 100_000_000)]
    public int CachedConversationEnds { get; set; } = 250_000;

    /// <summary>Rows of users' conversation lists in memory (about 300 bytes each), those of whoever asked lately.</summary>
    [Range(1_000, 100_000_000)]
    public int CachedListRows { get; set; } = 250_000;

    /// <summary>Last messages of conversations in memory (up to 3 KB each), for whoever asked for a list of them lately.</summary>
    [Range(1_000, 100_000_000)]
    public int CachedLastEntries { get; set; } = 50_000;

    /// <summary>How often a message may be edited. An app may have fewer, as of what follows.</summary>
    [Range(1, 10_000)]
    public int MaxEdits { get; set; } = 100;

    /// <summary>Different reactions to one message.</summary>
    [Range(1, 10_000)]
    public int MaxReactions { get; set; } = 100;

    /// <summary>UTF-16 units of a reaction.</summary>
    [Range(1, 1_024)]
    public int MaxReactionChars { get; set; } = 128;

    /// <summary>Messages that are pinned in one conversation.</summary>
    [Range(1, 10_000)]
    public int MaxPins { get; set; } = 1_000;

    /// <summary>Messages of which it is remembered that the receiver has them, so that their senders are told once.</summary>
    [Range(1_000, 100_000_000)]
    public int CachedConfirmations { get; set; } = 100_000;

    /// <summary>Logs of clients that are kept for a user; the oldest make room.</summary>
    [Range(1, 100_000)]
    public int ClientLogsPerUser { get; set; } = 1_000;

    /// <summary>How often read positions that moved by themselves (the own messages) are written.</summary>
    public TimeSpan ReadFlushInterval { get; set; } = TimeSpan.FromMilliseconds(200);
}
