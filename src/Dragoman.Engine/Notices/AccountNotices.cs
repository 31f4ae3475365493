using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;

namespace Dragoman.Engine.Notices;

/// <summary>What others see of an account changed; told to its own devices.</summary>
public sealed record ProfileChanged(UserId User) : Notice
{
    /// <summary>What was asked for; null where the notice is older than this member.</summary>
    public ProfileChange? Change { get; init; }

    internal override ConversationKey? PlaceIn(AppId app) => ConversationKey.Inbox(app, User);
}

/// <summary>Accounts were created; for hooks alone.</summary>
public sealed record AccountsRegistered(IReadOnlyList<Account> Accounts) : Notice
{
    internal override ConversationKey? PlaceIn(AppId app) => Accounts.Count == 0 ? null : ConversationKey.Inbox(app, Accounts[0].Id);
}
