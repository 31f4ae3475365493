namespace Dragoman.Engine.Ports;

/// <param name="Definition">The app's JSON object as its operator wrote it: credentials per dialect and settings.</param>
public sealed record StoredApp(AppId Id, string Name, string Definition);

/// <summary>The apps of this server. Changed at start and by the operator, never on behalf of a user.</summary>
public interface IAppStore
{
    ValueTask<IReadOnlyList<StoredApp>> ListAsync(CancellationToken ct);

    /// <summary>Adds an app; one that has the name already is left as it is.</summary>
    ValueTask AddAsync(string name, string definition, CancellationToken ct);
}
