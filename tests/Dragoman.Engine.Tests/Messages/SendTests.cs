using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Messages;

public sealed class SendTests : EngineTest
{
    [Fact]
    public async Task Sequences_are_dense_from_1_in_each_conversation()
    {
        long[] sequences =
        [
            Value(await Engine.SayAsync("alice", "bob", "1")).Sequence,
            Value(await Engine.SayAsync("bob", "alice", "2")).Sequence,
            Value(await Engine.SayAsync("alice", "carol", "elsewhere")).Sequence,
            Value(await Engine.SayAsync("alice", "bob", "3")).Sequence,
        ];

        Assert.Equal([1, 2, 1, 3], sequences);
    }

    [Fact]
    public async Task Times_grow_with_the_sequence_even_when_the_clock_steps_back_and_after_a_restart()
    {
        var first = Value(await Engine.SayAsync("alice", "bob", "1"));
        Engine.Clock.Advance(TimeSpan.FromHours(-1));
        var second = Value(await Engine.SayAsync("bob", "alice", "2"));
        await RestartAsync();
        Engine.Clock.Advance(TimeSpan.FromHours(-1));
        var third = Value(await Engine.SayAsync("alice", "bob", "3"));

        Assert.Equal([first.SentAt, first.SentAt + 1, first.SentAt + 2], [first.SentAt, second.SentAt, third.SentAt]);
    }

    [Fact]
    public async Task A_retry_gets_the_first_answer_and_is_stored_once()
    {
        var first = Value(await Engine.SayAsync("alice", "bob", "hello", key: "k1"));
        var retry = Value(await Engine.SayAsync("alice", "bob", "hello", key: "k1"));

        Assert.Equal(first with { IsRepeat = true }, retry);
        Assert.Single(Value(await Engine.PullAsync("bob", Direct("alice", "bob"))).Entries);
        Assert.Single(Told);
    }

    [Fact]
    public async Task A_retry_after_a_restart_gets_the_first_answer()
    {
        var first = Value(await Engine.SayAsync("alice", "bob", "hello", key: "k1"));
        await RestartAsync();

        Assert.Equal(first with { IsRepeat = true }, Value(await Engine.SayAsync("alice", "bob", "hello", key: "k1")));
    }

    [Fact]
    public async Task The_same_key_of_another_sender_is_another_message()
    {
        await Engine.SayAsync("alice", "bob", "hello", key: "k1");

        Assert.False(Value(await Engine.SayAsync("bob", "alice", "hello", key: "k1")).IsRepeat);
    }

    [Fact]
    public async Task Sequences_and_ids_go_on_after_a_restart()
    {
        var before = Value(await Engine.SayAsync("alice", "bob", "1"));
        await RestartAsync();
        var after = Value(await Engine.SayAsync("alice", "bob", "2"));

        Assert.Equal(before.Sequence + 1, after.Sequence);
        Assert.True(after.Id.Value > before.Id.Value);
    }

    [Fact]
    public async Task A_user_cannot_speak_as_another()
    {
        var sent = await Engine.Get<SendDirectMessage>().RunAsync(
            As("alice"), new UserId("bob"), new UserId("carol"), new MessageDraft { Origin = default, Content = default, Body = default }, Ct);

        Assert.Equal(Condition.NotPermitted, ConditionOf(sent));
    }

    [Fact]
    public async Task An_unknown_receiver_is_refused() =>
        Assert.Equal(Condition.PeerNotFound, ConditionOf(await Engine.SayAsync("alice", "nobody", "hello")));

    [Fact]
    public async Task A_receiver_who_refuses_messages_gets_none()
    {
        await Engine.Get<UpdateProfile>().RunAsync(As("bob"), new UserId("bob"), new ProfileChange(Receive: ReceiveOption.Refuse), Ct);

        Assert.Equal(Condition.ReceiverRefusesMessages, ConditionOf(await Engine.SayAsync("alice", "bob", "hello")));
    }

    [Fact]
    public async Task A_receiver_may_refuse_one_conversation_only()
    {
        await Engine.Get<ConfigureConversation>().RunAsync(
            As("bob"), new UserId("bob"), Direct("alice", "bob"), new ConversationSettings(Receive: ReceiveOption.Refuse), Ct);

        Assert.Equal(Condition.ReceiverRefusesMessages, ConditionOf(await Engine.SayAsync("alice", "bob", "hello")));
        Assert.Equal(Condition.None, ConditionOf(await Engine.SayAsync("carol", "bob", "hello")));
    }

