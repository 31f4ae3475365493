using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Who hears of what happens in a group.</summary>
public enum NoticeReach : byte
{
    /// <summary>Everybody: it is an entry of the timeline, which people read in the chat.</summary>
    Timeline,

    /// <summary>Who is online now.</summary>
    Online,

    /// <summary>Everybody, and it is kept for who is not there; but it is not read in the chat.</summary>
    Changes,

    /// <summary>Nobody: clients find out when they bring their lists up to date.</summary>
    Nobody,
}

/// <summary>What one user alone must not miss.</summary>
internal readonly record struct InboxNote(UserId Receiver, Notice Notice);

/// <summary>One change of a group, ready to be written.</summary>
internal sealed record GroupStep(Roster After, params StoreChange[] Changes)
{
    /// <summary>In whose name it is told; the caller's own when it is nobody's.</summary>
    public UserId Actor { get; init; }

    /// <summary>What people read in the chat, in this order.</summary>
    public IReadOnlyList<Notice> Timeline { get; init; } = [];

    /// <summary>What everybody learns beside the chat, now or when he comes back.</summary>
    public IReadOnlyList<Notice> Kept { get; init; } = [];

    /// <summary>What some learn for themselves, now or when they come back.</summary>
    public IReadOnlyList<InboxNote> Inbox { get; init; } = [];

    /// <summary>What only those hear who are online.</summary>
    public IReadOnlyList<Notice> News { get; init; } = [];

    /// <summary>What only hooks hear, besides all of the above.</summary>
    public IReadOnlyList<Notice> Noted { get; init; } = [];

    /// <summary>Whose list of conversations the changes touch.</summary>
    public IReadOnlyList<UserId> Touched { get; init; } = [];

    /// <summary>Who is no longer a member but must hear of it.</summary>
    public IReadOnlyList<UserId>? AlsoTell { get; init; }

    /// <summary>For whoever has to hear of the call as a whole.</summary>
    public GroupStep Noting(params IEnumerable<Notice> notices) => this with { Noted = [.. Noted, .. notices] };

    public GroupStep Telling(Notice notice, NoticeReach reach = NoticeReach.Timeline) => reach switch
    {
        NoticeReach.Timeline => this with { Timeline = [.. Timeline, notice] },
        NoticeReach.Online => this with { News = [.. News, notice] },
        NoticeReach.Changes => this with { Kept = [.. Kept, notice] },
        _ => this with { Noted = [.. Noted, notice] },
    };
}
