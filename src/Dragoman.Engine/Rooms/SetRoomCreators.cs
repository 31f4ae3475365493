using Dragoman.Engine.Accounts;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <summary>Says which users may create rooms for the app; in every room they may do what the app may.</summary>
public sealed class SetRoomCreators(RoomDirectory rooms, AccountDirectory accounts, LogWriter journal, TimeProvider clock)
{
    /// <returns>Whether anything changed; or NotPermitted, AccountNotFound (with the user).</returns>
    public async ValueTask<Result<bool>> RunAsync(Caller caller, UserId user, bool isCreator, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;
        if (await accounts.FindAsync(caller.App, user, ct) is null) return new Refusal(Condition.AccountNotFound, user.Value);
        if ((await rooms.CreatorsAsync(caller.App, ct)).Contains(user) == isCreator) return false;

        StoreChange change = isCreator
            ? new PutRoomCreator(caller.App, user, clock.GetUtcNow().ToUnixTimeMilliseconds())
            : new RemoveRoomCreator(caller.App, user);
        var refusal = await journal.CommitAsync(new WriteUnit([change]) { WhenWritten = () => rooms.CreatorsChanged(caller.App) });
        return refusal is null ? true : refusal;
    }
}
