using Dragoman.Engine.Conversations;
using Dragoman.Engine.Deliveries;

namespace Dragoman.Engine.Ports;

/// <summary>Reads of how far devices have come.</summary>
public interface IDeliveryStore
{
    /// <returns>Null for a device that is not known. A conversation that it has nothing of may be missing.</returns>
    ValueTask<IReadOnlyDictionary<ConversationKey, LogPlace>?> FindPlacesAsync(ClientDevice device, CancellationToken ct);

    /// <summary>How far the user's other devices of this dialect have come: the one that has come farthest in each conversation.</summary>
    ValueTask<IReadOnlyDictionary<ConversationKey, LogPlace>> FarthestPlacesAsync(ClientDevice device, CancellationToken ct);
}
