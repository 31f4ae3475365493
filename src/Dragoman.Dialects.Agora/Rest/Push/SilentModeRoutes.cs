using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;

namespace Dragoman.Dialects.Agora.Rest.Push;

/// <summary>What the routes about do not disturb have in common.</summary>
internal sealed class SilentModes(AccountDirectory accounts, UserConversations conversations, SetReceiveOption set, UserFinder users, TimeProvider clock)
{
    public static readonly AgoraError NoUser = new(400, "required_property_not_found", "Entity user requires a property named username");

    public long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What a path means by a kind and a key; null for the user himself, which is everything.</summary>
    public async ValueTask<ConversationKey?> FindAsync(AgoraCall call, UserId user, bool isGroup, string key, CancellationToken ct)
    {
        if (isGroup) return ConversationKey.Group(call.App.Id, new GroupId(key));
        var peer = await users.NamedAsync(call.App, key, ct);
        return peer == user ? null : ConversationKey.Direct(call.App.Id, user, peer);
    }

    public async ValueTask<(ReceiveOption Level, QuietHours Hours)> ReadAsync(Account account, ConversationKey? conversation, CancellationToken ct)
    {
        if (conversation is not { } one) return (account.Receive, account.Quiet);
        var settings = await conversations.FindSettingsAsync(account.Id, one, ct);
        return (settings?.Receive ?? ReceiveOption.Notify, settings?.Quiet ?? QuietHours.None);
    }

    public async ValueTask<AgoraReply> ShowAsync(AgoraCall call, UserId user, bool isGroup, string key, CancellationToken ct)
    {
        if (await accounts.FindAsync(call.App.Id, user, ct) is not { } account) return NoUser;
        return new() { Path = "/users", Data = await JsonAsync(account, await FindAsync(call, user, isGroup, key, ct), ct) };
    }

    public async ValueTask<JsonObject> JsonAsync(Account account, ConversationKey? conversation, CancellationToken ct)
    {
        var (level, hours) = await ReadAsync(account, conversation, ct);
        return SilentMode.Show(level, hours, conversation is null, Now);
    }

    public async ValueTask<AgoraReply> SetAsync(AgoraCall call, UserId user, bool isGroup, string key, CancellationToken ct)
    {
        if (await accounts.FindAsync(call.App.Id, user, ct) is not { } account) return NoUser;
        var conversation = await FindAsync(call, user, isGroup, key, ct);
        var (_, hours) = await ReadAsync(account, conversation, ct);
        var (change, invalid) = SilentMode.Read(call.Body, hours, conversation is null, Now, call.App.Settings.UtcOffsetMinutes);
        if (change is null) return invalid!;

        var done = await set.RunAsync(call.Caller, user, conversation, change, ct);
        return done.TryGet(out _, out var refusal) ? await ShowAsync(call, user, isGroup, key, ct) : refusal;
    }
}

/// <summary><c>GET</c> and <c>PUT /users/{u}/notification/user/{key}</c>: of one person, or under the own name of everything.</summary>
internal sealed class UserNotification(SilentModes modes) : AgoraEndpoint("GET,PUT", "/users/{u}/notification/user/{key}", Access.Owner)
{
    public override ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct) => call.Http.Request.Method == "PUT"
        ? modes.SetAsync(call, call.UserIn("u"), isGroup: false, call.TextIn("key"), ct)
        : modes.ShowAsync(call, call.UserIn("u"), isGroup: false, call.TextIn("key"), ct);
}

/// <summary><c>GET</c> and <c>PUT /users/{u}/notification/chatgroup/{key}</c>.</summary>
internal sealed class GroupNotification(SilentModes modes) : AgoraEndpoint("GET,PUT", "/users/{u}/notification/chatgroup/{key}", Access.Owner)
{
    public override ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct) => call.Http.Request.Method == "PUT"
        ? modes.SetAsync(call, call.UserIn("u"), isGroup: true, call.TextIn("key"), ct)
        : modes.ShowAsync(call, call.UserIn("u"), isGroup: true, call.TextIn("key"), ct);
}

