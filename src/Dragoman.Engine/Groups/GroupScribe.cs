using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Groups;

/// <summary>Writes down what happens in groups: gathers the facts and makes entries of them.</summary>
public sealed class GroupScribe(AccountDirectory accounts)
{
    public async ValueTask<PersonFacts> PersonAsync(AppId app, UserId user, Member? member, CancellationToken ct)
    {
        var account = await accounts.FindAsync(app, user, ct);
        return new(user, account?.Nickname ?? "", account?.Avatar ?? "", account?.Role ?? AccountRole.User, member) { Extra = account?.Extra ?? "" };
    }

    /// <summary>The person as the roster has him; without a member when he is none.</summary>
    public ValueTask<PersonFacts> PersonAsync(Roster roster, UserId user, CancellationToken ct) =>
        PersonAsync(roster.Group.App, user, roster.Find(user), ct);

    public async ValueTask<IReadOnlyList<PersonFacts>> PeopleAsync(AppId app, IEnumerable<Member> members, CancellationToken ct)
    {
        var people = new List<PersonFacts>();
        foreach (var member in members) people.Add(await PersonAsync(app, member.User, member, ct));
        return people;
    }

    /// <summary>For the group's managers and some others, each for himself: what they hear is nobody else's business.</summary>
    internal static IReadOnlyList<InboxNote> ForManagers(Roster roster, IEnumerable<UserId> others, Notice notice) =>
    [
        .. roster.Members.TakeWhile(m => m.Role >= GroupRole.Manager).Select(m => m.User)
            .Concat(others)
            .Distinct()
            .Select(receiver => new InboxNote(receiver, notice)),
    ];

    /// <param name="alsoTell">Who is no longer a member but must hear of it.</param>
    internal static Entry Write(
        Caller caller, Roster after, UserId actor, LogChannel channel, Notice notice, IReadOnlyList<UserId>? alsoTell = null) =>
        NoticeEntry.Make(
            caller.Operation,
            ConversationKey.Group(after.Group.App, after.Group.Id),
            channel,
            actor,
            new Audience.Members(after, alsoTell),
            notice,
            EntryFlags.NoPush,
            origin: caller.Session);
}
