using Dragoman.Engine.Conversations;

namespace Dragoman.Engine.Ports;

/// <summary>A change of stored rows, as data: every storage executes the same list its own way, inside one transaction.</summary>
/// <remarks>
/// A store keeps the change streams (<see cref="IStreamStore"/>) by what these changes say, in the same transaction.
/// A unit's changes come before its entries, only <see cref="RemoveMembers"/> after them: who is removed can still read why.
/// </remarks>
public abstract record StoreChange(AppId App)
{
    /// <summary>
    /// Of what the change concerns: units without entries whose first changes have the same key are written in the order
    /// in which they were queued. Units with entries are ordered by conversation.
    /// </summary>
    public virtual int OrderingKey => App.GetHashCode();

    /// <summary>The conversation in which, or in what users keep about which, something is another way afterwards.</summary>
    public virtual ConversationKey? Concerns => null;

    /// <summary>Of the conversation that the change concerns: whose lists it touches otherwise than by moving a read position on.</summary>
    public virtual IReadOnlyList<UserId> ListsOf => [];
}
