using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Messages;

public sealed class ReceiptTests : EngineTest
{
    private static readonly ConversationKey Pair = Direct("alice", "bob");

    [Fact]
    public async Task The_sender_hears_once_that_a_message_has_arrived()
    {
        var said = Value(await Engine.SayAsync("alice", "bob", "hello"));
        var confirm = Engine.Get<ConfirmDelivery>();

        for (var i = 0; i < 2; i++) Value(await confirm.RunAsync(As("bob"), new("bob"), said.Id, Ct));
        Value(await confirm.RunAsync(As("alice"), new("alice"), said.Id, Ct)); // his own: nobody to tell

        var told = Assert.IsType<MessageDelivered>(Assert.Single(Value(await Engine.PullAsync("alice", Pair, LogChannel.Changes)).Entries).Notice);
        Assert.Equal((said.Id.Value, 1L, new UserId("bob")), (told.MessageId, told.Sequence, told.Receiver));
    }

    [Fact]
    public async Task Only_the_receiver_of_what_there_is_confirms()
    {
        var said = Value(await Engine.SayAsync("alice", "bob", "hello"));
        var confirm = Engine.Get<ConfirmDelivery>();

        Assert.Equal(Condition.MessageNotFound, ConditionOf(await confirm.RunAsync(As("carol"), new("carol"), said.Id, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await confirm.RunAsync(As("carol"), new("bob"), said.Id, Ct)));
        Assert.Equal(Condition.MessageNotFound, ConditionOf(await confirm.RunAsync(As("bob"), new("bob"), new(77), Ct)));
    }

    [Fact]
    public async Task Readers_of_a_group_are_counted_and_listed()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob", "carol");
        var said = await SayAsync(group, EntryFlags.WantsReceipt);
        var receipts = Engine.Get<GroupReceipts>();

        Value(await receipts.SendAsync(As("bob"), new("bob"), said, "seen", Ct));
        Value(await receipts.SendAsync(As("bob"), new("bob"), said, "seen", Ct));
        Value(await receipts.SendAsync(As("carol"), new("carol"), said, new string('x', 2_000), Ct));
        Value(await receipts.SendAsync(As("alice"), new("alice"), said, "", Ct));

        var told = Value(await Engine.PullAsync("alice", ConversationKey.Inbox(App, new("alice")), LogChannel.Changes)).Entries.Select(e => e.Notice).OfType<MessageReadInGroup>().ToArray();
        Assert.Equal([("bob", 1, "seen"), ("carol", 2, new string('x', 1_024))], told.Select(t => (t.Reader.Value, t.Count, t.Text)));

        var first = Value(await receipts.ListAsync(As("carol"), group, said, "", 1, Ct));
        Assert.Equal((2, "bob"), (first.Total, Assert.Single(first.Readers).Reader.Value));
        Assert.Equal("carol", Assert.Single(Value(await receipts.ListAsync(As("carol"), group, said, "bob", 10, Ct)).Readers).Reader.Value);
    }

    [Fact]
    public async Task A_receipt_that_nobody_wanted_or_may_give_is_none()
    {
        await Engine.GivenUsersAsync("dave");
        var group = await Engine.GivenGroupAsync("alice", "bob");
        var other = await Engine.GivenGroupAsync("bob");
        var (wanted, plain) = (await SayAsync(group, EntryFlags.WantsReceipt), await SayAsync(group, EntryFlags.None));
        var direct = Value(await Engine.SayAsync("alice", "bob", "hello"));
        var receipts = Engine.Get<GroupReceipts>();

        Assert.Equal(Condition.ReceiptNotWanted, ConditionOf(await receipts.SendAsync(As("bob"), new("bob"), plain, "", Ct)));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await receipts.SendAsync(As("dave"), new("dave"), wanted, "", Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await receipts.SendAsync(As("dave"), new("bob"), wanted, "", Ct)));
        Assert.Equal(Condition.MessageNotFound, ConditionOf(await receipts.SendAsync(As("bob"), new("bob"), direct.Id, "", Ct)));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await receipts.ListAsync(As("dave"), group, wanted, "", 10, Ct)));
        Assert.Equal(Condition.MessageNotFound, ConditionOf(await receipts.ListAsync(As("bob"), other, wanted, "", 10, Ct)));
        Assert.Equal(Condition.GroupNotFound, ConditionOf(await receipts.ListAsync(As("bob"), new("none"), wanted, "", 10, Ct)));
    }

    private async Task<MessageId> SayAsync(GroupId group, EntryFlags flags) => Value(await Engine.Get<SendGroupMessage>().RunAsync(
        As("alice"), new("alice"), group, new MessageDraft { Origin = new DialectId(9), Content = ContentKind.Text, Body = "hello"u8.ToArray(), Flags = flags }, Ct)).Id;
}
