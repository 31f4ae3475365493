namespace Dragoman.Engine.Ports;

/// <summary>Whether the storage answers.</summary>
public interface IStorageHealth
{
    /// <summary>As known now, without asking: false while the storage is away.</summary>
    bool IsAvailable { get; }
}
