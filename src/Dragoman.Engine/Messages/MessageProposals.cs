using Dragoman.Engine.Conversations;
using Dragoman.Engine.Hooks;

namespace Dragoman.Engine.Messages;

/// <summary>A message is about to be sent.</summary>
public sealed class SendingMessage(Caller caller, ConversationKey conversation, UserId sender, in MessageDraft draft) : Proposal(caller)
{
    public ConversationKey Conversation { get; } = conversation;
    public UserId Sender { get; } = sender;
    public MessageDraft Draft { get; } = draft;
}

/// <summary>A message has passed the rules; the app's server may still write it anew, or send it elsewhere.</summary>
public sealed class RewritingMessage(Caller caller, ConversationKey conversation, UserId sender, in MessageDraft draft) : Proposal(caller)
{
    public UserId Sender { get; } = sender;
    public ConversationKey Conversation { get; set; } = conversation;
    public MessageDraft Draft { get; set; } = draft;
}

/// <summary>A message is about to be shown to who is online. A refusal keeps it to the log: nobody is shown it now.</summary>
public sealed class DeliveringMessage(Caller caller, ConversationKey conversation, UserId sender, in MessageDraft draft) : Proposal(caller)
{
    public ConversationKey Conversation { get; } = conversation;
    public UserId Sender { get; } = sender;
    public MessageDraft Draft { get; } = draft;

    /// <summary>Who is shown it besides the sender; null is everybody who is entitled.</summary>
    public IReadOnlyList<UserId>? Receivers { get; set; }
}
