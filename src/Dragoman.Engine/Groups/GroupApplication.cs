namespace Dragoman.Engine.Groups;

/// <summary>The numbers are stored.</summary>
public enum ApplicationState : byte
{
    Pending = 0,
    Accepted = 1,
    Refused = 2,
}

/// <summary>Who has to agree to what. The numbers are stored.</summary>
public enum ApplicationKind : byte
{
    /// <summary>The applicant wants in; a manager answers.</summary>
    Applied = 0,

    /// <summary>A member wants him in; a manager answers.</summary>
    InvitedByMember = 1,

    /// <summary>He was invited; he himself answers.</summary>
    InviteeAsked = 2,
}

/// <summary>Somebody wants to be a member, or a member wants him to be; a manager answers, or he himself does. One per group and applicant.</summary>
public sealed record GroupApplication
{
    public required GroupId Group { get; init; }
    public required UserId Applicant { get; init; }

    public ApplicationKind Kind { get; init; }

    /// <summary>The member who wants him in; empty when he applied himself.</summary>
    public string Inviter { get; init; } = "";

    public string Message { get; init; } = "";
    public string Extra { get; init; } = "";
    public JoinSource Source { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long RequestedAt { get; init; }

    public ApplicationState State { get; init; }

    /// <summary>Who answered; empty while nobody has. So for the next two.</summary>
    public string Handler { get; init; } = "";

    public string Answer { get; init; } = "";

    /// <summary>Unix milliseconds; 0 while nobody has answered.</summary>
    public long HandledAt { get; init; }
}
