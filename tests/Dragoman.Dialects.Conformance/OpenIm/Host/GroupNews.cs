using System.Text.Json;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Host;

/// <summary>What clients hear of groups: the copy in the channel, and the one in the chat.</summary>
internal static class GroupNews
{
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static int Number(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<string> Ids(this JsonElement element, string name) => element.Items(name).Select(e => e.GetString()!);

    /// <summary>The payload of a notification.</summary>
    public static JsonElement Tips(this Pushed pushed) =>
        JsonDocument.Parse(JsonDocument.Parse(pushed.Text).RootElement.GetProperty("detail").GetString()!).RootElement;

    /// <summary>The notification in the group's channel, without a sequence, and the same in the chat with its own.</summary>
    /// <returns>The tips.</returns>
    public static async Task<JsonElement> BothCopiesAsync(this OpenImClient client, string group, int type, long seq)
    {
        var notification = await client.PushAsync(p => p.Message.ContentType == type && p.IsNotification, $"{type} in the channel");
        var visible = await client.PushAsync(p => p.Message.ContentType == type && !p.IsNotification, $"{type} in the chat");
        Assert.Equal(($"n_{group}", 0L, false), (notification.ConversationId, notification.Message.Seq, notification.Message.Options["isNotNotification"]));
        Assert.Equal(($"sg_{group}", seq, false), (visible.ConversationId, visible.Message.Seq, visible.Message.Options.ContainsKey("isNotNotification")));
        Assert.True(notification.Message.Options["isSendMsg"]);
        Assert.All((Pushed[])[notification, visible], p =>
            Assert.Equal((200, 3, group, 2), (p.Message.MsgFrom, p.Message.SessionType, p.Message.GroupID, p.Message.Status)));
        Assert.Equal(notification.Text, visible.Text);
        return notification.Tips();
    }

    /// <summary>The notification in the group's channel alone. That there is no other copy is known when something later has come.</summary>
    /// <returns>The tips.</returns>
    public static async Task<JsonElement> ChannelCopyAsync(this OpenImClient client, string group, int type)
    {
        var notification = await client.PushAsync(p => p.Message.ContentType == type, $"{type} in the channel");
        Assert.Equal(($"n_{group}", 0L, true), (notification.ConversationId, notification.Message.Seq, notification.IsNotification));
        Assert.Equal((200, 3, group), (notification.Message.MsgFrom, notification.Message.SessionType, notification.Message.GroupID));
        Assert.False(notification.Message.Options["isSendMsg"]);
        return notification.Tips();
    }

    /// <summary>The one copy that is this user's own.</summary>
    public static async Task<Pushed> OwnCopyAsync(this OpenImClient client, int type, string from)
    {
        var copy = await client.PushAsync(p => p.Message.ContentType == type, $"{type} for himself");
        var pair = string.CompareOrdinal(from, client.UserId) <= 0 ? $"n_{from}_{client.UserId}" : $"n_{client.UserId}_{from}";
        Assert.Equal((pair, true, 0L), (copy.ConversationId, copy.IsNotification, copy.Message.Seq));
        Assert.Equal((from, client.UserId, "", 1), (copy.Message.SendID, copy.Message.RecvID, copy.Message.GroupID, copy.Message.SessionType));
        return copy;
    }

    /// <summary>Everything that was told in the group until now has arrived: what is said now comes after it.</summary>
    public static async Task FenceAsync(this OpenImClient client, OpenImClient speaker, string group)
    {
        var text = $"fence {OpenImClient.NewMessageId()}";
        await speaker.SayAsync(speaker.TextToGroup(group, text));
        await client.TextPushAsync(text);
    }

    /// <summary>The tips speak of the member list as the server has it now.</summary>
    public static async Task AssertVersionAsync(this OpenImAppClient app, JsonElement tips, string group)
    {
        var current = (await app.AdminPostAsync("/group/get_incremental_group_members", new { groupID = group })).Succeeded().Data;
        Assert.Equal(
            (current.GetProperty("version").GetUInt64(), current.Text("versionID")),
            (tips.GetProperty("groupMemberVersion").GetUInt64(), tips.Text("groupMemberVersionID")));
    }
}
