using Dragoman.Engine.Accounts;
using Dragoman.Engine.Sessions;

namespace Dragoman.Engine.Ports;

/// <param name="IdPart">Empty does not filter; so for the others.</param>
/// <param name="Roles">Empty is all.</param>
public sealed record AccountQuery(string IdPart = "", string NicknamePart = "", params AccountRole[] Roles)
{
    /// <summary>A part of the id or of the nickname; empty does not filter.</summary>
    public string AnyPart { get; init; } = "";

    /// <summary>Who is found besides those whom <see cref="AnyPart"/> finds.</summary>
    public IReadOnlyList<UserId> OrUsers { get; init; } = [];

    /// <summary>Not those that are shut.</summary>
    public bool OnlyLiving { get; init; }

    /// <summary>Values of <see cref="ProfileKeys.Gender"/>, where empty is none; none of them does not filter.</summary>
    public IReadOnlyList<string> Genders { get; init; } = [];
}

/// <param name="Total">All that there are at the end of the period.</param>
/// <param name="Before">Those from before it.</param>
/// <param name="Days">Those of each day of it, by UTC midnights in Unix milliseconds; days without any are left out.</param>
public sealed record CountByDay(long Total, long Before, IReadOnlyDictionary<long, long> Days);

public interface IAccountStore
{
    ValueTask<Account?> FindAsync(AppId app, UserId user, CancellationToken ct);

    /// <summary>Accounts whose ids are these letters but for case; two at most.</summary>
    /// <param name="folded">As <see cref="NameFolding.Fold"/> makes it.</param>
    ValueTask<IReadOnlyList<UserId>> FindAlikeAsync(AppId app, string folded, CancellationToken ct);

    ValueTask<Account?> FindByNumberAsync(AppId app, long number, CancellationToken ct);

    /// <returns>How many match in all, and one page in the order of their creation.</returns>
    ValueTask<(long Total, IReadOnlyList<Account> Page)> PageAsync(AppId app, AccountQuery query, long skip, int take, CancellationToken ct);

    /// <summary>The same for the ids of all accounts.</summary>
    ValueTask<(long Total, IReadOnlyList<UserId> Page)> PageIdsAsync(AppId app, long skip, int take, CancellationToken ct);

    /// <param name="from">Unix milliseconds, inclusive.</param>
    /// <param name="to">Unix milliseconds, exclusive.</param>
    ValueTask<CountByDay> CountCreatedAsync(AppId app, long from, long to, CancellationToken ct);

    /// <summary>Characters that the profiles of all accounts take up.</summary>
    ValueTask<long> ProfileSizeAsync(AppId app, CancellationToken ct);

    ValueTask<IReadOnlyList<Grant>> GrantsAsync(AppId app, UserId user, CancellationToken ct);

    /// <returns>The day since 1970 on which a user was last counted; null when he never was.</returns>
    ValueTask<int?> LastActiveDayAsync(AppId app, UserId user, CancellationToken ct);

    /// <summary>Users who were counted on a day or since.</summary>
    ValueTask<int> CountActiveAsync(AppId app, int since, CancellationToken ct);
}
