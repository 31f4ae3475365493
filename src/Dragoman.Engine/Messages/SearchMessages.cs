using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <summary>The app looks for messages in all conversations.</summary>
public sealed class SearchMessages(IEntrySearchStore store)
{
    /// <returns>How many there are, and one page, newest first; or NotPermitted.</returns>
    public async ValueTask<Result<(long Total, IReadOnlyList<Entry> Page)>> RunAsync(
        Caller caller, EntryQuery query, long skip, int take, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;
        return await store.SearchAsync(caller.App, query, skip, take, ct);
    }
}
