namespace Dragoman.Engine.Ports;

/// <summary>The storage cannot be used, or not now. The message is for the operator.</summary>
public class StorageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The storage was there and will be again. Whoever noticed has reported it, once: callers are refused as Unavailable and
/// nobody else needs to log it.
/// </summary>
public class StorageAwayException(string message, Exception? inner = null) : StorageException(message, inner);

/// <summary>The storage went away during a commit: it may be on disk, or not.</summary>
public sealed class CommitUnknownException(string message, Exception? inner = null) : StorageAwayException(message, inner);
