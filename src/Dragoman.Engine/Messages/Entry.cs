using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Messages;

/// <summary>What a message is, as far as the engine cares. The numbers are stored.</summary>
public enum ContentKind : byte
{
    Other = 0,
    Text = 1,
    Image = 2,
    Voice = 3,
    Video = 4,
    File = 5,
    Location = 6,
    Face = 7,
    Custom = 8,
    Command = 9,
    Bundle = 10,
    Notice = 20,
}

/// <summary>The numbers are stored.</summary>
[Flags]
public enum EntryFlags
{
    None = 0,

    /// <summary>Does not count as unread.</summary>
    NoUnread = 1,

    /// <summary>Wakes nobody's phone.</summary>
    NoPush = 2,

    /// <summary>The sender's own devices do not get it.</summary>
    NoSenderCopy = 4,

    /// <summary>Only for who is online now: no sequence number, no history.</summary>
    OnlineOnly = 8,

    /// <summary>Somebody took it back; the body is kept for the operator but shown to nobody.</summary>
    Recalled = 16,

    /// <summary>Removed for everybody; the place in the sequence remains.</summary>
    Erased = 32,

    /// <summary>The sender wants to know who has read it (in a group; between two he always may).</summary>
    WantsReceipt = 256,

    /// <summary>The body is not the first one; <see cref="Entry.Edit"/> says whose it is.</summary>
    Edited = 2048,

    /// <summary>Somebody has reacted at some time: whoever shows it asks for the reactions.</summary>
    Reacted = 32768,
}

/// <summary>
/// One item of a log: somebody said something, or something happened. Made without a place; the store gives it one
/// when it commits, and from then on it does not change, but for what people do to it: a read gives it as it is then.
/// </summary>
public sealed class Entry
{
    public required ConversationKey Conversation { get; init; }
    public LogChannel Channel { get; init; }

    /// <summary>Empty when the system speaks.</summary>
    public required UserId Sender { get; init; }

    public DialectId Origin { get; init; }
    public ContentKind Content { get; init; }

    /// <summary>The origin's own number for the kind of body; 0 when it has none, or for a notice.</summary>
    public int Type { get; init; }

    public EntryFlags Flags { get; set; }

    /// <summary>The bytes in the origin's language; a notice's JSON when the engine is the origin.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The notice that <see cref="Body"/> spells, when the engine is the origin.</summary>
    public Notice? Notice { get; init; }

    /// <summary>What the sender's client calls the entry, UTF-8: a retry repeats it. Empty means that nothing is compared.</summary>
    public ReadOnlyMemory<byte> ClientKey { get; init; }

    /// <summary>Who hears of it now. Not stored: history asks the rules of the day.</summary>
    public Audience? Audience { get; init; }

    /// <summary>Who is called by name. Not stored.</summary>
    public Mentions? Mentions { get; init; }

    /// <summary>The connection that said it, for dialects that do not echo. Not stored.</summary>
    public SessionId OriginSession { get; init; }

    /// <summary>How important the sender said it was. Not stored.</summary>
    public MessagePriority Priority { get; init; }

    /// <summary>What the request was called that caused the entry. Not stored.</summary>
    public string Operation { get; init; } = "";

    /// <summary>Whoever waits for the acknowledgement; told before anybody is shown the entry. Not stored.</summary>
    public SendReceipt? Receipt { get; init; }

    /// <summary>Dense from 1 inside its log; 0 when the entry was never stored.</summary>
    public long Sequence { get; private set; }

    public MessageId Id { get; private set; }

    /// <summary>Server time, Unix milliseconds.</summary>
    public long SentAt { get; private set; }

    /// <summary>Who recalled it and when; null when nobody did.</summary>
    public RecallMark? Recall { get; init; }

    /// <summary>Which edit the body is of; null when it is the first one.</summary>
    public EditMark? Edit { get; init; }

    /// <summary>Of a notice that a message was edited: the message as it is now; null when it is not there any more. Not stored.</summary>
    public Entry? About { get; internal set; }

    public bool IsRecalled => (Flags & EntryFlags.Recalled) != 0;

    /// <summary>Recalled or erased: nobody sees it any more.</summary>
    public bool IsGone => (Flags & (EntryFlags.Recalled | EntryFlags.Erased)) != 0;

    /// <summary>Called by the store inside its commit (again when it has to repeat it), or by a send that is not stored (sequence 0).</summary>
    public void Place(long sequence, MessageId id, long sentAt)
    {
        Sequence = sequence;
        Id = id;
        SentAt = sentAt;
    }
}

/// <param name="By">Who took the message back.</param>
/// <param name="ByName">The name under which the conversation knew them then.</param>
/// <param name="Role">Their role in the group then; <see cref="Groups.GroupRole.None"/> outside of groups.</param>
/// <param name="At">Unix milliseconds.</param>
/// <param name="ByAdministrator">The app itself did it, not a participant.</param>
public sealed record RecallMark(string By, string ByName, Groups.GroupRole Role, long At, bool ByAdministrator);

/// <param name="Version">How often the message was edited, from 1.</param>
/// <param name="By">Who wrote this version; empty is the app itself.</param>
/// <param name="At">Unix milliseconds.</param>
/// <param name="SentIn">The dialect in which the message was sent at first: whose <see cref="Entry.ClientKey"/> it has.</param>
public sealed record EditMark(int Version, string By, long At, DialectId SentIn);
