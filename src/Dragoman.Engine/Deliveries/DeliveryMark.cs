using Dragoman.Engine.Conversations;
using Dragoman.Engine.Journal;

namespace Dragoman.Engine.Deliveries;

/// <summary>Kept by who acknowledges for one device in one conversation again and again: then they are looked up seldom.</summary>
public struct DeliveryMark
{
    internal Coalesced<(ClientDevice Device, ConversationKey Conversation), LogPlace>.Slot? Slot;
}
