using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Hooks;

namespace Dragoman.Engine.Messages;

/// <summary>What the app's own server has to say about a message before it is written. Costs a lookup when it says nothing.</summary>
public sealed class MessageHooks(HookDesk desk, RosterDirectory rosters)
{
    public bool AsksBeforeRules(AppId app) => desk.Asks<SendingMessage>(app);

    public bool AsksAfterRules(AppId app) => desk.Asks<RewritingMessage>(app) || desk.Asks<DeliveringMessage>(app);

    /// <returns>Null to go on; else why the message is not sent.</returns>
    public ValueTask<Refusal?> AskAsync(Caller caller, ConversationKey conversation, UserId sender, in MessageDraft draft, CancellationToken ct) =>
        desk.AskAsync(new SendingMessage(caller, conversation, sender, draft), ct);

    /// <summary>Lets the message be rewritten, then its receivers be chosen.</summary>
    /// <param name="audience">Who is entitled to it where it was to be sent.</param>
    /// <returns>What is to be written; or a hook's refusal, GroupNotFound (it was sent on to nowhere).</returns>
    public async ValueTask<Result<FinalMessage>> RewriteAsync(
        Caller caller, ConversationKey conversation, UserId sender, MessageDraft draft, Audience audience, CancellationToken ct)
    {
        var rewriting = new RewritingMessage(caller, conversation, sender, draft);
        if (await desk.AskAsync(rewriting, ct) is { } refusal) return refusal;

        if (rewriting.Conversation != conversation)
        {
            conversation = rewriting.Conversation;
            var roster = conversation.Kind == ConversationKind.Group ? await rosters.FindAsync(caller.App, conversation.GroupId, ct) : null;
            if (conversation.Kind == ConversationKind.Group && roster is null) return new Refusal(Condition.GroupNotFound, conversation.A);
            if (conversation.Kind == ConversationKind.Room) return new Refusal(Condition.RoomNotFound, conversation.A); // nobody is led into a room
            if (conversation.Kind == ConversationKind.Topic) return new Refusal(Condition.TopicNotFound, conversation.B); // nor into a topic
            audience = Audiences.Of(conversation, sender, roster);
        }

        draft = rewriting.Draft;
        var delivering = new DeliveringMessage(caller, conversation, sender, draft);
        if (await desk.AskAsync(delivering, ct) is not null) audience = new Audience.Users([sender]);
        else if (delivering.Receivers is { } chosen) audience = Among(audience, sender, chosen);
        return new FinalMessage(draft, conversation, audience);
    }

    /// <summary>A hook may choose among those who are entitled, and nobody else.</summary>
    private static Audience.Users Among(Audience entitled, UserId sender, IReadOnlyList<UserId> chosen) => entitled switch
    {
        Audience.Members members => new([sender, .. chosen.Where(user => user != sender && members.Roster.Find(user) is not null)]),
        Audience.Room room => new([sender, .. chosen.Where(user => user != sender && room.Occupants.Any(part => part.Contains(user)))]),
        Audience.Users users => new([sender, .. chosen.Where(user => user != sender && users.List.Contains(user))]),
        Audience.Pair pair => new([sender, .. chosen.Where(user => user == pair.Receiver)]),
        _ => new([sender]),
    };
}

/// <summary>A message as it will be written, after everybody who may change it has spoken.</summary>
public sealed record FinalMessage(MessageDraft Draft, ConversationKey Conversation, Audience Audience);
