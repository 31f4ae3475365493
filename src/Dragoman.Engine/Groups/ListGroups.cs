using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <param name="Next">Where the next page begins; 0 on the last one.</param>
public sealed record GroupList(IReadOnlyList<Roster> Items, int Next);

/// <param name="Total">Of all pages.</param>
public sealed record JoinedGroups(int Total, IReadOnlyList<Roster> Items);

/// <summary>Groups page by page: those of an app, those that everybody may find, those of a user.</summary>
public sealed class ListGroups(IGroupStore store, RosterDirectory rosters)
{
    /// <param name="before">Groups that were founded earlier than the one with this number; 0 is all.</param>
    /// <param name="listed">Only those of the app's public list, which everybody may read.</param>
    /// <returns>Living groups, newest first; or NotPermitted.</returns>
    public async ValueTask<Result<GroupList>> OfAppAsync(Caller caller, int before, int take, bool listed, CancellationToken ct)
    {
        if (!listed && !caller.IsAdministrator) return Condition.NotPermitted;

        var page = await store.PageAsync(caller.App, before, take + 1, listed, ct);
        var items = await RostersAsync(caller.App, page.Take(take), ct);
        return new GroupList(items, page.Count > take && items.Count > 0 ? items[^1].Group.Number : 0);
    }

    /// <returns>The groups of which the user is a member, those that he entered last first; or NotPermitted.</returns>
    public async ValueTask<Result<JoinedGroups>> OfUserAsync(Caller caller, UserId user, long skip, int take, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);

        var page = await store.PageOfAsync(caller.App, user, skip, take, ct);
        return new JoinedGroups(page.Total, await RostersAsync(caller.App, page.Items, ct));
    }

    private async ValueTask<List<Roster>> RostersAsync(AppId app, IEnumerable<GroupId> ids, CancellationToken ct)
    {
        var found = new List<Roster>();
        foreach (var id in ids)
        {
            if (await rosters.FindAsync(app, id, ct) is { } roster) found.Add(roster);
        }

        return found;
    }
}
