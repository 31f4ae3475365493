using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Relations;

/// <summary>Gives a friend another name in the owner's list.</summary>
public sealed class RemarkFriend(RelationDesk desk, IFriendStore friends, OnlineNews news, RelationLimits limits, TimeProvider clock)
{
    /// <param name="remark">Empty takes the name away.</param>
    /// <returns>Done; or NotPermitted, RelationTextTooLong, NotFriends.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId owner, UserId friend, string remark, CancellationToken ct)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);
        if (limits.CheckRemark(remark) is { } tooLong) return tooLong;

        using var turn = await desk.EnterAsync(caller.App, owner, ct);
        var found = await friends.FindAsync(caller.App, owner, [friend], ct);
        if (found.Count == 0) return new Refusal(Condition.NotFriends, friend.Value);

        var change = new UpdateFriendships(caller.App, owner, [found[0] with { Remark = remark }], IsReordered: false);
        var refusal = await desk.CommitAsync(caller.App, [change], touched: []);
        if (refusal is not null) return refusal;

        var version = await desk.VersionAsync(caller.App, owner, ct);
        news.TellDevices(caller, owner, new FriendRemarked(owner, friend, version) { At = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        return default(Done);
    }
}
