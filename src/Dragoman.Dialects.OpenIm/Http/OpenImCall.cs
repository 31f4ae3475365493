using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Engine;
using Dragoman.Engine.Sessions;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.OpenIm.Http;

/// <summary>One HTTP call after its headers were checked.</summary>
internal sealed class OpenImCall(HttpContext http, OpenImApp app, string operationId, Caller caller, int platformId, GrantKey grant)
{
    public HttpContext Http { get; } = http;
    public OpenImApp App { get; } = app;
    public AppId AppId => App.Id;
    public string OperationId { get; } = operationId;

    /// <summary>Who the token speaks for; nobody on the two routes that need none.</summary>
    public Caller Caller { get; } = caller;

    public int PlatformId { get; } = platformId;

    /// <summary>The token of the call; the same as that of the device's connection.</summary>
    public GrantKey Grant { get; } = grant;

    /// <summary>Which members of the JSON body were there and not null.</summary>
    public JsonPresence Given { get; internal set; }

    /// <summary>The same call on behalf of somebody whom the endpoint found out itself.</summary>
    public OpenImCall As(Caller somebody) => new(Http, App, OperationId, somebody, PlatformId, Grant);

    /// <summary>Null when the caller may act for the user; else the vendor's 1002.</summary>
    public OpenImError? Access(string userId) =>
        Caller.MayActFor(new UserId(userId)) ? null : OpenImErrors.Missing(userId);

    /// <summary>The caller with his device's connection; without it when the token has several, or none.</summary>
    public Caller CallerOnHisDevice(ISessionDirectory sessions)
    {
        SessionId[] ids = [.. sessions.SessionsOf(AppId, Caller.User).Where(s => s.Grant == Grant).Select(s => s.Id)];
        return ids is [var only] ? Caller with { Session = only } : Caller;
    }

    public OpenImError? AdminOnly() =>
        Caller.IsAdministrator ? null : OpenImErrors.NoPermission.With($"user {Caller.User.Value} is not admin userID");
}
