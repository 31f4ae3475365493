using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Webhooks;

/// <summary>Section 14, what is asked before and told after a conversation comes onto somebody's list for the first time.</summary>
public sealed class ConversationWebhookTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    private const string BeforeSingle = "callbackBeforeCreateSingleChatConversationsCommand", AfterSingle = "callbackAfterCreateSingleChatConversationsCommand";
    private const string BeforeGroup = "callbackBeforeCreateGroupChatConversationsCommand", AfterGroup = "callbackAfterCreateGroupChatConversationsCommand";

    private static readonly object Overrides = new
    {
        recvMsgOpt = 2,
        isPinned = true,
        isPrivateChat = true,
        burnDuration = 30,
        groupAtType = 1,
        attachedInfo = "attached",
        ex = "more",
    };

    private readonly OpenImAppClient _app = server.Demo;
    private readonly WebhookReceiver _hooks = server.Receiver;

    [Fact]
    public async Task The_first_message_opens_a_conversation_for_both_and_the_second_one_does_not()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        await alice.SayAsync(alice.TextTo(bob, "one"));
        await alice.SayAsync(alice.TextTo(bob, "two"));
        await _hooks.NextAsync("callbackAfterSendSingleMsgCommand", c => c.String("recvID") == bob && c.Number("seq") == 2);

        foreach (var command in (string[])[BeforeSingle, AfterSingle])
        {
            foreach (var (owner, peer) in ((string, string)[])[(alice.UserId, bob), (bob, alice.UserId)])
            {
                await AboutAsync(command, owner);
                var call = Assert.Single(_hooks.CallsOf(command), c => c.String("ownerUserId") == owner);
                AssertPlain(call, type: 1);
                Assert.Equal((peer, ConversationOf(alice.UserId, bob)), (call.String("userId"), call.String("conversationId")));
                Assert.False(call.Body.TryGetProperty("groupId", out _));
            }
        }
    }

    [Fact]
    public async Task A_single_chat_looks_for_each_of_the_two_as_the_app_says()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewLoginAsync("bob");
        AnswerAbout(BeforeSingle, "ownerUserId", bob.Id, Overrides);

        await alice.SayAsync(alice.TextTo(bob.Id, "hello"));

        AssertOverridden(await ReadAsync(bob, ConversationOf(alice.UserId, bob.Id)));
        var told = (await AboutAsync(AfterSingle, bob.Id)).Body;
        Assert.Equal((2, true, "more"), (told.GetProperty("recvMsgOpt").GetInt32(), told.GetProperty("isPrivateChat").GetBoolean(), told.GetProperty("ex").GetString()));
        var own = await ReadAsync((alice.UserId, alice.Token), ConversationOf(alice.UserId, bob.Id));
        Assert.Equal((0, false, ""), (own.GetProperty("recvMsgOpt").GetInt32(), own.GetProperty("isPinned").GetBoolean(), own.GetProperty("ex").GetString()));
    }

    [Fact]
    public async Task A_refused_single_chat_refuses_the_message()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewLoginAsync("bob");
        AnswerAbout(BeforeSingle, "ownerUserId", bob.Id, new { actionCode = 0, nextCode = 1, errCode = 20001, errMsg = "not today" });

        var reply = await alice.RequestAsync(Requests.SendMsg, alice.TextTo(bob.Id, "hello"));

        Assert.Equal((20001, "not today"), (reply.ErrCode, reply.ErrMsg));
        (await _app.PostAsync("/conversation/get_conversation", new { ownerUserID = bob.Id, conversationID = ConversationOf(alice.UserId, bob.Id) }, bob.Token))
            .Failed(1004);
    }

    [Fact]
    public async Task Settings_open_a_conversation_too_and_the_app_has_the_last_word()
    {
        var (alice, bob) = (await _app.NewLoginAsync("alice"), await _app.NewUserAsync("bob"));
        AnswerAbout(BeforeSingle, "ownerUserId", alice.Id, new { isPinned = false });

        (await _app.PostAsync(
            "/conversation/set_conversations",
            new { userIDs = new[] { alice.Id }, conversation = new { conversationType = 1, userID = bob, isPinned = true, ex = "mine" } },
            alice.Token)).Succeeded();

        var asked = await AboutAsync(BeforeSingle, alice.Id);
        Assert.Equal((true, "mine"), (asked.Body.GetProperty("isPinned").GetBoolean(), asked.String("ex")));
        var read = await ReadAsync(alice, ConversationOf(alice.Id, bob));
        Assert.Equal((false, "mine"), (read.GetProperty("isPinned").GetBoolean(), read.GetProperty("ex").GetString()));
        await AboutAsync(AfterSingle, bob);
    }

    [Fact]
    public async Task A_friendship_opens_a_conversation_for_both()
    {
        var (alice, bob) = (await _app.NewLoginAsync("alice"), await _app.NewLoginAsync("bob"));
        (await _app.AdminPostAsync("/friend/add_friend", new { fromUserID = alice.Id, toUserID = bob.Id, reqMsg = "hello" })).Succeeded();
        AnswerAbout(BeforeSingle, "ownerUserId", alice.Id, Overrides);

        (await _app.AdminPostAsync("/friend/add_friend_response", new { fromUserID = alice.Id, toUserID = bob.Id, handleResult = 1, handleMsg = "" })).Succeeded();

        AssertOverridden(await ReadAsync(alice, ConversationOf(alice.Id, bob.Id)));
        Assert.Equal(bob.Id, (await AboutAsync(AfterSingle, alice.Id)).String("userId"));
        Assert.Equal(alice.Id, (await AboutAsync(AfterSingle, bob.Id)).String("userId"));
        Assert.Single(_hooks.CallsOf(BeforeSingle), c => c.String("ownerUserId") == bob.Id);
    }

    [Fact]
    public async Task Imported_friends_are_told_of_and_not_asked_about()
    {
        var users = await _app.NewUsersAsync("owner", "friend");

        (await _app.AdminPostAsync("/friend/import_friend", new { ownerUserID = users[0], friendUserIDs = new[] { users[1] } })).Succeeded();

        await AboutAsync(AfterSingle, users[0]);
        await AboutAsync(AfterSingle, users[1]);
        Assert.DoesNotContain(_hooks.CallsOf(BeforeSingle), c => c.String("ownerUserId") == users[0]);
    }

    [Fact]
    public async Task A_group_opens_for_all_who_found_it_and_for_each_who_comes()
    {
        var founders = await _app.NewUsersAsync("owner", "member");
        var group = await _app.NewGroupAsync(founders[0], [founders[1]]);
        var newcomer = await _app.NewLoginAsync("newcomer");
        AnswerAbout(BeforeGroup, "ownerUserId", newcomer.Id, Overrides);

        (await _app.AdminPostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = new[] { newcomer.Id }, reason = "" })).Succeeded();

        foreach (var command in (string[])[BeforeGroup, AfterGroup])
        {
            var founded = await _hooks.NextAsync(command, c => c.String("groupId") == group && c.String("ownerUserId").Length == 0);
            AssertPlain(founded, type: 3);
            Assert.Equal($"sg_{group}", founded.String("conversationId"));
            await _hooks.NextAsync(command, c => c.String("groupId") == group && c.String("ownerUserId") == newcomer.Id);
        }

        AssertOverridden(await ReadAsync(newcomer, $"sg_{group}"));
    }

    [Fact]
    public async Task Who_comes_back_has_the_conversation_already()
    {
        var users = await _app.NewUsersAsync("owner", "member");
        var group = await _app.NewGroupAsync(users[0], [users[1]]);
        (await _app.AdminPostAsync("/group/kick_group", new { groupID = group, kickedUserIDs = new[] { users[1] }, reason = "" })).Succeeded();

        (await _app.AdminPostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = new[] { users[1] }, reason = "" })).Succeeded();

        Assert.Single(_hooks.CallsOf(BeforeGroup), c => c.String("groupId") == group);
    }

    [Fact]
    public async Task A_refused_group_chat_refuses_the_invitation()
    {
        var users = await _app.NewUsersAsync("owner", "newcomer");
        var group = await _app.NewGroupAsync(users[0], []);
        AnswerAbout(BeforeGroup, "ownerUserId", users[1], new { actionCode = 0, nextCode = 1, errCode = 20001, errMsg = "not today" });

        (await _app.AdminPostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = new[] { users[1] }, reason = "" })).Failed(20001, "not today");
    }

    [Fact]
    public async Task An_answer_that_makes_no_sense_is_a_wrong_argument()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        AnswerAbout(BeforeSingle, "ownerUserId", bob, new { recvMsgOpt = 3 });

        Assert.Equal(1001, (await alice.RequestAsync(Requests.SendMsg, alice.TextTo(bob, "hello"))).ErrCode);
    }

    private static void AssertPlain(WebhookCall call, int type)
    {
        Assert.Equal(type, call.Number("conversationType"));
        Assert.Equal((0, 0, 0), (call.Number("recvMsgOpt"), call.Number("burnDuration"), call.Number("groupAtType")));
        Assert.Equal((false, false), (call.Body.GetProperty("isPinned").GetBoolean(), call.Body.GetProperty("isPrivateChat").GetBoolean()));
        Assert.Equal(("", ""), (call.String("attachedInfo"), call.String("ex")));
    }

    private static void AssertOverridden(JsonElement conversation)
    {
        Assert.Equal((2, 30, 1), (Int("recvMsgOpt"), Int("burnDuration"), Int("groupAtType")));
        Assert.Equal((true, true), (conversation.GetProperty("isPinned").GetBoolean(), conversation.GetProperty("isPrivateChat").GetBoolean()));
        Assert.Equal(("attached", "more"), (conversation.GetProperty("attachedInfo").GetString(), conversation.GetProperty("ex").GetString()));

        int Int(string name) => conversation.GetProperty(name).GetInt32();
    }

    private static string ConversationOf(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? $"si_{one}_{other}" : $"si_{other}_{one}";

    private async Task<JsonElement> ReadAsync((string Id, string Token) owner, string conversation) =>
        (await _app.PostAsync("/conversation/get_conversation", new { ownerUserID = owner.Id, conversationID = conversation }, owner.Token))
        .Succeeded().Data.GetProperty("conversation");

    private readonly Dictionary<(string Command, string Id), string> _answers = [];

    /// <summary>Answers so when the member of the call names this id, so that tests do not meet.</summary>
    private void AnswerAbout(string command, string member, string id, object answer)
    {
        _answers[(command, id)] = JsonSerializer.Serialize(answer);
        _hooks.Answer(command, call => Task.FromResult(_answers.GetValueOrDefault((command, call.String(member)), "{}")));
    }

    private Task<WebhookCall> AboutAsync(string command, string owner) => _hooks.NextAsync(command, c => c.String("ownerUserId") == owner);
}
