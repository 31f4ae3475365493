using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Accounts;
using Dragoman.Storage.Sql.Conversations;
using Dragoman.Storage.Sql.Deliveries;
using Dragoman.Storage.Sql.Entries;
using Dragoman.Storage.Sql.Files;
using Dragoman.Storage.Sql.Groups;
using Dragoman.Storage.Sql.Hooks;
using Dragoman.Storage.Sql.Presences;
using Dragoman.Storage.Sql.Push;
using Dragoman.Storage.Sql.Receipts;
using Dragoman.Storage.Sql.Relations;
using Dragoman.Storage.Sql.Rooms;
using Dragoman.Storage.Sql.Streams;
using Dragoman.Storage.Sql.Topics;
using Microsoft.Extensions.DependencyInjection;

namespace Dragoman.Storage.Sql;

/// <summary>What both databases share: all reads. The database adds its <see cref="ISqlReaders"/> and its way to write.</summary>
internal static class SqlStores
{
    public static IServiceCollection AddSqlStores(this IServiceCollection services)
    {
        services.AddSingleton<IEntryStore, EntryStore>();
        services.AddSingleton<IUserConversationStore, UserConversationStore>();
        services.AddSingleton<IAccountStore, AccountStore>();
        services.AddSingleton<IPasswordStore, PasswordStore>();
        services.AddSingleton<ILoginNameStore, LoginNameStore>();
        services.AddSingleton<IRelationStore, RelationStore>();
        services.AddSingleton<IFriendStore, FriendStore>();
        services.AddSingleton<IFriendRequestStore, FriendRequestStore>();
        services.AddSingleton<IBlockStore, BlockStore>();
        services.AddSingleton<IGroupStore, GroupStore>();
        services.AddSingleton<IGroupApplicationStore, GroupApplicationStore>();
        services.AddSingleton<IGroupBanStore, GroupBanStore>();
        services.AddSingleton<IGroupFileStore, GroupFileStore>();
        services.AddSingleton<IMemberAttributeStore, MemberAttributeStore>();
        services.AddSingleton<IRoomStore, RoomStore>();
        services.AddSingleton<ITopicStore, TopicStore>();
        services.AddSingleton<IStreamStore, StreamStore>();
        services.AddSingleton<IOutboxStore, OutboxStore>();
        services.AddSingleton<IFileStore, FileStore>();
        services.AddSingleton<IDeviceStore, DeviceStore>();
        services.AddSingleton<IPresenceStore, PresenceStore>();
        services.AddSingleton<IDeliveryStore, DeliveryStore>();
        services.AddSingleton<IReceiptStore, ReceiptStore>();
        services.AddSingleton<IClientLogStore, ClientLogStore>();
        services.AddSingleton<IEntrySearchStore, EntrySearchStore>();
        services.AddSingleton<IReactionStore, ReactionStore>();
        services.AddSingleton<IPinStore, PinStore>();
        services.AddSingleton<IFavouriteStore, FavouriteStore>();
        services.AddSingleton<IClientSettingStore, ClientSettingStore>();
        services.AddSingleton<IAppStore, AppStore>();
        return services;
    }
}
