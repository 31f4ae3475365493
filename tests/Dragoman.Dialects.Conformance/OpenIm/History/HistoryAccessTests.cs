using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.History;

/// <summary>What nobody reads of others, and what is still there after a restart.</summary>
public sealed class HistoryAccessTests(OpenImServer server) : TalkTest(server)
{
    [Fact]
    public async Task Nobody_reads_the_newest_sequences_of_others()
    {
        await using var talk = await TalkAsync(messages: 3);
        await using var mallory = await App.NewClientAsync("mallory");

        var seqs = (await mallory.AskAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = talk.Alice.UserId }, GetMaxSeqResp.Parser)).MaxSeqs;

        Assert.Empty(seqs);
        (await mallory.PostAsync("/msg/newest_seq", new { userID = talk.Alice.UserId })).Failed(1002, "NoPermissionError");
    }

    [Fact]
    public async Task Nobody_reads_the_conversation_of_others()
    {
        await using var talk = await TalkAsync(messages: 2);
        await using var mallory = await App.NewClientAsync("mallory");

        await AssertUnreadableAsync(mallory, talk.Id);
        await AssertUnreadableAsync(mallory, "n" + talk.Id["si".Length..]);
        await AssertUnreadableAsync(mallory, $"n_{talk.Alice.UserId}_{talk.Alice.UserId}");
    }

    [Fact]
    public async Task Nobody_reads_a_group_of_others()
    {
        await using var alice = await App.NewClientAsync("alice");
        await using var mallory = await App.NewClientAsync("mallory");
        var group = await App.NewGroupAsync(alice.UserId, []);
        await alice.SayAsync(alice.TextToGroup(group, "among us"));

        await AssertUnreadableAsync(mallory, $"sg_{group}");
        await AssertUnreadableAsync(mallory, $"n_{group}");
    }

    [Fact]
    public async Task Nobody_acts_in_the_conversation_of_others()
    {
        await using var talk = await TalkAsync(messages: 2);
        await using var mallory = await App.NewClientAsync("mallory");
        var own = new { conversationID = talk.Id, userID = mallory.UserId, seq = 1, seqs = new[] { 1 }, hasReadSeq = 1 };
        var others = own with { userID = talk.Alice.UserId };

        foreach (var route in (string[])["/msg/revoke_msg", "/msg/delete_msgs", "/msg/mark_conversation_as_read", "/msg/mark_msgs_as_read", "/msg/set_conversation_has_read_seq"])
        {
            (await mallory.PostAsync(route, own)).Failed(1004, "RecordNotFoundError");
            (await mallory.PostAsync(route, others)).Failed(1002, "NoPermissionError");
        }

        (await mallory.PostAsync("/msg/clear_conversation_msg", new { conversationIDs = new[] { talk.Id }, userID = talk.Alice.UserId })).Failed(1002);
        (await mallory.PostAsync("/msg/clear_conversation_msg", new { conversationIDs = new[] { talk.Id }, userID = mallory.UserId })).Succeeded();
        (await mallory.PostAsync("/msg/pull_msg_by_seq", new { userID = talk.Alice.UserId, seqRanges = Array.Empty<int>() })).Failed(1002);
        Assert.Equal(2, (await RangeAsync(talk.Alice, talk.Id, 1, 9))!.Msgs.Count(m => m.Status == 2 && m.ContentType == 101));
    }

    [Fact]
    public async Task Everything_survives_a_restart()
    {
        await using var talk = await TalkAsync(messages: 3);
        (await talk.Alice.PostAsync("/msg/revoke_msg", new { conversationID = talk.Id, seq = 1, userID = talk.Alice.UserId })).Succeeded();
        (await talk.Bob.PostAsync("/msg/delete_msgs", new { conversationID = talk.Id, userID = talk.Bob.UserId, seqs = new[] { 2 } })).Succeeded();
        (await talk.Bob.PostAsync("/msg/mark_conversation_as_read", new { conversationID = talk.Id, userID = talk.Bob.UserId, hasReadSeq = 3 })).Succeeded();
        var before = await RangeAsync(talk.Bob, talk.Id, 1, 9);

        await Server.RestartAsync();

        await using var back = await App.ConnectAsync(talk.Bob.UserId, talk.Bob.Token);
        Assert.Equal(before, await RangeAsync(back, talk.Id, 1, 9));
        Assert.Equal((3, 3), await PositionAsync(back, talk.Id));
    }
}
