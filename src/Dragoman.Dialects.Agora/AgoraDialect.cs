using System.Reflection;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Contacts;
using Dragoman.Dialects.Agora.Conversations;
using Dragoman.Dialects.Agora.Files;
using Dragoman.Dialects.Agora.Gateway;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Dialects.Agora.Messages.Notices;
using Dragoman.Dialects.Agora.Rest.Push;
using Dragoman.Dialects.Agora.Rest.Services;
using Dragoman.Dialects.Agora.Rest.Shared;
using Dragoman.Dialects.Agora.Rest.Threads;
using Dragoman.Dialects.Agora.Rest.Users;
using Dragoman.Dialects.Agora.Services;
using Dragoman.Dialects.Agora.Threads;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Words;
using Dragoman.Gateway.Connections;
using Dragoman.Gateway.Dialects;
using Microsoft.Extensions.DependencyInjection;

namespace Dragoman.Dialects.Agora;

/// <summary>The Agora Chat dialect's table of contents; Easemob's is the same.</summary>
public static class AgoraDialect
{
    public static IServiceCollection AddAgoraDialect(this IServiceCollection services)
    {
        services.AddSingleton<AgoraApps>().AddSingleton<AgoraTokens>().AddSingleton<UserFinder>();
        services.AddSingleton<AgoraApi>().AddSingleton<ServerDocument>();
        services.AddSingleton<NameLists>().AddSingleton<IgnoredGroups>();
        services.AddSingleton<IMessageText, AgoraMessageText>().AddSingleton<IBodyReader, AgoraBodyReader>().AddSingleton<ChatFiles>().AddSingleton<AgoraBodyWriter>().AddSingleton<MessageBodies>().AddSingleton<MetaRenderer>();
        services.AddSingleton<Conferences>().AddSingleton<ThreadOverviews>().AddSingleton<ThreadBodies>().AddSingleton<Afterwards>();
        services.AddSingleton<ConversationList>();
        services.AddSingleton<ContactDesk>().AddSingleton<SilentModes>().AddSingleton<ServiceCaller>().AddSingleton<Translation>().AddSingleton<Speech>().AddSingleton<IUplink, RosterUplink>();
        services.AddSingleton<MessageEdits>().AddSingleton<IUplink, ChatUplink>().AddSingleton<IUplink, RoomUplink>().AddSingleton<RoomEntrance>().AddSingleton<IDialectDelivery, AgoraDelivery>();
        services.AddSingleton<AckProbes>().AddHostedService(provider => provider.GetRequiredService<AckProbes>());
        services.AddSingleton<AgoraQueues>().AddSingleton<SyncDesk>().AddSingleton<ProvisionDesk>().AddSingleton<ClientTools>().AddSingleton<AgoraGateway>();
        services.AddSingleton<IDialect, AgoraFrontDoor>();

        // Every route is a class of its own under Rest/, every event one under Messages/Notices.
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(AgoraEndpoint))))
            services.AddSingleton(typeof(AgoraEndpoint), type);
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(INoticeRenderer))))
            services.AddSingleton(typeof(INoticeRenderer), type);
        return services;
    }
}
