using Dragoman.Engine.Caching;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Accounts;

/// <summary>A user's favourites: keeps, changes, drops and lists them.</summary>
public sealed class Favourites(IFavouriteStore store, LogWriter journal, KeyedGate gate, EngineLimits limits, TimeProvider clock)
{
    /// <summary>Keeps a new one.</summary>
    /// <returns>Done; or NotPermitted, FavouriteTooLarge, FavouriteExists, TooManyFavourites.</returns>
    public async ValueTask<Result<Done>> AddAsync(
        Caller caller, UserId owner, int type, string id, string value, string extra, CancellationToken ct)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);
        if (IsTooLarge(id, value, extra)) return Condition.FavouriteTooLarge;

        using var turn = await gate.EnterAsync((caller.App, owner), ct);
        if (await store.FindAsync(caller.App, owner, type, id, ct) is not null) return new Refusal(Condition.FavouriteExists, id);
        if (await store.CountAsync(caller.App, owner, ct) >= limits.MaxFavourites) return Condition.TooManyFavourites;
        return await PutAsync(caller, new(owner, type, id, value, extra, clock.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    /// <param name="value">Null leaves it as it is; so for <paramref name="extra"/>.</param>
    /// <returns>Done; or NotPermitted, FavouriteTooLarge, FavouriteNotFound.</returns>
    public async ValueTask<Result<Done>> UpdateAsync(
        Caller caller, UserId owner, int type, string id, string? value, string? extra, CancellationToken ct)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);
        if (IsTooLarge(id, value, extra)) return Condition.FavouriteTooLarge;

        using var turn = await gate.EnterAsync((caller.App, owner), ct);
        var old = await store.FindAsync(caller.App, owner, type, id, ct);
        return old is null
            ? new Refusal(Condition.FavouriteNotFound, id)
            : await PutAsync(caller, old with { Value = value ?? old.Value, Extra = extra ?? old.Extra });
    }

    /// <returns>Done; or NotPermitted, FavouriteNotFound.</returns>
    public async ValueTask<Result<Done>> RemoveAsync(Caller caller, UserId owner, int type, string id, CancellationToken ct)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);

        using var turn = await gate.EnterAsync((caller.App, owner), ct);
        if (await store.FindAsync(caller.App, owner, type, id, ct) is null) return new Refusal(Condition.FavouriteNotFound, id);
        var refusal = await journal.CommitAsync(new WriteUnit([new RemoveFavourite(caller.App, owner, type, id)]));
        return refusal is null ? default(Done) : refusal;
    }

    /// <param name="type">Null lists all types.</param>
    /// <returns>By type, then oldest first; or NotPermitted.</returns>
    public async ValueTask<Result<IReadOnlyList<Favourite>>> ListAsync(Caller caller, UserId owner, int? type, CancellationToken ct)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);
        return Result.Of(await store.ListAsync(caller.App, owner, type, ct));
    }

    private async ValueTask<Result<Done>> PutAsync(Caller caller, Favourite favourite)
    {
        var refusal = await journal.CommitAsync(new WriteUnit([new PutFavourite(caller.App, favourite)]));
        return refusal is null ? default(Done) : refusal;
    }

    private bool IsTooLarge(string id, string? value, string? extra) =>
        id.Length > UserIds.MaxLength || value?.Length > limits.MaxExtraChars || extra?.Length > limits.MaxExtraChars;
}
