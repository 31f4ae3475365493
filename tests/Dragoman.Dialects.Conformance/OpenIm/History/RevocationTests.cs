using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.History;

/// <summary>Section 10.5: what revoking makes of history.</summary>
public sealed class RevocationTests(OpenImServer server) : TalkTest(server)
{
    private const int RevokedType = 2101;

    [Fact]
    public async Task A_revoked_message_is_told_to_both_and_reads_as_revoked()
    {
        await using var talk = await TalkAsync(messages: 2);
        var revoked = talk.Bob.Messages[0].Message;

        (await talk.Alice.PostAsync("/msg/revoke_msg", new { conversationID = talk.Id, seq = 1, userID = talk.Alice.UserId })).Succeeded();

        foreach (var client in (OpenImClient[])[talk.Alice, talk.Bob])
        {
            var heard = await client.PushAsync(p => p.Message.ContentType == RevokedType, "the revocation");
            Assert.Equal(("n" + talk.Id["si".Length..], true, 1L), (heard.ConversationId, heard.IsNotification, heard.Message.Seq));
            var tips = Tips(heard);
            Assert.Equal(
                (talk.Alice.UserId, revoked.ClientMsgID, 1L, talk.Id, 1, false),
                (tips.GetProperty("revokerUserID").GetString(), tips.GetProperty("clientMsgID").GetString(), tips.GetProperty("seq").GetInt64(),
                    tips.GetProperty("conversationID").GetString(), tips.GetProperty("sesstionType").GetInt32(), tips.GetProperty("isAdminRevoke").GetBoolean()));
            var read = (await RangeAsync(client, talk.Id, 1, 2))!.Msgs;
            Assert.Equal([RevokedType, 101], read.Select(m => m.ContentType));
            var content = JsonDocument.Parse(JsonDocument.Parse(read[0].Content.ToStringUtf8()).RootElement.GetProperty("detail").GetString()!).RootElement;
            Assert.Equal(
                (talk.Alice.UserId, talk.Alice.UserId, revoked.ClientMsgID, 1L),
                (content.GetProperty("revokerID").GetString(), content.GetProperty("sourceMessageSendID").GetString(),
                    content.GetProperty("clientMsgID").GetString(), content.GetProperty("seq").GetInt64()));
        }
    }

    [Fact]
    public async Task A_revocation_is_kept_for_who_was_away()
    {
        await using var talk = await TalkAsync(messages: 1);
        await talk.Bob.LeaveAsync();
        (await talk.Alice.PostAsync("/msg/revoke_msg", new { conversationID = talk.Id, seq = 1, userID = talk.Alice.UserId })).Succeeded();
        var channel = "n" + talk.Id["si".Length..];

        await using var back = await App.ConnectAsync(talk.Bob.UserId, talk.Bob.Token);

        var ends = await back.AskAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = back.UserId }, GetMaxSeqResp.Parser);
        Assert.Equal(1, ends.MaxSeqs[channel]);
        var range = new PullMessageBySeqsReq { UserID = back.UserId, SeqRanges = { new SeqRange { ConversationID = channel, Begin = 1, End = 1, Num = 1 } } };
        var pulled = await back.AskAsync(Requests.PullMsgBySeqRange, range, PullMessageBySeqsResp.Parser);
        Assert.Equal(RevokedType, Assert.Single(pulled.NotificationMsgs[channel].Msgs).ContentType);
    }

    [Fact]
    public async Task A_second_revocation_answers_1404()
    {
        await using var talk = await TalkAsync(messages: 1);
        var revoke = new { conversationID = talk.Id, seq = 1, userID = talk.Alice.UserId };
        (await talk.Alice.PostAsync("/msg/revoke_msg", revoke)).Succeeded();

        (await talk.Alice.PostAsync("/msg/revoke_msg", revoke)).Failed(1404, "MsgAlreadyRevoke", "msg already revoke");
    }

    [Fact]
    public async Task The_words_of_the_other_are_not_ours_to_revoke()
    {
        await using var talk = await TalkAsync(messages: 1);

        (await talk.Bob.PostAsync("/msg/revoke_msg", new { conversationID = talk.Id, seq = 1, userID = talk.Bob.UserId })).Failed(1002, "NoPermissionError");
    }

    [Fact]
    public async Task A_missing_message_cannot_be_revoked()
    {
        await using var talk = await TalkAsync(messages: 1);

        (await talk.Alice.PostAsync("/msg/revoke_msg", new { conversationID = talk.Id, seq = 2, userID = talk.Alice.UserId }))
            .Failed(1004, "RecordNotFoundError", "msg not found");
    }

    [Theory]
    [InlineData("", 1, "u", "conversationID is empty")]
    [InlineData("si_u_v", 0, "u", "seq is invalid")]
    [InlineData("si_u_v", 1, "", "userID is empty")]
    public async Task A_revocation_is_validated(string conversationID, long seq, string userID, string detail) =>
        (await App.AdminPostAsync("/msg/revoke_msg", new { conversationID, seq, userID })).Failed(1001, "ArgsError", detail);

    [Fact]
    public async Task In_a_group_owner_and_admins_revoke_what_members_said_and_members_do_not()
    {
        await using var member = await App.NewClientAsync("member");
        var (owner, admin, other) = (await App.NewLoginAsync("owner"), await App.NewLoginAsync("admin"), await App.NewLoginAsync("other"));
        var group = await App.NewGroupAsync(owner.Id, [member.UserId, other.Id], [admin.Id]);
        await member.SayAsync(member.TextToGroup(group, "first"));
        await member.SayAsync(member.TextToGroup(group, "second"));
        object Revoke(string user, long seq) => new { conversationID = $"sg_{group}", seq, userID = user };

        (await App.PostAsync("/msg/revoke_msg", Revoke(other.Id, 2), other.Token)).Failed(1002);
        (await App.PostAsync("/msg/revoke_msg", Revoke(admin.Id, 2), admin.Token)).Succeeded();
        (await App.PostAsync("/msg/revoke_msg", Revoke(owner.Id, 3), owner.Token)).Succeeded();

        await member.PushAsync(p => p.Message.ContentType == RevokedType && p.ConversationId == $"n_{group}" && Tips(p).GetProperty("seq").GetInt64() == 3, "the second revocation");
    }
}
