using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Conversation;

public sealed class DeleteConversationsTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task A_deleted_conversation_is_off_the_list_until_something_is_said()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewLoginAsync("bob");
        await alice.SayAsync(alice.TextTo(bob.Id, "one"));
        var conversation = (await alice.TextPushAsync("one")).ConversationId;
        var version = await VersionAsync(bob);

        (await _app.PostAsync("/conversation/delete_conversations", new { ownerUserID = bob.Id, conversationIDs = new[] { conversation } }, bob.Token)).Succeeded();

        Assert.Empty(await ListAsync(bob));
        var delta = (await _app.PostAsync("/conversation/get_incremental_conversations", new { userID = bob.Id, versionID = version.Id, version = version.Number }, bob.Token)).Succeeded().Data;
        Assert.Equal(conversation, Assert.Single(delta.GetProperty("delete").EnumerateArray()).GetString());
        Assert.Equal((string[])[conversation], await ListAsync((alice.UserId, alice.Token)));
        await alice.SayAsync(alice.TextTo(bob.Id, "two"));
        Assert.Equal((string[])[conversation], await ListAsync(bob));
    }

    [Fact]
    public async Task Old_ones_go_by_their_age_and_pinned_ones_stay()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var users = await _app.NewUsersAsync("bob", "carol", "dave");
        await alice.SayAsync(alice.TextTo(users[0], "old"));
        await alice.SayAsync(alice.TextTo(users[1], "old and pinned"));
        (await alice.PostAsync("/conversation/set_conversations", new { userIDs = new[] { alice.UserId }, conversation = new { conversationType = 1, userID = users[1], isPinned = true } })).Succeeded();
        server.Clock.Advance(TimeSpan.FromDays(3));
        await alice.SayAsync(alice.TextTo(users[2], "new"));

        (await alice.PostAsync("/conversation/delete_conversations", new { ownerUserID = alice.UserId, needDeleteTime = 2 })).Succeeded();

        var left = await ListAsync((alice.UserId, alice.Token));
        Assert.Equal(2, left.Length);
        Assert.DoesNotContain(left, id => id.Contains(users[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        var alice = await _app.NewLoginAsync("alice");
        (await _app.PostAsync("/conversation/delete_conversations", new { ownerUserID = alice.Id }, alice.Token)).Failed(1001);
        (await _app.PostAsync("/conversation/delete_conversations", new { ownerUserID = alice.Id, needDeleteTime = 1, conversationIDs = new[] { "si_a_b" } }, alice.Token)).Failed(1001);
        (await _app.PostAsync("/conversation/delete_conversations", new { ownerUserID = "", needDeleteTime = 1 }, alice.Token)).Failed(1001, "ArgsError", "ownerUserID is empty");
        (await _app.PostAsync("/conversation/delete_conversations", new { ownerUserID = await _app.NewUserAsync("bob"), needDeleteTime = 1 }, alice.Token)).Failed(1002);
    }

    private async Task<string[]> ListAsync((string Id, string Token) user)
    {
        var list = (await _app.PostAsync("/conversation/get_all_conversations", new { ownerUserID = user.Id }, user.Token)).Succeeded().Data.GetProperty("conversations");
        return list.ValueKind == JsonValueKind.Null ? [] : [.. list.EnumerateArray().Select(c => c.GetProperty("conversationID").GetString()!)];
    }

    private async Task<(string Id, ulong Number)> VersionAsync((string Id, string Token) user)
    {
        var data = (await _app.PostAsync("/conversation/get_incremental_conversations", new { userID = user.Id, versionID = "", version = 0 }, user.Token)).Succeeded().Data;
        return (data.GetProperty("versionID").GetString()!, data.GetProperty("version").GetUInt64());
    }
}

public sealed class UpdateConversationsByUserTests(SharedServer server)
{
    [Fact]
    public async Task All_conversations_get_the_extension()
    {
        await using var alice = await server.Demo.NewClientAsync("alice");
        foreach (var user in await server.Demo.NewUsersAsync("bob", "carol")) await alice.SayAsync(alice.TextTo(user, "hello"));

        (await alice.PostAsync("/conversation/update_conversations_by_user", new { userID = alice.UserId, ex = "all" })).Succeeded();

        var list = (await alice.PostAsync("/conversation/get_all_conversations", new { ownerUserID = alice.UserId })).Succeeded().Data.GetProperty("conversations");
        Assert.Equal(["all", "all"], list.EnumerateArray().Select(c => c.GetProperty("ex").GetString()));
    }

    [Fact]
    public async Task Somebody_elses_answer_1002() => (await server.Demo.PostAsync(
        "/conversation/update_conversations_by_user", new { userID = "x", ex = "y" }, (await server.Demo.NewLoginAsync("mallory")).Token)).Failed(1002);
}

public sealed class GetSortedConversationListTests(SharedServer server)
{
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task Pinned_ones_come_first_then_the_newest_with_all_that_a_list_shows()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        var group = await _app.NewGroupAsync(bob.UserId, [alice.UserId]);
        await bob.SayAsync(bob.TextToGroup(group, "in the group"));
        await bob.SayAsync(bob.TextTo(alice.UserId, "one"));
        await bob.SayAsync(bob.TextTo(alice.UserId, "two"));
        (await alice.PostAsync("/conversation/set_conversations", new { userIDs = new[] { alice.UserId }, conversation = new { conversationType = 3, groupID = group, isPinned = true } })).Succeeded();

        var data = (await alice.PostAsync("/conversation/get_sorted_conversation_list", new { userID = alice.UserId, pagination = new { pageNumber = 1, showNumber = 10 } })).Succeeded().Data;

        var (first, second) = (data.GetProperty("conversationElems")[0], data.GetProperty("conversationElems")[1]);
        Assert.Equal((2, 4), (data.GetProperty("conversationTotal").GetInt32(), data.GetProperty("unreadTotal").GetInt32()));
        Assert.Equal(($"sg_{group}", true, 2), (first.GetProperty("conversationID").GetString(), first.GetProperty("IsPinned").GetBoolean(), first.GetProperty("unreadCount").GetInt32()));
        var (groupInfo, info) = (first.GetProperty("msgInfo"), second.GetProperty("msgInfo"));
        Assert.Equal(("a group", 2u), (groupInfo.GetProperty("groupName").GetString(), groupInfo.GetProperty("groupMemberCount").GetUInt32()));
        Assert.Equal((bob.UserId, "Nick " + bob.UserId, """{"content":"two"}""", 2), (info.GetProperty("sendID").GetString(), info.GetProperty("senderName").GetString(), info.GetProperty("content").GetString(), second.GetProperty("unreadCount").GetInt32()));
    }

    [Fact]
    public async Task Nobody_to_talk_to_answers_1004_and_bad_arguments_are_refused()
    {
        var alice = await _app.NewLoginAsync("alice");
        (await _app.PostAsync("/conversation/get_sorted_conversation_list", new { userID = alice.Id, pagination = new { pageNumber = 1, showNumber = 10 } }, alice.Token)).Failed(1004);
        (await _app.PostAsync("/conversation/get_sorted_conversation_list", new { userID = alice.Id }, alice.Token)).Failed(1001, "ArgsError", "pagination is empty");
        (await _app.PostAsync("/conversation/get_sorted_conversation_list", new { userID = "x", pagination = new { pageNumber = 1, showNumber = 10 } }, alice.Token)).Failed(1002);
    }
}