/// <summary><c>GET /users/{u}/notification?user=a,b&amp;group=g1</c>: of several at once.</summary>
internal sealed class ListNotifications(SilentModes modes, AccountDirectory accounts) : AgoraEndpoint("GET", "/users/{u}/notification", Access.Owner)
{
    private const int MaxBatch = 100;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        if (await accounts.FindAsync(call.App.Id, user, ct) is not { } account) return SilentModes.NoUser;
        var (people, groups) = (Split(call.Query("user")), Split(call.Query("group")));
        if (people.Length + groups.Length > MaxBatch) return AgoraErrors.IllegalArgument.With($"too many conversations, maximum limit is {MaxBatch}");

        var (ofPeople, ofGroups) = (new JsonObject(), new JsonObject());
        foreach (var name in people) ofPeople[name] = await modes.JsonAsync(account, await modes.FindAsync(call, user, isGroup: false, name, ct), ct);
        foreach (var id in groups) ofGroups[id] = await modes.JsonAsync(account, await modes.FindAsync(call, user, isGroup: true, id, ct), ct);
        return new() { Path = "/users", Data = new JsonObject { ["user"] = ofPeople, ["group"] = ofGroups } };
    }

    private static string[] Split(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

/// <summary><c>GET /users/{u}/notification/mute/type?limit=&amp;cursor=</c>: the conversations whose level the user has chosen.</summary>
internal sealed class ListMuteTypes(UserConversations conversations, AccountDirectory accounts)
    : AgoraEndpoint("GET", "/users/{u}/notification/mute/type", Access.Owner)
{
    private const int Usual = 10;
    private const int Most = 50;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        if (await accounts.FindAsync(call.App.Id, user, ct) is null) return SilentModes.NoUser;
        if (PageCursor.SkipOf(call.Query("cursor")) is not { } skip) return PageCursor.Invalid;
        var limit = call.Limit(Usual, Most);
        var all = (await conversations.ListAsync(call.App.Id, user, ct))
            .Select(item => item.State)
            .Where(state => state.Receive != ReceiveOption.Notify || state.Quiet.IsLevelChosen)
            .Where(state => state.Conversation.Kind is ConversationKind.Direct or ConversationKind.Group)
            .OrderBy(state => state.Conversation.Element, StringComparer.Ordinal)
            .ToArray();
        var page = all.Skip((int)Math.Min(skip, all.Length)).Take(limit).ToArray();
        var data = new JsonArray([.. page.Select(state => (JsonNode)new JsonObject
        {
            [state.Conversation.Kind == ConversationKind.Group ? "group" : "user"] =
                state.Conversation.Kind == ConversationKind.Group ? state.Conversation.A : state.Conversation.PeerOf(user).Value,
            ["value"] = SilentMode.WordOf(state.Receive, state.Quiet, isForAll: false),
        })]);
        return new() { Path = "/users", Data = data, Cursor = PageCursor.After(skip, page.Length, all.Length) };
    }
}

/// <summary><c>GET</c> and <c>PUT /users/{u}/notification/language</c>: in which language pushes are to come.</summary>
internal sealed class PushLanguage(UpdateProfile update, AccountDirectory accounts) : AgoraEndpoint("GET,PUT", "/users/{u}/notification/language", Access.Owner)
{
    private const string Trait = "agora.push_language";
    private const int MaxLength = 35; // the longest tag that RFC 5646 asks everybody to take

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        if (await accounts.FindAsync(call.App.Id, user, ct) is not { } account) return SilentModes.NoUser;
        if (call.Http.Request.Method != "PUT") return Show(account.Traits.GetValueOrDefault(Trait, ""));

        var language = call.Body.Text("translationLanguage");
        if (language is null || language.Length > MaxLength) return AgoraErrors.IllegalArgument.With("parameters is invalid : translationLanguage");
        var change = new ProfileChange { Traits = new Dictionary<string, string?>(StringComparer.Ordinal) { [Trait] = language } };
        var updated = await update.RunAsync(call.Caller, user, change, ct);
        return updated.TryGet(out _, out var refusal) ? Show(language) : refusal;
    }

    private static AgoraReply Show(string language) => new() { Path = "/users", Data = new JsonObject { ["language"] = language } };
}
