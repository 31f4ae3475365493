using Dragoman.Engine.Accounts;
using Dragoman.Engine.Hooks;

namespace Dragoman.Engine.Conversations;

/// <summary>What somebody keeps about a conversation when it comes onto his list.</summary>
public sealed record ConversationLook
{
    public static readonly ConversationLook Plain = new();

    public ReceiveOption Receive { get; set; }
    public bool IsPinned { get; set; }
    public MentionMark Mention { get; set; }
    public string Extra { get; set; } = "";

    /// <summary>As <see cref="UserConversation.Settings"/>.</summary>
    public string Settings { get; set; } = "";
}

/// <summary>A conversation is about to come onto the lists of people who never had it; how it looks there may still change.</summary>
public sealed class OpeningConversation(Caller caller, ConversationKey conversation, IReadOnlyList<UserId> owners, ConversationLook look)
    : Proposal(caller)
{
    public ConversationKey Conversation { get; } = conversation;

    /// <summary>Several only where several become members of a group at once.</summary>
    public IReadOnlyList<UserId> Owners { get; } = owners;

    public ConversationLook Look { get; set; } = look;
}
