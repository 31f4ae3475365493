using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Friends;

/// <summary>What the tests of the routes about friends share.</summary>
public abstract class FriendRouteTest(FriendServer server)
{
    private protected FriendServer Server { get; } = server;

    private protected OpenImAppClient App => Server.Demo;

    private protected Task<ApiReply> AskAsync(string from, string to, string message = "hi") =>
        App.AdminPostAsync("/friend/add_friend", new { fromUserID = from, toUserID = to, reqMsg = message, ex = "ex" });

    /// <param name="to">Who answers.</param>
    private protected Task<ApiReply> AnswerAsync(string to, string from, int result = 1, string words = "ok") =>
        App.AdminPostAsync("/friend/add_friend_response", new { toUserID = to, fromUserID = from, handleResult = result, handleMsg = words });

    private protected async Task ImportAsync(string owner, params string[] friends) =>
        (await App.AdminPostAsync("/friend/import_friend", new { ownerUserID = owner, friendUserIDs = friends })).Succeeded();

    /// <summary>The friend comes off the owner's list, the owner stays on his.</summary>
    private protected async Task DeleteAsync(string owner, string friend) =>
        (await App.AdminPostAsync("/friend/delete_friend", new { ownerUserID = owner, friendUserID = friend })).Succeeded();

    private protected async Task BlockAsync(string owner, string blocked) =>
        (await App.AdminPostAsync("/friend/add_black", new { ownerUserID = owner, blackUserID = blocked, ex = "ex" })).Succeeded();

    private protected async Task<string[]> FriendsOfAsync(string user)
    {
        var reply = await App.AdminPostAsync("/friend/get_friend_list", new { userID = user, pagination = Page() });
        return [.. reply.Succeeded().Data.GetProperty("friendsInfo").Items().Select(f => f.GetProperty("friendUser").Text("userID"))];
    }

    /// <summary>The requests that a user received.</summary>
    private protected async Task<JsonElement[]> ReceivedAsync(string user, params int[] results)
    {
        var reply = await App.AdminPostAsync("/friend/get_friend_apply_list", new { userID = user, handleResults = results, pagination = Page() });
        return [.. reply.Succeeded().Data.GetProperty("FriendRequests").Items()];
    }

    /// <summary>What changed in a user's list of friends; from nothing when no version is named.</summary>
    private protected async Task<JsonElement> IncrementAsync(string user, JsonElement? known = null) =>
        (await App.AdminPostAsync("/friend/get_incremental_friends", new
        {
            userID = user,
            versionID = known?.Text("versionID") ?? "",
            version = known?.GetProperty("version").GetUInt64() ?? 0,
        })).Succeeded().Data;

    private protected static object Page(int number = 1, int size = 100) => new { pageNumber = number, showNumber = size };

    /// <summary>A notification as it was pushed: on the channel of the two, without a number, and with its tips.</summary>
    private protected static async Task<JsonElement> AssertToldAsync(OpenImClient client, int type, string sender, string receiver)
    {
        var pushed = await client.PushAsync(p => p.IsNotification && p.Message.ContentType == type, $"notification {type}");
        var message = pushed.Message;
        string[] pair = [sender, receiver];
        Array.Sort(pair, StringComparer.Ordinal);
        Assert.Equal($"n_{pair[0]}_{pair[1]}", pushed.ConversationId);
        Assert.Equal((sender, receiver, 1, 200, 0L, 2), (message.SendID, message.RecvID, message.SessionType, message.MsgFrom, message.Seq, message.Status));
        Assert.False(message.Options["isNotNotification"]);
        Assert.True(message.Options["senderSync"]);
        Assert.False(message.Options["history"]);
        return TipsOf(pushed);
    }

    private protected static JsonElement TipsOf(Pushed pushed) =>
        JsonDocument.Parse(JsonDocument.Parse(pushed.Text).RootElement.Text("detail")).RootElement;
}

internal static class JsonReading
{
    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public static long Number(this JsonElement json, string name) => json.GetProperty(name).GetInt64();

    public static bool Flag(this JsonElement json, string name) => json.GetProperty(name).GetBoolean();

    /// <summary>An absent list is null.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement list) => list.ValueKind == JsonValueKind.Null ? [] : list.EnumerateArray();

    public static string[] Texts(this JsonElement list) => [.. list.Items().Select(e => e.GetString()!)];
}
