using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.History;

/// <summary>Two who talk, and the ways to read what they said.</summary>
public abstract class TalkTest(OpenImServer server) : IClassFixture<OpenImServer>
{
    private protected OpenImServer Server { get; } = server;
    private protected OpenImAppClient App => Server.Demo;

    /// <summary>Alice says some things to Bob, and both have heard them.</summary>
    private protected async Task<Talk> TalkAsync(int messages)
    {
        var talk = new Talk(await App.NewClientAsync("alice"), await App.NewClientAsync("bob"));
        for (var i = 1; i <= messages; i++) await talk.Alice.SayAsync(talk.Alice.TextTo(talk.Bob.UserId, $"message {i}"));
        await talk.Alice.TextPushAsync($"message {messages}");
        await talk.Bob.TextPushAsync($"message {messages}");
        return talk;
    }

    private protected sealed record Talk(OpenImClient Alice, OpenImClient Bob) : IAsyncDisposable
    {
        public string Id { get; } = $"si_{Alice.UserId}_{Bob.UserId}"; // "alice…" comes before "bob…"

        public async ValueTask DisposeAsync()
        {
            await Alice.DisposeAsync();
            await Bob.DisposeAsync();
        }
    }

    private protected static JsonElement Tips(Pushed push) =>
        JsonDocument.Parse(JsonDocument.Parse(push.Text).RootElement.GetProperty("detail").GetString()!).RootElement;

    private protected static async Task<PullMsgs?> RangeAsync(OpenImClient client, string id, long begin, long end, long num = 100, PullOrder order = PullOrder.Asc)
    {
        var request = new PullMessageBySeqsReq
        {
            UserID = client.UserId,
            Order = order,
            SeqRanges = { new SeqRange { ConversationID = id, Begin = begin, End = end, Num = num } },
        };
        var reply = await client.AskAsync(Requests.PullMsgBySeqRange, request, PullMessageBySeqsResp.Parser);
        return reply.Msgs.GetValueOrDefault(id) ?? reply.NotificationMsgs.GetValueOrDefault(id);
    }

    private protected static Task<GetSeqMessageResp> ListAsync(OpenImClient client, string id, long[] seqs, PullOrder order = PullOrder.Asc)
    {
        var request = new GetSeqMessageReq { UserID = client.UserId, Order = order, Conversations = { new ConversationSeqs { ConversationID = id, Seqs = { seqs } } } };
        return client.AskAsync(Requests.PullMsgBySeqList, request, GetSeqMessageResp.Parser);
    }

    private protected static Task<GetLastMessageResp> LastAsync(OpenImClient client, string id) => client.AskAsync(
        Requests.PullConvLastMessage, new GetLastMessageReq { UserID = client.UserId, ConversationIDs = { id } }, GetLastMessageResp.Parser);

    private protected static async Task<(long Max, long Read)> PositionAsync(OpenImClient client, string id)
    {
        var request = new GetConversationsHasReadAndMaxSeqReq { UserID = client.UserId, ConversationIDs = { id } };
        var reply = await client.AskAsync(Requests.GetConvMaxReadSeq, request, GetConversationsHasReadAndMaxSeqResp.Parser);
        return (reply.Seqs[id].MaxSeq, reply.Seqs[id].HasReadSeq);
    }

    private protected static async Task AssertUnreadableAsync(OpenImClient client, string id)
    {
        Assert.Null(await RangeAsync(client, id, 1, 100));
        var list = await ListAsync(client, id, [1, 2]);
        Assert.Empty(list.Msgs);
        Assert.Empty(list.NotificationMsgs);
        Assert.Empty((await LastAsync(client, id)).Msgs);
        var request = new GetConversationsHasReadAndMaxSeqReq { UserID = client.UserId, ConversationIDs = { id } };
        Assert.Empty((await client.AskAsync(Requests.GetConvMaxReadSeq, request, GetConversationsHasReadAndMaxSeqResp.Parser)).Seqs);
        var http = await client.PostAsync("/msg/pull_msg_by_seq", new { userID = client.UserId, seqRanges = new[] { new { conversationID = id, begin = 1, end = 9, num = 9 } } });
        Assert.Equal(JsonValueKind.Null, http.Succeeded().Data.GetProperty("msgs").ValueKind);
        Assert.Equal(JsonValueKind.Null, http.Data.GetProperty("notificationMsgs").ValueKind);
    }
}
