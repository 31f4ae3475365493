using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Conversations;

/// <summary>Brings what memory holds of conversations up to date with what the log writer has just put on disk.</summary>
public sealed class WrittenConversations(ConversationHeads heads, UserLists lists)
{
    /// <summary>Called on a writer's thread, for each unit in the order of its writer, before anybody is told.</summary>
    internal void Note(WriteUnit unit)
    {
        foreach (var entry in unit.Entries)
        {
            heads.Grown(entry);

            // Their first word has put the conversation on the lists of two people.
            if (entry is { Sequence: 1, Conversation.Kind: ConversationKind.Direct }) LetGo(entry.Conversation.App, entry.Conversation.Talkers);
        }

        if (unit.Changes.Count > 0) Note(unit.Changes);
    }

    private void Note(IReadOnlyList<StoreChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Concerns is not { } conversation) continue;

            heads.Touched(conversation, change is CutConversation cut ? cut.First : 1);
            if (change is AdvanceRead read) lists.Advance(read);
            else LetGo(change.App, change.ListsOf);
        }
    }

    private void LetGo(AppId app, IReadOnlyList<UserId> users)
    {
        foreach (var user in users) lists.LetGo(app, user);
    }
}
