using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Accounts;

/// <summary>Settings that the app's operator hands to clients; a user's own ones overlay those of everybody.</summary>
public sealed class ClientSettings(IClientSettingStore store, LogWriter journal, EngineLimits limits)
{
    private static readonly UserId Everybody = new("");

    /// <param name="user">Empty for those of everybody.</param>
    /// <returns>The settings as the user's client should see them; or NotPermitted.</returns>
    public async ValueTask<Result<IReadOnlyDictionary<string, string>>> ReadAsync(Caller caller, UserId user, CancellationToken ct)
    {
        if (!user.IsEmpty && !caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);

        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in await store.OfAsync(caller.App, Everybody, ct)) settings[setting.Name] = setting.Value;
        if (user.IsEmpty) return Result.Of<IReadOnlyDictionary<string, string>>(settings);

        foreach (var setting in await store.OfAsync(caller.App, user, ct)) settings[setting.Name] = setting.Value;
        return Result.Of<IReadOnlyDictionary<string, string>>(settings);
    }

    /// <returns>Done; or NotPermitted, ClientSettingTooLarge.</returns>
    public async ValueTask<Result<Done>> SetAsync(Caller caller, UserId user, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;
        if (settings.Any(s => s.Key.Length > UserIds.MaxLength || s.Value.Length > limits.MaxExtraChars)) return Condition.ClientSettingTooLarge;
        if (settings.Count == 0) return default(Done);

        var changes = settings.Select(s => new PutClientSetting(caller.App, new(user, s.Key, s.Value))).ToArray();
        var refusal = await journal.CommitAsync(new WriteUnit(changes));
        return refusal is null ? default(Done) : refusal;
    }

    /// <returns>Done, also for names that have no setting; or NotPermitted.</returns>
    public async ValueTask<Result<Done>> RemoveAsync(Caller caller, UserId user, IReadOnlyList<string> names, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;
        var refusal = await journal.CommitAsync(new WriteUnit([new RemoveClientSettings(caller.App, user, names)]));
        return refusal is null ? default(Done) : refusal;
    }

    /// <returns>How many there are, and one page; or NotPermitted.</returns>
    public async ValueTask<Result<(long Total, IReadOnlyList<ClientSetting> Page)>> PageAsync(
        Caller caller, UserId user, string name, long skip, int take, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;
        return await store.PageAsync(caller.App, user, name, skip, take, ct);
    }
}
