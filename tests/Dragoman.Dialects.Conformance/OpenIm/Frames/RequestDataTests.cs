using Dragoman.Dialects.Conformance.OpenIm.Codecs;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Frames;

/// <summary>Section 8: requests whose envelope is right and whose rest is not, or is special.</summary>
public sealed class RequestDataTests(OpenImServer server) : FrameTest(server)
{
    [Fact]
    public async Task Signalling_answers_500()
    {
        await using var client = await App.NewClientAsync("u");

        var reply = await client.RequestAsync(Requests.SendSignalMsg, []);

        Assert.Equal((500, Requests.SendSignalMsg, "op"), (reply.ErrCode, reply.ReqIdentifier, reply.OperationId));
        Assert.Empty(reply.Data);
    }

    [Theory]
    [InlineData(Requests.GetNewestSeq)]
    [InlineData(Requests.PullMsgBySeqRange)]
    [InlineData(Requests.SendMsg)]
    [InlineData(Requests.PullMsgBySeqList)]
    [InlineData(Requests.GetConvMaxReadSeq)]
    [InlineData(Requests.PullConvLastMessage)]
    [InlineData(Requests.SetBackgroundStatus)]
    [InlineData(Requests.SubUserOnlineStatus)]
    public async Task Data_that_is_no_protobuf_answers_1001(int request)
    {
        await using var client = await App.NewClientAsync("u");

        var reply = await client.RequestAsync(request, [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f, 1]);

        Assert.Equal((1001, "ArgsError"), (reply.ErrCode, reply.ErrMsg));
        Assert.Empty(reply.Data);
    }

    [Fact]
    public async Task Protobuf_without_end_answers_1001()
    {
        await using var client = await App.NewClientAsync("u");
        byte[] groups = [.. Enumerable.Repeat((byte)0x0b, 30_000)]; // a group in a group in a group

        Assert.Equal(1001, (await client.RequestAsync(Requests.GetNewestSeq, groups)).ErrCode);
    }

    [Fact]
    public async Task A_logout_is_answered_and_ends_the_connection_but_not_the_token()
    {
        await using var client = await App.NewClientAsync("u");

        var reply = await client.RequestAsync(Requests.Logout, [0x0a, 1, (byte)'u', 0x10, 5]);

        Assert.Equal(0, reply.ErrCode);
        await client.ClosedAsync();
        await using var again = await App.ConnectAsync(client.UserId, client.Token);
    }

    [Fact]
    public async Task Answers_may_be_many_at_once()
    {
        await using var client = await App.NewClientAsync("u");
        var asked = new List<string>();
        for (var i = 0; i < 300; i++) asked.Add(await client.SendRequestAsync(Requests.GetNewestSeq, []));

        foreach (var incr in asked) Assert.Equal(0, (await client.ReplyAsync(incr)).ErrCode);
    }

    [Theory]
    [InlineData(WireKind.Gob)]
    [InlineData(WireKind.Json)]
    [InlineData(WireKind.GzippedGob)]
    public async Task An_unknown_request_ends_the_connection(WireKind kind)
    {
        await using var client = await App.NewClientAsync("u", kind);

        await client.SendRequestAsync(4711, []);

        await AssertEndedInSilenceAsync(client);
    }

    [Theory]
    [InlineData("somebody")]
    [InlineData("")]
    [InlineData("imAdmin")]
    public async Task The_id_of_somebody_else_ends_the_connection(string sendId)
    {
        await using var client = await App.NewClientAsync("u");

        await client.SendRequestAsync(Requests.GetNewestSeq, [], sendId);

        await AssertEndedInSilenceAsync(client);
    }
}
