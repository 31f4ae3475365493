using Dragoman.Engine.Groups;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Topics;

/// <summary>Reads topics page by page: those of an app, of a group, of a user.</summary>
public sealed class ListTopics(ITopicStore store, GroupDesk groups)
{
    /// <summary>In the order in which they were created. Everything at once is for the app alone.</summary>
    /// <returns>The topics; or NotPermitted (another user's, or the app's), GroupNotFound, GroupDismissed, GroupDisabled, NotGroupMember.</returns>
    public async ValueTask<Result<IReadOnlyList<Topic>>> RunAsync(Caller caller, TopicQuery query, CancellationToken ct)
    {
        if (!caller.IsAdministrator && query is { Group: null, Member: null }) return Condition.NotPermitted;
        if (query.Member is { } user && !caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);
        if (query.Group is { } id)
        {
            var found = await groups.FindAsync(caller.App, id, ct);
            if (!found.TryGet(out var group, out var refusal)) return refusal;
            if (!caller.IsAdministrator && group.Find(caller.User) is null) return new Refusal(Condition.NotGroupMember, caller.User.Value);
        }

        return Result.Of(await store.PageAsync(caller.App, query, ct));
    }
}
