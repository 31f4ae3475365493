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
        services.AddSingleton<LogWriter>();
        return services
            .AddAccounts()
            .AddSessions()
            .AddConversations()
            .AddMessages()
            .AddGroups();
    }

    private static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<AccountDirectory>()
        .AddSingleton<RegisterAccounts>()
        .AddSingleton<UpdateProfile>();

    private static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<GrantBook>();

    private static IServiceCollection AddConversations(this IServiceCollection services) => services
        .AddSingleton<UserConversations>()
        .AddSingleton<ReadCursors>()
        .AddSingleton<ConversationAccess>()
        .AddSingleton<ClearConversations>()
        .AddSingleton<ConfigureConversation>();

    private static IServiceCollection AddMessages(this IServiceCollection services) => services
        .AddSingleton(s => new MessageIds(s.GetRequiredService<TimeProvider>()))
        .AddSingleton<OnlineNews>()
        .AddSingleton<SendDesk>()
        .AddSingleton<SendDirectMessage>()
        .AddSingleton<SendGroupMessage>()
        .AddSingleton<PullEntries>()
        .AddSingleton<RecallMessage>()
        .AddSingleton<MarkRead>()
        .AddSingleton<RemoveFromSight>();

    private static IServiceCollection AddGroups(this IServiceCollection services) => services
        .AddSingleton<RosterDirectory>()
        .AddSingleton<GroupScribe>()
        .AddSingleton<GroupDesk>()
        .AddSingleton<Admission>()
        .AddSingleton<Applications>()
        .AddSingleton<ProfileInGroups>()
        .AddSingleton<CreateGroup>()
        .AddSingleton<InviteMembers>()
        .AddSingleton<JoinGroup>()
        .AddSingleton<KickMembers>()
        .AddSingleton<LeaveGroup>()
        .AddSingleton<DismissGroup>()
        .AddSingleton<ApplyToGroup>()
        .AddSingleton<AnswerApplication>()
        .AddSingleton<ListApplications>()
        .AddSingleton<UpdateGroup>()
        .AddSingleton<TransferGroup>()
        .AddSingleton<MuteMember>()
        .AddSingleton<MuteGroup>()
        .AddSingleton<UpdateMembers>()
        .AddSingleton<FindGroups>();
}
