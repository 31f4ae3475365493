using System.Text;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Topics;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Topics;

/// <summary>What people do in threads, in a few words.</summary>
public abstract class TopicTest : EngineTest
{
    private static int s_topics;

    protected TopicLimits Limits => Engine.Get<TopicLimits>();

    /// <summary>A group of alice, bob and carol.</summary>
    protected Task<GroupId> GivenGroupAsync() => Engine.GivenGroupAsync("alice", "bob", "carol");

    /// <summary>A thread under a new message of alice.</summary>
    protected async Task<Topic> GivenThreadAsync(GroupId group, string owner = "alice")
    {
        var root = Value(await Engine.SayAsync("alice", group, "root"));
        return Value(await BeginAsync(owner, group, root.Id)).Topic;
    }

    protected async Task<Result<TopicRoster>> BeginAsync(string owner, GroupId group, MessageId root, string name = "thread", Caller? caller = null)
    {
        var topic = new Topic
        {
            App = App,
            Parent = group,
            Id = new($"t{Interlocked.Increment(ref s_topics)}"),
            Name = name,
            Owner = new(owner),
            RootMessage = root.Value,
        };
        return await Engine.Get<CreateTopic>().RunAsync(caller ?? As(owner), topic, Ct);
    }

    protected async Task<Result<SentMessage>> SayAsync(string user, Topic topic, string text = "hello", Mentions? mentions = null) =>
        await Engine.Get<SendToTopic>().RunAsync(As(user), new(user), topic.Id, Draft(text, mentions), Ct);

    protected async Task<Result<TopicRoster>> JoinAsync(string user, Topic topic) => await Engine.Get<JoinTopic>().RunAsync(As(user), new(user), topic.Id, Ct);

    protected async Task<Result<TopicRoster>> LeaveAsync(string user, Topic topic) => await Engine.Get<LeaveTopic>().RunAsync(As(user), new(user), topic.Id, Ct);

    protected async Task<Result<Done>> RecallAsync(string user, Topic topic, long sequence) =>
        await Engine.Get<RecallMessage>().RunAsync(As(user), new(user), topic.Conversation, sequence, Ct);

    protected async Task<string> MembersAsync(Topic topic) =>
        await Engine.Get<TopicDirectory>().FindAsync(App, topic.Id, Ct) is { } roster ? string.Join(' ', roster.Members.Select(user => user.Value)) : "none";

    protected async Task<string> ReadAsync(string user, Topic topic)
    {
        var read = await Engine.Get<ReadHistory>().RunAsync(new(user), topic.Conversation, new(null, 100, IsOldestFirst: true), Ct);
        return read.TryGet(out var page, out var refusal) ? string.Join(' ', page.Entries.Select(TextOf)) : refusal.Condition.ToString();
    }

    protected async Task<long?> UnreadAsync(string user, Topic topic)
    {
        var list = await Engine.Get<UserConversations>().ListAsync(App, new(user), Ct);
        foreach (var (state, ends) in list)
        {
            if (state.Conversation == topic.Conversation) return ConversationAccess.Unread(state, ends);
        }

        return null;
    }

    protected IEnumerable<Entry> Heard<T>(Topic topic)
        where T : TopicNotice => Told.Where(entry => entry.Notice is T notice && notice.Topic.Id == topic.Id);

    protected static MessageDraft Draft(string text, Mentions? mentions = null) =>
        new() { Origin = new DialectId(9), Content = ContentKind.Text, Body = Encoding.UTF8.GetBytes(text), Mentions = mentions };

    protected static UserId[] Ids(params string[] users) => [.. users.Select(user => new UserId(user))];
}
