using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;
using Dragoman.Testing;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Relations;

/// <summary>A test about relations, with the words in which they speak.</summary>
public abstract class RelationTest : EngineTest
{
    protected static readonly UserId Alice = new("alice");
    protected static readonly UserId Bob = new("bob");
    protected static readonly UserId Carol = new("carol");

    protected RelationLimits Limits => Engine.Get<RelationLimits>();

    protected async Task<Result<WishOutcome>> AskAsync(UserId from, UserId to, string message = "hi", RequestStyle style = RequestStyle.Always) =>
        await Engine.Get<RequestFriend>().RunAsync(
            As(from.Value), new FriendWish { From = from, To = to, Message = message, Extra = "extra", Style = style }, Ct);

    protected async Task<Result<FriendRequest>> AnswerAsync(UserId to, UserId from, FriendAnswer answer = FriendAnswer.Accept, string words = "ok") =>
        await Engine.Get<AnswerFriendRequest>().RunAsync(As(to.Value), from, to, answer, words, Ct);

    protected async Task BefriendAsync(UserId one, UserId other)
    {
        Value(await AskAsync(one, other));
        Value(await AnswerAsync(other, one));
    }

    protected async Task ImportAsync(UserId owner, FriendSides sides, params UserId[] friends) =>
        Value(await Engine.Get<ImportFriends>().RunAsync(Admin, owner, friends, sides, Ct));

    protected async Task<Result<Done>> BlockAsync(UserId owner, UserId blocked, bool endsFriendship = false) =>
        await Engine.Get<BlockUser>().RunAsync(As(owner.Value), owner, blocked, "why", endsFriendship, Ct);

    protected async Task<IReadOnlyList<Friendship>> FriendsOfAsync(UserId owner) =>
        Value(await Engine.Get<ReadFriends>().PageAsync(As(owner.Value), owner, 0, 100, Ct)).Items;

    protected async Task<string[]> FriendIdsAsync(UserId owner) => [.. (await FriendsOfAsync(owner)).Select(f => f.Friend.Value)];

    protected async Task<FriendRequest?> RequestAsync(UserId from, UserId to) =>
        await Engine.Get<IFriendRequestStore>().FindAsync(App, from, to, pendingSince: 0, Ct);

    /// <summary>What changed in a list since a version.</summary>
    protected async Task<StreamDelta> DeltaAsync(StreamKind kind, UserId owner, long since = 0) =>
        await Engine.Get<IStreamStore>().ReadAsync(new StreamKey(App, kind, owner.Value), since, 100, Ct);

    /// <summary>Users who exist and are named u0, u1 and so on.</summary>
    protected async Task<UserId[]> CrowdAsync(int count)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(i => $"u{i}")];
        await Engine.GivenUsersAsync(names);
        return [.. names.Select(n => new UserId(n))];
    }
}
