using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Relations;

/// <summary>Gives a friend another name in the owner's list.</summary>
public sealed class RemarkFriend(RelationDesk desk, IFriendStore friends, HookDesk hooks, WordDesk words, OnlineNews news, RelationLimits limits, TimeProvider clock)
{
    /// <param name="remark">Empty takes the name away.</param>
    /// <returns>Done; or NotPermitted, RelationTextTooLong, WordRejected, NotFriends.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId owner, UserId friend, string remark, CancellationToken ct)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);
        if (hooks.Asks<SettingRemark>(caller.App))
        {
            var proposal = new SettingRemark(caller, owner, friend, remark);
            if (await hooks.AskAsync(proposal, ct) is { } forbidden) return forbidden;
            remark = proposal.Remark;
        }

        if (limits.CheckRemark(remark) is { } tooLong) return tooLong;
        if (words.Screen(caller.App, WordPlaces.Relations, ref remark) is { } rejected) return rejected;

        using var turn = await desk.EnterAsync(caller.App, owner, ct);
        var found = await friends.FindAsync(caller.App, owner, [friend], ct);
        if (found.Count == 0) return new Refusal(Condition.NotFriends, friend.Value);

        var change = new UpdateFriendships(caller.App, owner, [found[0] with { Remark = remark }], IsReordered: false);
        var notice = new FriendRemarked(owner, friend, Version: 0) { At = clock.GetUtcNow().ToUnixTimeMilliseconds(), Remark = remark };
        var refusal = await desk.CommitAsync(caller, [change], touched: [], [notice]);
        if (refusal is not null) return refusal;

        news.TellDevices(caller, owner, notice with { Version = await desk.VersionAsync(caller.App, owner, ct) });
        return default(Done);
    }
}
