using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Conversation;

/// <summary>Alice has written to three users: the first is pinned, the second is silent.</summary>
public abstract class ConversationListTest(SharedServer server)
{
    private protected OpenImAppClient App { get; } = server.Demo;

    private protected async Task<(OpenImClient Alice, string[] Ids)> AliceAsync()
    {
        var alice = await App.NewClientAsync("alice");
        var users = await App.NewUsersAsync("bob", "carol", "dave");
        foreach (var user in users) await alice.SayAsync(alice.TextTo(user, "hello"));
        await SetAsync(alice, new { conversationType = 1, userID = users[0], isPinned = true });
        await SetAsync(alice, new { conversationType = 1, userID = users[1], recvMsgOpt = 2 });
        return (alice, [.. users.Select(user => IdOf(alice.UserId, user))]);
    }

    private protected static string[] TextsOf(JsonElement data, string list) => [.. data.GetProperty(list).EnumerateArray().Select(e => e.GetString()!)];

    private protected static string[] IdsOf(JsonElement data) =>
        [.. data.GetProperty("conversations").EnumerateArray().Select(c => c.GetProperty("conversationID").GetString()!)];

    private static string IdOf(string a, string b) => string.CompareOrdinal(a, b) < 0 ? $"si_{a}_{b}" : $"si_{b}_{a}";

    private static async Task SetAsync(OpenImClient owner, object conversation) =>
        (await owner.PostAsync("/conversation/set_conversations", new { userIDs = new[] { owner.UserId }, conversation })).Succeeded();
}

public sealed class GetOwnerConversationTests(SharedServer server) : ConversationListTest(server)
{
    [Fact]
    public async Task Pages_hold_every_conversation_once()
    {
        var (alice, ids) = await AliceAsync();
        await using var _ = alice;

        var first = (await PageAsync(alice, 1)).Succeeded().Data;
        var second = (await PageAsync(alice, 2)).Succeeded().Data;
        var third = (await PageAsync(alice, 3)).Succeeded().Data;

        Assert.Equal((3, 2), (first.GetProperty("total").GetInt32(), first.GetProperty("conversations").GetArrayLength()));
        Assert.Equal(ids.Order(), IdsOf(first).Concat(IdsOf(second)).Order());
        Assert.Equal(JsonValueKind.Null, third.GetProperty("conversations").ValueKind);
    }