/// <summary><c>isPrivateChat</c> of <c>/conversation/set_conversations</c>: one switches it for both.</summary>
public sealed class PrivateChatTests(SharedServer server)
{
    [Fact]
    public async Task Both_have_it_and_see_1701_in_the_chat()
    {
        await using var alice = await server.Demo.NewClientAsync("alice");
        await using var bob = await server.Demo.NewClientAsync("bob");

        (await alice.PostAsync("/conversation/set_conversations", new { userIDs = new[] { alice.UserId }, conversation = new { conversationType = 1, userID = bob.UserId, isPrivateChat = true } })).Succeeded();

        foreach (var client in (OpenImClient[])[alice, bob])
        {
            var shown = await client.PushAsync(p => p.Message.ContentType == 1701 && !p.IsNotification, "1701");
            var tips = JsonDocument.Parse(JsonDocument.Parse(shown.Text).RootElement.GetProperty("detail").GetString()!).RootElement;
            Assert.Equal((bob.UserId, alice.UserId, true, shown.ConversationId), (tips.GetProperty("recvID").GetString(), tips.GetProperty("sendID").GetString(), tips.GetProperty("isPrivate").GetBoolean(), tips.GetProperty("conversationID").GetString()));
            var row = (await client.PostAsync("/conversation/get_conversation", new { ownerUserID = client.UserId, conversationID = shown.ConversationId })).Succeeded().Data.GetProperty("conversation");
            Assert.True(row.GetProperty("isPrivateChat").GetBoolean());
        }
    }
}
