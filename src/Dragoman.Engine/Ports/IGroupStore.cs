using Dragoman.Engine.Groups;

namespace Dragoman.Engine.Ports;

public interface IGroupStore
{
    /// <summary>The group and all its members; null when it never existed.</summary>
    ValueTask<Roster?> FindRosterAsync(AppId app, GroupId group, CancellationToken ct);

    /// <param name="from">Unix milliseconds, inclusive.</param>
    /// <param name="to">Unix milliseconds, exclusive.</param>
    ValueTask<CountByDay> CountCreatedAsync(AppId app, long from, long to, CancellationToken ct);

    /// <summary>The groups of which the user is a member now.</summary>
    ValueTask<IReadOnlyList<GroupId>> ListOfAsync(AppId app, UserId user, CancellationToken ct);

    /// <summary>The groups where the user has this rank or a higher one.</summary>
    ValueTask<IReadOnlyList<GroupId>> ListOfAsync(AppId app, UserId user, GroupRole atLeast, CancellationToken ct);

    /// <summary>The first of these users who is a member of so many groups already; null when nobody is.</summary>
    ValueTask<UserId?> FindCrowdedAsync(AppId app, IReadOnlyCollection<UserId> users, int groups, CancellationToken ct);

    /// <summary>Living groups with the text in their name, newest first; an empty text is all.</summary>
    ValueTask<GroupPage> SearchAsync(AppId app, string text, long skip, int take, CancellationToken ct);

    /// <summary>Living groups, newest first.</summary>
    /// <param name="before">Only those with a smaller number; 0 is all.</param>
    /// <param name="listed">Only those of the public list.</param>
    ValueTask<IReadOnlyList<GroupId>> PageAsync(AppId app, int before, int take, bool listed, CancellationToken ct);

    /// <summary>The groups of which the user is a member now, those that he entered last first.</summary>
    ValueTask<GroupPage> PageOfAsync(AppId app, UserId user, long skip, int take, CancellationToken ct);

    /// <summary>How many living groups the app has.</summary>
    ValueTask<int> CountLivingAsync(AppId app, CancellationToken ct);
}

/// <param name="Total">Of all pages.</param>
public sealed record GroupPage(int Total, IReadOnlyList<GroupId> Items);
