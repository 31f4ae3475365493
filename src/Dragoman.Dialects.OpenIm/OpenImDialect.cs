using System.Reflection;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Business;
using Dragoman.Dialects.OpenIm.Business.Logins;
using Dragoman.Dialects.OpenIm.Business.Codes;
using Dragoman.Dialects.OpenIm.Business.Users;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Messages.Contents;
using Dragoman.Dialects.OpenIm.Messages.Notifications;
using Dragoman.Dialects.OpenIm.Rest.Conversation;
using Dragoman.Dialects.OpenIm.Rest.Group;
using Dragoman.Dialects.OpenIm.Rest.Jssdk;
using Dragoman.Dialects.OpenIm.Rest.Object;
using Dragoman.Dialects.OpenIm.Rest.Msg.Admin;
using Dragoman.Dialects.OpenIm.Webhooks;
using Dragoman.Dialects.OpenIm.Webhooks.Messages;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Events;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Words;
using Dragoman.Gateway.Connections;
using Dragoman.Gateway.Dialects;
using Microsoft.Extensions.DependencyInjection;

namespace Dragoman.Dialects.OpenIm;

/// <summary>The OpenIM dialect's table of contents.</summary>
public static class OpenImDialect
{
    public static IServiceCollection AddOpenImDialect(this IServiceCollection services)
    {
        services.AddSingleton<OpenImApps>().AddSingleton<Administrators>().AddSingleton<OpenImTokens>();
        services.AddSingleton<IMessageText, OpenImMessageText>().AddSingleton<IBodyReader, OpenImBodyReader>().AddSingleton<OpenImBodyWriter>().AddSingleton<MessageRenderer>().AddSingleton<NotificationCatalog>().AddSingleton<GroupNotifications>().AddSingleton<FriendNotifications>().AddSingleton<FriendInfos>().AddSingleton<VersionStreams>().AddSingleton<SeqReads>().AddSingleton<MessagePulls>();
        services.AddSingleton<ConversationLists>().AddSingleton<GroupMembers>().AddSingleton<GroupRequestLists>().AddSingleton<MemberStreams>().AddSingleton<JssdkConversations>();
        services.AddSingleton<ObjectRedirect>().AddSingleton<OpenImApi>().AddSingleton<OpenImGateway>().AddSingleton<RequestDispatcher>().AddSingleton<MessageSends>();
        services.AddSingleton<PresenceSubscriptions>().AddSingleton<IEventSubscriber>(s => s.GetRequiredService<PresenceSubscriptions>());
        services.AddSingleton<IDialectDelivery, OpenImDelivery>();
        services.AddSingleton<IDialect, OpenImFrontDoor>();

        services.AddSingleton<UserTokens>().AddSingleton<ChatTokens>().AddSingleton<ChatDoor>().AddSingleton<ChatLogins>().AddSingleton<ChatSearch>().AddSingleton<Invitations>().AddSingleton<VerifyCodes>().AddSingleton<CodeSender>();
        services.AddSingleton<SendLicence>().AddSingleton<ServerMessages>().AddSingleton<NamedConversations>().AddSingleton<SendStatuses>();
        services.AddSingleton<SessionHooks>().AddSingleton<WebhookCaller>().AddSingleton<WebhookKeys>().AddSingleton<MessageBodies>().AddSingleton<IHookSink, OpenImHookSink>();

        // Every route is a class of its own under Rest/ or Business/, every webhook one under Webhooks/.
        AddAll<OpenImEndpoint>(services);
        AddAll<Webhook>(services);
        return services;
    }

    private static void AddAll<T>(IServiceCollection services)
    {
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(T))))
            services.AddSingleton(typeof(T), type);
    }
}
