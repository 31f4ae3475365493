using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Google.Protobuf;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.History;

/// <summary>Sections 10.2 and 10.3: what can be read again.</summary>
public sealed class PullTests(OpenImServer server) : TalkTest(server)
{
    [Fact]
    public async Task The_newest_sequences_are_of_all_own_conversations()
    {
        await using var talk = await TalkAsync(messages: 3);
        var group = await App.NewGroupAsync(talk.Alice.UserId, [talk.Bob.UserId]);
        await talk.Bob.SayAsync(talk.Bob.TextToGroup(group, "in the group"));

        var seqs = (await talk.Alice.AskAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = talk.Alice.UserId }, GetMaxSeqResp.Parser)).MaxSeqs;

        Assert.Equal(3, seqs[talk.Id]);
        Assert.Equal(2, seqs[$"sg_{group}"]); // the foundation is the first message
        Assert.DoesNotContain(seqs, s => s.Value == 0);
    }

    [Fact]
    public async Task A_range_answers_its_messages_ascending()
    {
        await using var talk = await TalkAsync(messages: 5);

        var pulled = (await RangeAsync(talk.Bob, talk.Id, begin: 2, end: 4))!;

        Assert.Equal([2L, 3L, 4L], pulled.Msgs.Select(m => m.Seq));
        Assert.Equal(talk.Bob.Messages.Select(m => m.Message).Where(m => m.Seq is >= 2 and <= 4), pulled.Msgs);
    }

    [Fact]
    public async Task A_range_is_at_its_end_when_it_reaches_the_last_message()
    {
        await using var talk = await TalkAsync(messages: 5);

        Assert.False((await RangeAsync(talk.Bob, talk.Id, 1, 4))!.IsEnd);
        Assert.True((await RangeAsync(talk.Bob, talk.Id, 1, 5))!.IsEnd);
        Assert.True((await RangeAsync(talk.Bob, talk.Id, 1, 99))!.IsEnd);
        Assert.False((await RangeAsync(talk.Bob, talk.Id, 2, 5, order: PullOrder.Desc))!.IsEnd);
        Assert.True((await RangeAsync(talk.Bob, talk.Id, 1, 3, order: PullOrder.Desc))!.IsEnd);
    }

    [Fact]
    public async Task A_range_of_more_than_num_answers_the_last_ones()
    {
        await using var talk = await TalkAsync(messages: 5);

        Assert.Equal([4L, 5L], (await RangeAsync(talk.Bob, talk.Id, 1, 5, num: 2))!.Msgs.Select(m => m.Seq));
        Assert.Equal([5L], (await RangeAsync(talk.Bob, talk.Id, 0, 5, num: 1))!.Msgs.Select(m => m.Seq));
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(6, 9)]
    [InlineData(-5, 0)]
    [InlineData(long.MaxValue, long.MinValue)]
    public async Task A_range_without_messages_is_left_out(long begin, long end)
    {
        await using var talk = await TalkAsync(messages: 5);

        Assert.Null(await RangeAsync(talk.Bob, talk.Id, begin, end));
    }

    [Theory]
    [InlineData("si_no_body")]
    [InlineData("sg_no_such_group")]
    [InlineData("n_no_such_group")]
    [InlineData("n_")]
    [InlineData("si_")]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task An_unknown_conversation_is_left_out(string id)
    {
        await using var alice = await App.NewClientAsync("alice");

        Assert.Null(await RangeAsync(alice, id, 1, 10));
        Assert.Empty((await ListAsync(alice, id, [1])).Msgs);
        Assert.Empty((await LastAsync(alice, id)).Msgs);
    }

    [Fact]
    public async Task Named_sequences_are_answered_one_by_one()
    {
        await using var talk = await TalkAsync(messages: 5);

        var pulled = (await ListAsync(talk.Bob, talk.Id, [5, 1, 3])).Msgs[talk.Id];

        Assert.Equal([1L, 3L, 5L], pulled.Msgs.Select(m => m.Seq).Order());
        Assert.All(pulled.Msgs, m => Assert.Equal((2, 101), (m.Status, m.ContentType)));
        Assert.False(pulled.IsEnd);
    }

    [Fact]
    public async Task Named_sequences_may_lie_far_apart()
    {
        await using var talk = await TalkAsync(messages: 1);
        var asked = new List<string>();
        for (var i = 0; i < 600; i++) asked.Add(await talk.Alice.SendRequestAsync(Requests.SendMsg, talk.Alice.TextTo(talk.Bob.UserId, "more").ToByteArray()));
        await talk.Alice.ReplyAsync(asked[^1]);

        var pulled = (await ListAsync(talk.Bob, talk.Id, [1, 300, 601])).Msgs[talk.Id];

        Assert.Equal([(1L, 2), (300L, 2), (601L, 2)], pulled.Msgs.Select(m => (m.Seq, m.Status)));
    }

    [Fact]
    public async Task Named_sequences_beyond_the_end_say_where_it_is()
    {
        await using var talk = await TalkAsync(messages: 5);

        var newer = (await ListAsync(talk.Bob, talk.Id, [5, 6, 7])).Msgs[talk.Id];
        var older = (await ListAsync(talk.Bob, talk.Id, [0, 1], PullOrder.Desc)).Msgs[talk.Id];

        Assert.Equal((true, 5L, "5"), (newer.IsEnd, newer.EndSeq, string.Join(',', newer.Msgs.Select(m => m.Seq))));
        Assert.Equal((true, 1L, "1"), (older.IsEnd, older.EndSeq, string.Join(',', older.Msgs.Select(m => m.Seq))));
    }

    [Fact]
    public async Task A_conversation_is_answered_even_when_nothing_of_it_is_left()
    {
        await using var talk = await TalkAsync(messages: 2);

        Assert.Empty((await ListAsync(talk.Bob, talk.Id, [7, 8])).Msgs[talk.Id].Msgs);
    }

    [Fact]
    public async Task The_last_message_of_each_conversation_is_answered()
    {
        await using var talk = await TalkAsync(messages: 3);

        Assert.Equal(3, (await LastAsync(talk.Bob, talk.Id)).Msgs[talk.Id].Seq);
    }

    [Fact]
    public async Task The_last_message_is_one_that_was_not_deleted()
    {
        await using var talk = await TalkAsync(messages: 3);
        (await talk.Bob.PostAsync("/msg/delete_msgs", new { conversationID = talk.Id, userID = talk.Bob.UserId, seqs = new[] { 3 } })).Succeeded();

        Assert.Equal(2, (await LastAsync(talk.Bob, talk.Id)).Msgs[talk.Id].Seq);
        Assert.Equal(3, (await LastAsync(talk.Alice, talk.Id)).Msgs[talk.Id].Seq);
    }
}
