namespace Dragoman.Engine.Ports;

/// <summary>The storage cannot be used, or not now. The message is for the operator.</summary>
public class StorageException(string message) : Exception(message);
