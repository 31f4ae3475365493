using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Ports;

/// <summary>Notes that somebody has read an entry; whoever is noted stays as he is.</summary>
public sealed record PutReceipt(AppId App, ConversationKey Conversation, long Sequence, GroupReceipt Receipt) : StoreChange(App)
{
    public override int OrderingKey => Conversation.GetHashCode();
}
