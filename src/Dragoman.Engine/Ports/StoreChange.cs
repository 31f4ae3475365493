using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Sessions;

namespace Dragoman.Engine.Ports;

/// <summary>A change of stored rows, as data: every storage executes the same list its own way, inside one transaction.</summary>
/// <remarks>
/// A store keeps the change streams (<see cref="IStreamStore"/>) by what these changes say, in the same transaction.
/// A unit's changes come before its entries, only <see cref="RemoveMembers"/> after them: who is removed can still read why.
/// </remarks>
public abstract record StoreChange(AppId App);

/// <summary>Conflicts with <see cref="Condition.AccountExists"/>. The store gives the account its number.</summary>
public sealed record CreateAccount(AppId App, Account Account) : StoreChange(App);

public sealed record PutAccount(AppId App, Account Account) : StoreChange(App);

public sealed record PutGrant(AppId App, Grant Grant) : StoreChange(App);

public sealed record RemoveGrants(AppId App, UserId User, IReadOnlyList<GrantKey> Keys) : StoreChange(App);

/// <summary>Conflicts with <see cref="Condition.GroupExists"/>.</summary>
public sealed record CreateGroup(AppId App, Group Group) : StoreChange(App);

/// <param name="Version">The version of the group's member stream after the change; so for the next two.</param>
public sealed record PutGroup(AppId App, Group Group, long Version) : StoreChange(App);

/// <summary>Adds or replaces members, and gives each the group's row in his list of conversations.</summary>
/// <param name="FirstVisibleSequence">What a newcomer may read from; 1 is everything.</param>
public sealed record PutMembers(AppId App, GroupId Group, IReadOnlyList<Member> Members, long Version, long FirstVisibleSequence = 1)
    : StoreChange(App);

/// <summary>Removes members; what they could read until now stays readable up to the group's present end.</summary>
public sealed record RemoveMembers(AppId App, GroupId Group, IReadOnlyList<UserId> Users, long Version) : StoreChange(App);

/// <summary>Adds or replaces what a user keeps about a conversation.</summary>
public sealed record PutUserConversation(AppId App, UserConversation State) : StoreChange(App);

/// <summary>Moves read positions forward, never back.</summary>
public sealed record AdvanceRead(AppId App, UserId User, ConversationKey Conversation, long ReadSequence) : StoreChange(App);

/// <summary>Somebody called these users by name in a conversation.</summary>
public sealed record MarkMentioned(AppId App, ConversationKey Conversation, IReadOnlyList<UserId> Users, MentionMark Mark)
    : StoreChange(App);

public sealed record MarkRecalled(AppId App, ConversationKey Conversation, long Sequence, RecallMark Mark) : StoreChange(App);

/// <summary>Takes entries out of one user's sight.</summary>
public sealed record HideEntries(AppId App, UserId User, ConversationKey Conversation, IReadOnlyList<long> Sequences)
    : StoreChange(App);

/// <summary>Takes entries away from everybody; their places in the sequence remain.</summary>
public sealed record EraseEntries(AppId App, ConversationKey Conversation, IReadOnlyList<long> Sequences) : StoreChange(App);
