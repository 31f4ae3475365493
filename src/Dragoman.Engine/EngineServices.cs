using Dragoman.Engine.Accounts;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Caching;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Deliveries;
using Dragoman.Engine.Events;
using Dragoman.Engine.Files;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Presences;
using Dragoman.Engine.Push;
using Dragoman.Engine.Rates;
using Dragoman.Engine.Relations;
using Dragoman.Engine.Rooms;
using Dragoman.Engine.Sessions;
using Dragoman.Engine.Topics;
using Dragoman.Engine.Words;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dragoman.Engine;

/// <summary>The engine's table of contents.</summary>
public static class EngineServices
{
    /// <summary>Adds every operation. The caller adds a storage, a storage of files and an <see cref="ISessionDirectory"/>.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<KeyedGate>().AddSingleton<RateDesk>();
        services.AddSingleton<InProcessEventBus>().AddSingleton<IEventBus>(s => s.GetRequiredService<InProcessEventBus>());
        services.AddSingleton<LogWriter>();
        return services
            .AddHooks()
            .AddAccounts()
            .AddRelations()
            .AddSessions()
            .AddConversations()
            .AddMessages()
            .AddDeliveries()
            .AddGroups()
            .AddRooms()
            .AddTopics()
            .AddFiles()
            .AddPresence()
            .AddPush();
    }

    private static IServiceCollection AddHooks(this IServiceCollection services) => services
        .AddSingleton<HookDesk>()
        .AddSingleton<TellHooks>()
        .AddSingleton<Outbox>();

    private static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<AccountDirectory>()
        .AddSingleton<PasswordHasher>()
        .AddSingleton<PasswordDesk>()
        .AddSingleton<CheckPassword>()
        .AddSingleton<SetPassword>()
        .AddSingleton<RegisterAccounts>()
        .AddSingleton<UpdateProfile>()
        .AddSingleton<AdmitNewcomers>()
        .AddSingleton<DisableAccount>()
        .AddSingleton<DeleteAccount>()
        .AddSingleton<NameFolding>()
        .AddSingleton<StoreClientLogs>()
        .AddSingleton<ListClientLogs>()
        .AddSingleton<DeleteClientLogs>()
        .AddSingleton<Favourites>()
        .AddSingleton<ClientSettings>();

    private static IServiceCollection AddRelations(this IServiceCollection services) => services
        .AddSingleton<RelationDirectory>()
        .AddSingleton<ContactRules>()
        .AddSingleton<RelationDesk>()
        .AddSingleton<RequestFriend>()
        .AddSingleton<AnswerFriendRequest>()
        .AddSingleton<ImportFriends>()
        .AddSingleton<RemoveFriend>()
        .AddSingleton<RemarkFriend>()
        .AddSingleton<UpdateFriends>()
        .AddSingleton<BlockUser>()
        .AddSingleton<UnblockUser>()
        .AddSingleton<ReadFriends>()
        .AddSingleton<ReadFriendRequests>()
        .AddSingleton<ReadBlocks>()
        .AddSingleton<ProfileInFriends>();

    private static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<GrantBook>()
        .AddSingleton<ActiveUsers>()
        .AddSingleton<EndSessions>()
        .AddSingleton<InvalidateTokens>();

    private static IServiceCollection AddDeliveries(this IServiceCollection services) => services
        .AddSingleton<DeliveryPlaces>()
        .AddSingleton<ReadUndelivered>();

    private static IServiceCollection AddConversations(this IServiceCollection services) => services
        .AddSingleton<UserConversations>()
        .AddSingleton<UserLists>()
        .AddSingleton<ConversationHeads>()
        .AddSingleton<WrittenConversations>()
        .AddSingleton<Openings>()
        .AddSingleton<ReadCursors>()
        .AddSingleton<ConversationAccess>()
        .AddSingleton<ClearConversations>()
        .AddSingleton<ForgetConversations>()
        .AddSingleton<SwitchDisappearing>()
        .AddSingleton<SetReceiveOption>()
        .AddSingleton<ConfigureConversation>();

    private static IServiceCollection AddMessages(this IServiceCollection services) => services
        .AddSingleton(s => new MessageIds(s.GetRequiredService<TimeProvider>()))
        .AddSingleton<OnlineNews>()
        .AddSingleton<SendDesk>()
        .AddSingleton<MessageHooks>()
        .AddSingleton<WordDesk>()
        .AddSingleton<SendDirectMessage>()
        .AddSingleton<SendGroupMessage>()
        .AddSingleton<SendAnnouncement>()
        .AddSingleton<SearchMessages>()
        .AddSingleton<RankActivity>()
        .AddSingleton<PullEntries>()
        .AddSingleton<ReadHistory>()
        .AddSingleton<ConfirmDelivery>()
        .AddSingleton<GroupReceipts>()
        .AddSingleton<LastEntries>()
        .AddSingleton<BodyReaders>()
        .AddSingleton<ContentTexts>()
        .AddSingleton<RecallMessage>()
        .AddSingleton<MessageDesk>()
        .AddSingleton<EditMessage>()
        .AddSingleton<AddReaction>()
        .AddSingleton<RemoveReaction>()
        .AddSingleton<ListReactions>()
        .AddSingleton<ReactionTallies>()
        .AddSingleton<PinMessage>()
        .AddSingleton<UnpinMessage>()
        .AddSingleton<ListPins>()
        .AddSingleton<MarkRead>()
        .AddSingleton<RemoveFromSight>();

    private static IServiceCollection AddGroups(this IServiceCollection services) => services
        .AddSingleton<RosterDirectory>()
        .AddSingleton<GroupScribe>()
        .AddSingleton<GroupDesk>()
        .AddSingleton<Newcomers>()
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
        .AddSingleton<AnswerInvitation>()
        .AddSingleton<ListApplications>()
        .AddSingleton<UpdateGroup>()
        .AddSingleton<TransferGroup>()
        .AddSingleton<MuteMembers>()
        .AddSingleton<MuteGroup>()
        .AddSingleton<UpdateMembers>()
        .AddSingleton<BanMembers>()
        .AddSingleton<UnbanMembers>()
        .AddSingleton<EditAllowList>()
        .AddSingleton<ReadGroupLists>()
        .AddSingleton<DisableGroup>()
        .AddSingleton<MemberAttributes>()
        .AddSingleton<ShareFile>()
        .AddSingleton<UnshareFile>()
        .AddSingleton<ReadSharedFiles>()
        .AddSingleton<ListGroups>()
        .AddSingleton<FindGroups>();

    private static IServiceCollection AddRooms(this IServiceCollection services) => services
        .AddSingleton<RoomDirectory>()
        .AddSingleton<Occupancy>()
        .AddSingleton<Absentees>().AddSingleton<IEventSubscriber>(s => s.GetRequiredService<Absentees>())
        .AddSingleton<RoomDesk>()
        .AddSingleton<RoomNews>()
        .AddSingleton<RoomKeeper>()
        .AddSingleton<SetRoomCreators>()
        .AddSingleton<CreateRoom>()
        .AddSingleton<FindRooms>()
        .AddSingleton<UpdateRoom>()
        .AddSingleton<TransferRoom>()
        .AddSingleton<DismissRoom>()
        .AddSingleton<EnterRoom>()
        .AddSingleton<LeaveRoom>()
        .AddSingleton<BringIntoRoom>()
        .AddSingleton<RemoveFromRoom>()
        .AddSingleton<MuteInRoom>()
        .AddSingleton<MuteRoom>()
        .AddSingleton<BanFromRoom>()
        .AddSingleton<SetRoomAllowList>()
        .AddSingleton<AppointRoomManager>()
        .AddSingleton<RoomAttributes>()
        .AddSingleton<RoomTags>()
        .AddSingleton<SendToRoom>();

    private static IServiceCollection AddTopics(this IServiceCollection services) => services
        .AddSingleton<TopicDirectory>()
        .AddSingleton<TopicDesk>()
        .AddSingleton<TopicNews>()
        .AddSingleton<CreateTopic>()
        .AddSingleton<UpdateTopic>()
        .AddSingleton<DismissTopic>()
        .AddSingleton<FindTopics>()
        .AddSingleton<ListTopics>()
        .AddSingleton<JoinTopic>()
        .AddSingleton<BringIntoTopic>()
        .AddSingleton<LeaveTopic>()
        .AddSingleton<RemoveFromTopic>()
        .AddSingleton<LastTopicEntries>()
        .AddSingleton<SendToTopic>();

    private static IServiceCollection AddFiles(this IServiceCollection services) => services
        .AddSingleton<FileKey>()
        .AddSingleton<FileKeyReader>()
        .AddSingleton<FileLinks>()
        .AddSingleton<FileDesk>()
        .AddSingleton<BeginUpload>()
        .AddSingleton<SignParts>()
        .AddSingleton<ReceivePart>()
        .AddSingleton<CompleteUpload>()
        .AddSingleton<AbortUpload>()
        .AddSingleton<StoreFile>()
        .AddSingleton<ResolveFile>()
        .AddSingleton<OpenFile>()
        .AddSingleton<DeleteFile>()
        .AddSingleton<CollectFiles>();

    private static IServiceCollection AddPresence(this IServiceCollection services) => services
        .AddSingleton<PresenceWatch>().AddSingleton<IEventSubscriber>(s => s.GetRequiredService<PresenceWatch>())
        .AddSingleton<PresenceBook>()
        .AddSingleton<PresenceSubscribers>()
        .AddSingleton<PresenceTeller>()
        .AddSingleton<PublishPresence>()
        .AddSingleton<SubscribePresence>();

    private static IServiceCollection AddPush(this IServiceCollection services) => services
        .AddSingleton<PushQueue>().AddSingleton<IEventSubscriber>(s => s.GetRequiredService<PushQueue>())
        .AddSingleton<OfflinePush>()
        .AddSingleton<RegisterDevice>()
        .AddSingleton<UnregisterDevice>()
        .AddSingleton<BindPush>()
        .AddSingleton<ListDeviceTokens>()
        .AddSingleton<SetBadge>();
}
