using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Presences;

namespace Dragoman.Dialects.Agora.Rest.Presence;

/// <summary>A route about presence (section 4.5), which an app may have switched off. Its answers have no envelope, and their numbers are texts.</summary>
internal abstract class PresenceEndpoint(string method, string template) : AgoraEndpoint(method, template, Access.Owner)
{
    protected const int MaxBatch = 100;

    private static readonly AgoraError Off = new(400, "service open exception", "the app not open presence") { Result = "the app not open presence" };

    public override int CallsPerSecond => 50;

    public sealed override ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct) =>
        call.App.Settings.Features.Presence ? ServeAsync(call, ct) : new(Off);

    protected abstract ValueTask<AgoraReply> ServeAsync(AgoraCall call, CancellationToken ct);

    protected static AgoraReply Result(JsonNode result) => AgoraReply.Bare(new JsonObject { ["result"] = result });

    protected static async ValueTask<List<UserId>> NamedAsync(UserFinder users, AgoraApp app, IReadOnlyList<string> names, CancellationToken ct)
    {
        var named = new List<UserId>(names.Count);
        foreach (var name in names) named.Add(await users.NamedAsync(app, name, ct));
        return named;
    }
}

/// <summary><c>POST /users/{u}/presence/{resource}/{status}</c>: how a device wants to appear.</summary>
internal sealed class PublishPresenceRoute(PublishPresence publish, AccountDirectory accounts)
    : PresenceEndpoint("POST", "/users/{u}/presence/{resource}/{status}")
{
    private const int MaxResource = 256;

    protected override async ValueTask<AgoraReply> ServeAsync(AgoraCall call, CancellationToken ct)
    {
        var (user, resource, status) = (call.UserIn("u"), call.TextIn("resource"), call.TextIn("status"));
        if (call.Body.Text("ext") is not { } ext) return AgoraErrors.IllegalArgument.With("ext cannot be null");
        if (resource.Length > MaxResource || status.Length > 9 || !status.All(char.IsAsciiDigit)) return AgoraErrors.IllegalArgument.With("status is invalid");
        if (await accounts.FindAsync(call.App.Id, user, ct) is null) return AgoraErrors.UserNotFound;

        var published = await publish.RunAsync(call.Caller, user, resource, status, ext, ct);
        return published.TryGet(out _, out var refusal) ? Result("ok") : refusal;
    }
}

/// <summary><c>POST /users/{u}/presence/{seconds}</c>: the user wants to hear how these appear, for so long.</summary>
internal sealed class SubscribePresenceRoute(SubscribePresence subscribe, PresenceBook book, UserFinder users)
    : PresenceEndpoint("POST", "/users/{u}/presence/{seconds}")
{
    protected override async ValueTask<AgoraReply> ServeAsync(AgoraCall call, CancellationToken ct)
    {
        if (!long.TryParse(call.TextIn("seconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds is < 1 || seconds > PresenceLimits.LongestSubscription.TotalSeconds)
        {
            return AgoraErrors.IllegalArgument.With("expiry is invalid");
        }

        if (call.Body.Texts("usernames") is not { Count: > 0 } names) return AgoraErrors.IllegalArgument.With("usernames is empty");
        if (names.Count > MaxBatch) return AgoraErrors.IllegalArgument.With("too many sub presence");
        var targets = await NamedAsync(users, call.App, names, ct);
        var subscribed = await subscribe.RunAsync(call.Caller, call.UserIn("u"), targets, TimeSpan.FromSeconds(seconds), ct);
        if (!subscribed.TryGet(out var endsAt, out var refusal)) return refusal;

        var result = new JsonArray();
        foreach (var target in targets) result.Add(PresenceJson.InTexts(await book.ViewAsync(call.App.Id, target, ct), endsAt));
        return Result(result);
    }
}

/// <summary><c>POST /users/{u}/presence</c>: how these appear now.</summary>
internal sealed class ReadPresenceRoute(PresenceBook book, UserFinder users) : PresenceEndpoint("POST", "/users/{u}/presence")
{
    protected override async ValueTask<AgoraReply> ServeAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Texts("usernames") is not { Count: > 0 } names) return AgoraErrors.IllegalArgument.With("usernames is empty");
        if (names.Count > MaxBatch) return AgoraErrors.IllegalArgument.With("too many get presences");

        var result = new JsonArray();
        foreach (var user in await NamedAsync(users, call.App, names, ct)) result.Add(PresenceJson.InTexts(await book.ViewAsync(call.App.Id, user, ct), expiresAt: null));
        return Result(result);
    }
}

/// <summary><c>DELETE /users/{u}/presence</c>: no more of these. Clients send a bare list of names, servers an object around it.</summary>
internal sealed class UnsubscribePresenceRoute(SubscribePresence subscribe, UserFinder users) : PresenceEndpoint("DELETE", "/users/{u}/presence")
{
    protected override async ValueTask<AgoraReply> ServeAsync(AgoraCall call, CancellationToken ct)
    {
        var names = call.Body.ValueKind == JsonValueKind.Array && call.Body.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. call.Body.EnumerateArray().Select(item => item.GetString()!)]
            : call.Body.Texts("users");
        if (names is not { Count: > 0 }) return AgoraErrors.IllegalArgument.With("usernames cannot be null");
        if (names.Count > MaxBatch) return AgoraErrors.IllegalArgument.With("too many unsub presences");

        var ended = await subscribe.EndAsync(call.Caller, call.UserIn("u"), await NamedAsync(users, call.App, names, ct), ct);
        return ended.TryGet(out _, out var refusal) ? Result("ok") : refusal;
    }
}

/// <summary><c>GET /users/{u}/presence/sublist?pageNum=&amp;pageSize=</c>: to whom the user is subscribed.</summary>
internal sealed class ListPresenceSubscriptions(SubscribePresence subscribe) : PresenceEndpoint("GET", "/users/{u}/presence/sublist")
{
    private const int Most = 500;

    protected override async ValueTask<AgoraReply> ServeAsync(AgoraCall call, CancellationToken ct)
    {
        var page = NumberOr(call.Query("pageNum"), 1);
        var size = Math.Min(NumberOr(call.Query("pageSize"), 1), Most);
        var found = await subscribe.ListAsync(call.Caller, call.UserIn("u"), (page - 1L) * size, size, ct);
        if (!found.TryGet(out var list, out var refusal)) return refusal;
        return Result(new JsonObject
        {
            ["totalnum"] = PresenceJson.Text(list.Total),
            ["sublist"] = new JsonArray([.. list.Page.Select(one => (JsonNode)new JsonObject
            {
                ["uid"] = one.User.Value,
                ["expiry"] = PresenceJson.Text(one.ExpiresAt / 1000),
            })]),
        });
    }

    private static int NumberOr(string? text, int usual) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : usual;
}
