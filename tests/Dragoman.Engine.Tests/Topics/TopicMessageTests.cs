using System.Text;
using Dragoman.Engine.Events;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Topics;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Topics;

/// <summary>What becomes of messages of threads: those who have joined do it, and learn of it.</summary>
public sealed class TopicMessageTests : TopicTest
{
    [Fact]
    public async Task They_are_edited_by_who_said_them_and_by_the_app()
    {
        var (topic, said) = await GivenMessageAsync();

        Assert.Equal(Condition.MessageNotFound, ConditionOf(await EditAsync("carol", said, 0)));
        Assert.Equal(Condition.EditNotPermitted, ConditionOf(await EditAsync("bob", said, 0)));
        Value(await EditAsync("alice", said, 0));
        Value(await Engine.Get<EditMessage>().RunAsync(Admin, Admin.User, said, Edit("app", 1), Ct));

        Assert.Equal("app", await ReadAsync("bob", topic));
        Assert.All(Told.Where(entry => entry.Notice is MessageEdited), entry => Assert.Equal(["alice", "bob"], HeardBy(entry)));
    }

    [Fact]
    public async Task They_are_reacted_to_and_pinned()
    {
        var (topic, said) = await GivenMessageAsync();

        Value(await Engine.Get<AddReaction>().RunAsync(As("bob"), new("bob"), said, "smile", 0, Ct));
        Assert.Equal(Condition.MessageNotFound, ConditionOf(await Engine.Get<AddReaction>().RunAsync(As("carol"), new("carol"), said, "smile", 0, Ct)));
        Value(await Engine.Get<PinMessage>().RunAsync(As("bob"), new("bob"), topic.Conversation, said, 0, Ct));

        Assert.Equal("smile", Assert.Single(Value(await Engine.Get<ListReactions>().RunAsync(As("alice"), new("alice"), said, Ct))).Reaction);
        Assert.Equal(said, Assert.Single(Value(await Engine.Get<ListPins>().RunAsync(As("alice"), new("alice"), topic.Conversation, 0, 10, Ct))).Message.Id);
        Assert.Equal(Condition.ConversationNotFound, ConditionOf(await Engine.Get<ListPins>().RunAsync(As("carol"), new("carol"), topic.Conversation, 0, 10, Ct)));
        Assert.Equal(["alice", "bob"], HeardBy(Assert.Single(Told, entry => entry.Notice is ReactionsChanged)));
        Assert.Equal(["alice", "bob"], HeardBy(Assert.Single(Told, entry => entry.Notice is MessagePinned)));
    }

    /// <summary>Said by alice in a thread that bob has joined.</summary>
    private async Task<(Topic Topic, MessageId Said)> GivenMessageAsync()
    {
        var topic = await GivenThreadAsync(await GivenGroupAsync());
        Value(await JoinAsync("bob", topic));
        return (topic, Value(await SayAsync("alice", topic)).Id);
    }

    private async Task<Result<Entry>> EditAsync(string user, MessageId message, int version) =>
        await Engine.Get<EditMessage>().RunAsync(As(user), new(user), message, Edit("edited", version), Ct);

    private static EditDraft Edit(string text, int version) =>
        new() { Origin = new DialectId(9), Content = ContentKind.Text, Body = Encoding.UTF8.GetBytes(text), ExpectedVersion = version };

    private static IEnumerable<string> HeardBy(Entry entry) => Assert.IsType<Audience.Users>(entry.Audience).List.Select(user => user.Value);
}
