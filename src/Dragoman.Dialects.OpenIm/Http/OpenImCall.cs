using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Engine;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.OpenIm.Http;

/// <summary>One HTTP call after its headers were checked.</summary>
internal sealed class OpenImCall(HttpContext http, OpenImApp app, string operationId, Caller caller, int platformId)
{
    public HttpContext Http { get; } = http;
    public OpenImApp App { get; } = app;
    public AppId AppId => App.Id;
    public string OperationId { get; } = operationId;

    /// <summary>Who the token speaks for; nobody on the two routes that need none.</summary>
    public Caller Caller { get; } = caller;

    public int PlatformId { get; } = platformId;

    /// <summary>Which members of the JSON body were there and not null.</summary>
    public JsonPresence Given { get; internal set; }

    /// <summary>Null when the caller may act for the user; else the vendor's 1002.</summary>
    public OpenImError? Access(string userId) =>
        Caller.MayActFor(new UserId(userId)) ? null : OpenImErrors.Missing(userId);

    public OpenImError? AdminOnly() =>
        Caller.IsAdministrator ? null : OpenImErrors.NoPermission.With($"user {Caller.User.Value} is not admin userID");
}
