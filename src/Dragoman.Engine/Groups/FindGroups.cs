using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Finds groups of an app by their names, for its administrators.</summary>
public sealed class FindGroups(IGroupStore groups, RosterDirectory rosters)
{
    /// <param name="text">Part of the name; empty is all.</param>
    /// <returns>A page of the living groups, newest first; or NotPermitted.</returns>
    public async ValueTask<Result<FoundGroups>> RunAsync(Caller caller, string text, long skip, int take, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;

        var page = await groups.SearchAsync(caller.App, text, skip, take, ct);
        var found = new List<Roster>(page.Items.Count);
        foreach (var id in page.Items)
        {
            if (await rosters.FindAsync(caller.App, id, ct) is { } roster) found.Add(roster);
        }

        return new FoundGroups(page.Total, found);
    }
}

/// <param name="Total">Of all pages.</param>
public sealed record FoundGroups(int Total, IReadOnlyList<Roster> Items);
