using System.Text.Json;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Engine;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.Agora.Http;

/// <summary>One HTTP call after its token was looked at.</summary>
/// <param name="path">After the app's prefix.</param>
/// <param name="values">What stands in the places of the route.</param>
/// <param name="bearer">Null on routes that need nobody.</param>
/// <param name="device">The connection of the device that asks (<c>?resource=</c>), if it has one here: it is not told what it did.</param>
internal sealed class AgoraCall(
    HttpContext http, AgoraApp app, string path, IReadOnlyDictionary<string, string> values, Bearer? bearer, SessionId device)
{
    public HttpContext Http { get; } = http;
    public AgoraApp App { get; } = app;
    public string Path { get; } = path;
    public Bearer? Bearer { get; } = bearer;

    /// <summary>The body; undefined when there was none.</summary>
    public JsonElement Body { get; init; }

    /// <summary>The body of a route that takes it as it is.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>The pairs of a form; of a name that comes twice the last one.</summary>
    public IReadOnlyDictionary<string, string> Form { get; init; } = new Dictionary<string, string>();

    /// <summary>The app itself, or the user of the token; nobody without a token.</summary>
    public Caller Caller { get; } = bearer switch
    {
        null => new(app.Id, AgoraId.TheApp, IsAdministrator: false),
        { IsApp: true } => app.Itself,
        _ => new(app.Id, bearer.User, IsAdministrator: false, Session: device) { GroupQuota = app.GroupQuota },
    };

    /// <summary>The places of a route that name a user: who is meant is found out before the call.</summary>
    public static readonly string[] UserPlaces = ["u", "f"];

    /// <summary>A user whom the path names: any spelling of his name.</summary>
    public UserId UserIn(string place) => UserPlaces.Contains(place, StringComparer.Ordinal) ? new(values[place]) : UserNames.Fold(values[place]);

    public string TextIn(string place) => values[place];

    /// <summary>Null for a parameter that is not there: clients spell that in several ways.</summary>
    public string? Query(string name) =>
        Http.Request.Query[name].ToString() is { Length: > 0 } text && text is not ("null" or "undefined") ? text : null;

    /// <summary>A count that a client asks for, kept within the vendor's bounds.</summary>
    public int Limit(int usual, int most) =>
        int.TryParse(Query("limit"), System.Globalization.CultureInfo.InvariantCulture, out var limit) && limit > 0 ? Math.Min(limit, most) : usual;
}
