namespace Dragoman.Engine.Ports;

/// <summary>Reads of what members say of themselves in their groups.</summary>
public interface IMemberAttributeStore
{
    /// <returns>For each of the users that has any, names and values.</returns>
    ValueTask<IReadOnlyDictionary<UserId, IReadOnlyDictionary<string, string>>> FindAsync(
        AppId app, GroupId group, IReadOnlyCollection<UserId> users, CancellationToken ct);
}
