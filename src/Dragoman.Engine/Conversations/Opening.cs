using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Conversations;

/// <summary>What a unit does besides, when it puts a conversation onto lists where it never was.</summary>
internal sealed class Opening
{
    public static readonly Opening None = new();

    private readonly List<ConversationOpened> _opened = [];

    public bool IsEmpty => _opened.Count == 0;

    /// <summary>For whoever has to hear of it.</summary>
    public IReadOnlyList<Notice> Notices => _opened;

    /// <summary>To be made after those that put the conversation onto the lists.</summary>
    public IEnumerable<StoreChange> Changes => _opened
        .Where(o => o.Look != ConversationLook.Plain)
        .Select(o => new SetConversationLook(o.Conversation.App, o.Conversation, o.Owners, o.Look));

    /// <returns>Null when the user has the conversation already.</returns>
    public ConversationLook? LookFor(UserId user) => _opened.Find(o => o.Owners.Contains(user))?.Look;

    public void Add(ConversationOpened opened) => _opened.Add(opened);
}