    [Fact]
    public async Task A_hidden_conversation_is_not_counted()
    {
        var (alice, ids) = await AliceAsync();
        await using var _ = alice;
        (await alice.PostAsync("/conversation/delete_conversations", new { ownerUserID = alice.UserId, conversationIDs = ids[..1] })).Succeeded();

        Assert.Equal(2, (await PageAsync(alice, 1)).Succeeded().Data.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Bad_pages_and_other_users_are_refused()
    {
        await using var alice = await App.NewClientAsync("alice");

        (await PageAsync(alice, 0)).Failed(1001);
        (await alice.PostAsync("/conversation/get_owner_conversation", new { userID = alice.UserId })).Failed(1001);
        (await alice.PostAsync("/conversation/get_owner_conversation", new { userID = await App.NewUserAsync("bob"), pagination = new { pageNumber = 1, showNumber = 1 } })).Failed(1002);
    }

    private static Task<ApiReply> PageAsync(OpenImClient user, int pageNumber) =>
        user.PostAsync("/conversation/get_owner_conversation", new { userID = user.UserId, pagination = new { pageNumber, showNumber = 2 } });
}

public sealed class GetFullConversationIDsTests(SharedServer server) : ConversationListTest(server)
{
    [Fact]
    public async Task All_ids_come_with_the_version_and_not_again_to_who_has_them()
    {
        var (alice, ids) = await AliceAsync();
        await using var _ = alice;

        var data = (await alice.PostAsync("/conversation/get_full_conversation_ids", new { idHash = 0, userID = alice.UserId })).Succeeded().Data;

        Assert.Equal(ids.Order(), TextsOf(data, "conversationIDs").Order());
        Assert.True(data.GetProperty("version").GetUInt64() > 0);
        Assert.NotEqual("", data.GetProperty("versionID").GetString());
        Assert.False(data.GetProperty("equal").GetBoolean());
    }

    [Fact]
    public async Task Other_users_are_refused() =>
        (await App.PostAsync("/conversation/get_full_conversation_ids", new { userID = await App.NewUserAsync("bob") }, (await App.NewLoginAsync("alice")).Token)).Failed(1002);
}

public sealed class GetConversationsTests(SharedServer server) : ConversationListTest(server)
{
    [Fact]
    public async Task Named_ones_are_answered_and_unknown_ones_passed_over()
    {
        var (alice, ids) = await AliceAsync();
        await using var _ = alice;

        var data = (await AskAsync(alice, new { ownerUserID = alice.UserId, conversationIDs = (string[])[ids[2], "si_x_y", ids[0]] })).Succeeded().Data;

        Assert.Equal(new[] { ids[0], ids[2] }.Order(), IdsOf(data).Order());
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        await using var alice = await App.NewClientAsync("alice");

        (await AskAsync(alice, new { conversationIDs = (string[])["a"] })).Failed(1001, "ArgsError", "ownerUserID is empty");
        (await AskAsync(alice, new { ownerUserID = alice.UserId })).Failed(1001, "ArgsError", "conversationIDs is empty");
        (await AskAsync(alice, new { ownerUserID = await App.NewUserAsync("bob"), conversationIDs = (string[])["a"] })).Failed(1002);
    }

    private static Task<ApiReply> AskAsync(OpenImClient user, object body) => user.PostAsync("/conversation/get_conversations", body);
}

public sealed class MarkedConversationIDsTests(SharedServer server) : ConversationListTest(server)
{
    [Fact]
    public async Task Silent_and_pinned_ones_are_told_apart()
    {
        var (alice, ids) = await AliceAsync();
        await using var _ = alice;

        var silent = (await alice.PostAsync("/conversation/get_not_notify_conversation_ids", new { userID = alice.UserId })).Succeeded().Data;
        var pinned = (await alice.PostAsync("/conversation/get_pinned_conversation_ids", new { userID = alice.UserId })).Succeeded().Data;

        Assert.Equal([ids[1]], TextsOf(silent, "conversationIDs"));
        Assert.Equal([ids[0]], TextsOf(pinned, "conversationIDs"));
    }

    [Fact]
    public async Task Other_users_are_refused()
    {
        var (bob, token) = (await App.NewUserAsync("bob"), (await App.NewLoginAsync("alice")).Token);

        (await App.PostAsync("/conversation/get_not_notify_conversation_ids", new { userID = bob }, token)).Failed(1002);
        (await App.PostAsync("/conversation/get_pinned_conversation_ids", new { userID = bob }, token)).Failed(1002);
    }
}

public sealed class GetConversationsHasReadAndMaxSeqTests(SharedServer server) : ConversationListTest(server)
{
    [Fact]
    public async Task Positions_of_all_or_of_named_conversations_are_answered()
    {
        var (alice, ids) = await AliceAsync();
        await using var _ = alice;

        var all = (await AskAsync(alice, new { userID = alice.UserId, returnPinned = true })).Succeeded().Data;
        var named = (await AskAsync(alice, new { userID = alice.UserId, conversationIDs = ids[1..2] })).Succeeded().Data;

        Assert.Equal(ids.Order(), all.GetProperty("seqs").EnumerateObject().Select(s => s.Name).Order());
        Assert.Equal([ids[0]], TextsOf(all, "pinnedConversationIDs"));
        var seqs = named.GetProperty("seqs").GetProperty(ids[1]);
        Assert.Equal((1, 1), (seqs.GetProperty("maxSeq").GetInt64(), seqs.GetProperty("hasReadSeq").GetInt64()));
        Assert.True(seqs.GetProperty("maxSeqTime").GetInt64() > 0);
    }

    [Fact]
    public async Task Other_users_are_refused() =>
        (await App.PostAsync("/msg/get_conversations_has_read_and_max_seq", new { userID = await App.NewUserAsync("bob") }, (await App.NewLoginAsync("alice")).Token)).Failed(1002);

    private static Task<ApiReply> AskAsync(OpenImClient user, object body) => user.PostAsync("/msg/get_conversations_has_read_and_max_seq", body);
}

public sealed class UserClearAllMsgTests(SharedServer server) : ConversationListTest(server)
{
    [Fact]
    public async Task Everything_is_out_of_the_users_sight()
    {
        var (alice, ids) = await AliceAsync();
        await using var _ = alice;

        (await alice.PostAsync("/msg/user_clear_all_msg", new { userID = alice.UserId })).Succeeded();

        var last = (await alice.PostAsync("/msg/pull_msg_by_seq", new { userID = alice.UserId, seqRanges = ids.Select(id => new { conversationID = id, begin = 1, end = 9, num = 9 }) })).Succeeded().Data;
        Assert.True(last.GetProperty("msgs").ValueKind == JsonValueKind.Null || !last.GetProperty("msgs").EnumerateObject().Any());
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        var alice = await App.NewLoginAsync("alice");

        (await App.PostAsync("/msg/user_clear_all_msg", new { userID = "" }, alice.Token)).Failed(1001, "ArgsError", "userID is empty");
        (await App.PostAsync("/msg/user_clear_all_msg", new { userID = await App.NewUserAsync("bob") }, alice.Token)).Failed(1002);
    }
}

public sealed class GetJssdkConversationsTests(SharedServer server) : ConversationListTest(server)
{
    [Fact]
    public async Task Named_conversations_come_with_who_they_are_with_and_what_was_said_last()
    {
        var (alice, ids) = await AliceAsync();
        await using var _ = alice;

        var list = (await alice.PostAsync("/jssdk/get_conversations", new { ownerUserID = alice.UserId, conversationIDs = ids[1..] })).Succeeded().Data.GetProperty("conversations");

        Assert.Equal(2, list.GetArrayLength());
        Assert.All(list.EnumerateArray(), item =>
        {
            Assert.Contains(item.GetProperty("conversation").GetProperty("conversationID").GetString(), ids[1..]);
            Assert.Equal((1, 1), (item.GetProperty("maxSeq").GetInt64(), item.GetProperty("readSeq").GetInt64()));
            Assert.Equal(101, item.GetProperty("lastMsg").GetProperty("contentType").GetInt32());
            Assert.NotEqual("", item.GetProperty("user").GetProperty("userID").GetString());
        });
    }
}
