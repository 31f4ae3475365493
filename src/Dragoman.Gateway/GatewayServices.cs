using Dragoman.Engine.Events;
using Dragoman.Engine.Sessions;
using Dragoman.Gateway.Connections;
using Dragoman.Gateway.Files;
using Microsoft.Extensions.DependencyInjection;

namespace Dragoman.Gateway;

/// <summary>The gateway's table of contents.</summary>
public static class GatewayServices
{
    public static IServiceCollection AddGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<SessionRegistry>().AddSingleton<ISessionDirectory>(s => s.GetRequiredService<SessionRegistry>());
        services.AddSingleton<CrowdWriter>().AddSingleton<FanOut>().AddSingleton<IEventSubscriber>(s => s.GetRequiredService<FanOut>());
        services.AddSingleton<ConnectionDoor>();
        services.AddSingleton<FileDoor>().AddSingleton<FileReplies>().AddSingleton<FormReader>();
        services.AddHostedService<Heartbeat>();
        return services;
    }
}
