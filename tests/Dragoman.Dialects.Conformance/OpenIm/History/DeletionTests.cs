using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Protos;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.History;

/// <summary>Section 10.5: what deleting and clearing make of history.</summary>
public sealed class DeletionTests(OpenImServer server) : TalkTest(server)
{
    private const int Deleted = 4, DeletedType = 2102, ClearedType = 1703, ConversationChangedType = 1300;

    [Fact]
    public async Task A_message_deleted_for_oneself_is_empty_and_stays_for_others()
    {
        await using var talk = await TalkAsync(messages: 3);

        (await talk.Bob.PostAsync(
            "/msg/delete_msgs", new { conversationID = talk.Id, userID = talk.Bob.UserId, seqs = new[] { 2 }, deleteSyncOpt = (object?)null })).Succeeded();

        var mine = (await RangeAsync(talk.Bob, talk.Id, 1, 3))!.Msgs;
        Assert.Equal([(1L, 2), (2L, Deleted), (3L, 2)], mine.Select(m => (m.Seq, m.Status)));
        Assert.True(mine[1].Content.IsEmpty);
        Assert.Equal((talk.Alice.UserId, 101), (mine[1].SendID, mine[1].ContentType));
        Assert.All((await RangeAsync(talk.Alice, talk.Id, 1, 3))!.Msgs, m => Assert.Equal(2, m.Status));
    }

    [Fact]
    public async Task Own_devices_hear_of_a_deletion_when_asked()
    {
        await using var talk = await TalkAsync(messages: 1);

        (await talk.Bob.PostAsync("/msg/delete_msgs", new
        {
            conversationID = talk.Id,
            userID = talk.Bob.UserId,
            seqs = new[] { 1 },
            deleteSyncOpt = new { IsSyncSelf = true },
        })).Succeeded();

        var heard = await talk.Bob.PushAsync(p => p.Message.ContentType == DeletedType, "the deletion");
        Assert.Equal(($"n_{talk.Bob.UserId}_{talk.Bob.UserId}", true), (heard.ConversationId, heard.IsNotification));
        Assert.Equal(talk.Id, Tips(heard).GetProperty("conversationID").GetString());
        Assert.DoesNotContain(talk.Alice.Messages, p => p.Message.ContentType == DeletedType);
    }

    [Fact]
    public async Task A_message_deleted_for_everybody_is_gone_and_told()
    {
        await using var talk = await TalkAsync(messages: 2);

        (await talk.Alice.PostAsync("/msg/delete_msgs", new
        {
            conversationID = talk.Id,
            userID = talk.Alice.UserId,
            seqs = new[] { 1 },
            deleteSyncOpt = new { IsSyncOther = true },
        })).Succeeded();

        var heard = await talk.Bob.PushAsync(p => p.Message.ContentType == DeletedType, "the deletion");
        Assert.Equal([1L], Tips(heard).GetProperty("seqs").EnumerateArray().Select(s => s.GetInt64()));
        Assert.Equal(new MsgData { Seq = 1, Status = Deleted }, (await ListAsync(talk.Bob, talk.Id, [1])).Msgs[talk.Id].Msgs.Single());
    }

    [Fact]
    public async Task A_cleared_conversation_is_empty_for_who_cleared_it()
    {
        await using var talk = await TalkAsync(messages: 3);

        (await talk.Bob.PostAsync("/msg/clear_conversation_msg", new
        {
            conversationIDs = new[] { talk.Id },
            userID = talk.Bob.UserId,
            deleteSyncOpt = new { IsSyncSelf = true },
        })).Succeeded();

        await talk.Bob.PushAsync(p => p.Message.ContentType == ConversationChangedType, "the change");
        await talk.Bob.PushAsync(p => p.Message.ContentType == ClearedType, "the clearing");
        Assert.Null(await RangeAsync(talk.Bob, talk.Id, 1, 3));
        Assert.Equal((3, 3), await PositionAsync(talk.Bob, talk.Id));
        Assert.Equal(3, (await RangeAsync(talk.Alice, talk.Id, 1, 3))!.Msgs.Count);
        await talk.Alice.SayAsync(talk.Alice.TextTo(talk.Bob.UserId, "anew"));
        Assert.Equal([4L], (await RangeAsync(talk.Bob, talk.Id, 1, 9))!.Msgs.Select(m => m.Seq));
    }
}