    [Fact]
    public async Task A_body_past_the_limit_is_refused_and_one_at_it_is_not()
    {
        var limit = Engine.Get<EngineLimits>().MaxBodyBytes;

        Assert.Equal(Condition.None, ConditionOf(await Engine.SayAsync("alice", "bob", new string('x', limit))));
        Assert.Equal(Condition.MessageTooLarge, ConditionOf(await Engine.SayAsync("alice", "bob", new string('x', limit + 1))));
    }

    [Fact]
    public async Task What_is_only_for_who_is_online_gets_no_sequence_and_no_place_in_history()
    {
        var draft = new MessageDraft { Origin = new DialectId(9), Content = ContentKind.Command, Body = "typing"u8.ToArray(), Flags = EntryFlags.OnlineOnly };
        var sent = Value(await Engine.Get<SendDirectMessage>().RunAsync(As("alice"), new UserId("alice"), new UserId("bob"), draft, Ct));

        Assert.Equal(0, sent.Sequence);
        Assert.Single(Told);
        Assert.Equal(Condition.ConversationNotFound, ConditionOf(await Engine.PullAsync("bob", Direct("alice", "bob"))));
    }

    [Fact]
    public async Task Only_members_of_this_moment_speak_in_a_group_and_hear_it()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");

        Assert.Equal(Condition.NotGroupMember, ConditionOf(await Engine.SayAsync("carol", group, "hello")));
        Assert.Equal(2, Value(await Engine.SayAsync("bob", group, "hello")).Sequence); // 1 is the founding
        var audience = Assert.IsType<Audience.Members>(Told[^1].Audience);
        Assert.Equal(["alice", "bob"], audience.Roster.Members.Select(m => m.User.Value));
    }

    [Fact]
    public async Task An_unknown_group_is_told_from_a_dismissed_one()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        await Engine.DismissAsync(As("alice"), group);

        Assert.Equal(Condition.GroupDismissed, ConditionOf(await Engine.SayAsync("alice", group, "hello")));
        Assert.Equal(Condition.GroupNotFound, ConditionOf(await Engine.SayAsync("alice", new GroupId("none"), "hello")));
    }

    [Fact]
    public async Task Who_is_called_by_name_finds_a_mark_on_the_conversation()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob", "carol");
        var draft = new MessageDraft
        {
            Origin = new DialectId(9),
            Content = ContentKind.Text,
            Body = "@bob"u8.ToArray(),
            Mentions = new Mentions([new UserId("bob"), new UserId("stranger")], Everybody: false),
        };
        await Engine.Get<SendGroupMessage>().RunAsync(As("alice"), new UserId("alice"), group, draft, Ct);

        Assert.Equal(MentionMark.Me, await MarkOfAsync("bob", group));
        Assert.Equal(MentionMark.None, await MarkOfAsync("carol", group));
    }

    [Fact]
    public async Task A_muted_member_is_silent_until_his_time_is_over()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        var until = Engine.Clock.GetUtcNow().AddMinutes(10);
        Value(await Engine.MuteAsync(As("alice"), group, "bob", until.ToUnixTimeMilliseconds()));

        var refused = await Engine.SayAsync("bob", group, "hello");
        Assert.False(refused.TryGet(out _, out var refusal));
        Assert.Equal((Condition.SenderMuted, until), (refusal.Condition, refusal.Until));
        Engine.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(Condition.None, ConditionOf(await Engine.SayAsync("bob", group, "hello")));
    }

    [Fact]
    public async Task In_a_muted_group_only_its_owner_and_managers_speak()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob", "carol");
        Value(await Engine.MuteAsync(As("alice"), group));
        Value(await Engine.UpdateAsync(As("alice"), group, new MemberChange(new("carol")) { Role = GroupRole.Manager }));

        Assert.Equal(Condition.GroupMuted, ConditionOf(await Engine.SayAsync("bob", group, "hello")));
        Assert.Equal(Condition.None, ConditionOf(await Engine.SayAsync("alice", group, "hello")));
        Assert.Equal(Condition.None, ConditionOf(await Engine.SayAsync("carol", group, "hello")));
    }

    private async Task<MentionMark> MarkOfAsync(string user, GroupId group) =>
        (await Engine.Get<UserConversations>().FindAsync(new UserId(user), ConversationKey.Group(App, group), Ct))!.Mention;
}
