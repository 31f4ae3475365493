using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.History;

/// <summary>Section 10.4: read positions, and who is told.</summary>
public sealed class ReadingTests(OpenImServer server) : TalkTest(server)
{
    private const int ReceiptType = 2200;

    [Fact]
    public async Task Reading_is_told_to_the_peer_and_seen_in_history()
    {
        await using var talk = await TalkAsync(messages: 3);

        (await talk.Bob.PostAsync("/msg/mark_conversation_as_read", new { conversationID = talk.Id, userID = talk.Bob.UserId, hasReadSeq = 2, seqs = new[] { 1, 2 } }))
            .Succeeded();

        var heard = await talk.Alice.PushAsync(p => p.Message.ContentType == ReceiptType, "the receipt");
        Assert.Equal(("n" + talk.Id["si".Length..], true), (heard.ConversationId, heard.IsNotification));
        var tips = Tips(heard);
        Assert.Equal(
            (talk.Bob.UserId, talk.Id, 2L, "1,2"),
            (tips.GetProperty("markAsReadUserID").GetString(), tips.GetProperty("conversationID").GetString(), tips.GetProperty("hasReadSeq").GetInt64(),
                string.Join(',', tips.GetProperty("seqs").EnumerateArray().Select(s => s.GetInt64()))));
        Assert.Equal([true, true, false], (await RangeAsync(talk.Alice, talk.Id, 1, 3))!.Msgs.Select(m => m.IsRead));
        Assert.Equal((3, 2), await PositionAsync(talk.Bob, talk.Id));
    }

    [Fact]
    public async Task A_position_only_grows()
    {
        await using var talk = await TalkAsync(messages: 3);
        (await talk.Bob.PostAsync("/msg/mark_conversation_as_read", new { conversationID = talk.Id, userID = talk.Bob.UserId, hasReadSeq = 3 })).Succeeded();

        (await talk.Bob.PostAsync("/msg/mark_conversation_as_read", new { conversationID = talk.Id, userID = talk.Bob.UserId, hasReadSeq = 1 })).Succeeded();

        Assert.Equal((3, 3), await PositionAsync(talk.Bob, talk.Id));
    }

    [Fact]
    public async Task Messages_that_do_not_exist_cannot_be_read()
    {
        await using var talk = await TalkAsync(messages: 3);

        (await talk.Bob.PostAsync("/msg/mark_msgs_as_read", new { conversationID = talk.Id, userID = talk.Bob.UserId, seqs = new[] { 3, 4 } }))
            .Failed(1001, "ArgsError", "hasReadSeq must not be bigger than maxSeq");
        (await talk.Bob.PostAsync("/msg/set_conversation_has_read_seq", new { conversationID = talk.Id, userID = talk.Bob.UserId, hasReadSeq = 4 }))
            .Failed(1001, "ArgsError", "hasReadSeq must not be bigger than maxSeq");
    }

    [Fact]
    public async Task A_position_that_is_set_is_told_to_own_devices_only()
    {
        await using var talk = await TalkAsync(messages: 2);

        (await talk.Bob.PostAsync("/msg/set_conversation_has_read_seq", new { conversationID = talk.Id, userID = talk.Bob.UserId, hasReadSeq = 2 })).Succeeded();

        var heard = await talk.Bob.PushAsync(p => p.Message.ContentType == ReceiptType, "the receipt");
        Assert.Equal(($"n_{talk.Bob.UserId}_{talk.Bob.UserId}", 0L), (heard.ConversationId, heard.Message.Seq));
        Assert.Equal((talk.Bob.UserId, talk.Bob.UserId, 1), (heard.Message.SendID, heard.Message.RecvID, heard.Message.SessionType));
        await talk.Bob.SayAsync(talk.Bob.TextTo(talk.Alice.UserId, "a fence"));
        await talk.Alice.TextPushAsync("a fence");
        Assert.DoesNotContain(talk.Alice.Messages, p => p.Message.ContentType == ReceiptType);
    }

    [Fact]
    public async Task Reading_in_a_group_is_told_to_own_devices_in_the_own_channel()
    {
        await using var alice = await App.NewClientAsync("alice");
        await using var bob = await App.NewClientAsync("bob");
        var group = await App.NewGroupAsync(alice.UserId, [bob.UserId]);
        await alice.SayAsync(alice.TextToGroup(group, "hello"));

        (await bob.PostAsync("/msg/mark_conversation_as_read", new { conversationID = $"sg_{group}", userID = bob.UserId, hasReadSeq = 2 })).Succeeded();

        var heard = await bob.PushAsync(p => p.Message.ContentType == ReceiptType, "the receipt");
        Assert.Equal(($"n_{bob.UserId}_{bob.UserId}", 0L), (heard.ConversationId, heard.Message.Seq));
    }

    [Fact]
    public async Task Positions_are_answered_with_the_ends()
    {
        await using var talk = await TalkAsync(messages: 3);

        Assert.Equal((3, 0), await PositionAsync(talk.Bob, talk.Id));
        await Eventually.TrueAsync(() => PositionAsync(talk.Alice, talk.Id).GetAwaiter().GetResult() == (3, 3), "the sender has read his own words");
    }
}
