using Dragoman.Engine.Conversations;

namespace Dragoman.Engine.Tests.Journal;

/// <summary>For a writer without an engine around it: nobody has asked for anything, so that there is nothing to bring up to date.</summary>
internal static class EmptyMemory
{
    public static WrittenConversations Make()
    {
        var limits = new EngineLimits();
        return new(new ConversationHeads(store: null!, limits), new UserLists(store: null!, limits));
    }
}
