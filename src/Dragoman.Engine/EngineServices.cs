using Dragoman.Engine.Accounts;
using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dragoman.Engine;

/// <summary>The engine's table of contents.</summary>
public static class EngineServices
{
    /// <summary>Adds every operation. The caller adds a storage and an <see cref="ISessionDirectory"/>.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<KeyedGate>();
        services.AddSingleton<InProcessEventBus>().AddSingleton<IEventBus>(s => s.GetRequiredService<InProcessEventBus>());
        services.AddSingleton<LogWriter>().AddSingleton<ReadCursors>();
        services.AddSingleton(s => new MessageIds(s.GetRequiredService<TimeProvider>()));

        services.AddSingleton<AccountDirectory>().AddSingleton<RegisterAccounts>().AddSingleton<UpdateProfile>();
        services.AddSingleton<GrantBook>();
        services.AddSingleton<UserConversations>().AddSingleton<ConversationAccess>();
        services.AddSingleton<ClearConversations>().AddSingleton<ConfigureConversation>();
        services.AddSingleton<OnlineNews>().AddSingleton<SendDesk>();
        services.AddSingleton<SendDirectMessage>().AddSingleton<SendGroupMessage>().AddSingleton<PullEntries>();
        services.AddSingleton<RecallMessage>().AddSingleton<MarkRead>().AddSingleton<RemoveFromSight>();
        services.AddSingleton<RosterDirectory>().AddSingleton<GroupScribe>().AddSingleton<GroupDesk>();
        services.AddSingleton<CreateGroup>().AddSingleton<InviteMembers>().AddSingleton<JoinGroup>();
        services.AddSingleton<KickMembers>().AddSingleton<LeaveGroup>().AddSingleton<DismissGroup>();
        return services;
    }
}
