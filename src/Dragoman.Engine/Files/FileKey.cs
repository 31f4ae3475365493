using System.Security.Cryptography;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Files;

/// <summary>The random key that signs links. Kept in the storage, so that every node accepts what another one signed.</summary>
public sealed class FileKey
{
    private byte[]? _key;

    internal ReadOnlySpan<byte> Value => _key ?? throw new InvalidOperationException("The key for links has not been read yet.");

    internal void Set(byte[] key) => _key = key;
}

/// <summary>Reads the key at the start. A class of its own: whoever shows messages needs the key, and the log writer needs him.</summary>
public sealed class FileKeyReader(FileKey key, IFileStore store, LogWriter journal)
{
    private const int Bytes = 32;

    /// <summary>Reads the key, which the first start makes. The log writer runs.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        var stored = await store.FindKeyAsync(ct);
        if (stored is null)
        {
            // Two nodes may make one at the same time: the first one written is everybody's.
            await journal.CommitAsync(new WriteUnit([new KeepFileKey(RandomNumberGenerator.GetBytes(Bytes))]));
            stored = await store.FindKeyAsync(ct) ?? throw new StorageException("The key for links could not be stored.");
        }

        key.Set(stored);
    }
}
