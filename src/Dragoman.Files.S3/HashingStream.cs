using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Dragoman.Engine.Files;

namespace Dragoman.Files.S3;

/// <summary>Reads another stream once, hashes what passes, and remembers how reading failed.</summary>
internal sealed class HashingStream(Stream inner, IncrementalHash hash) : ForwardStream
{
    private ExceptionDispatchInfo? _broken;

    /// <summary>Throws what reading threw, if it did.</summary>
    public void ThrowIfBroken() => _broken?.Throw();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            hash.AppendData(buffer.Span[..read]);
            return read;
        }
        catch (Exception e)
        {
            _broken = ExceptionDispatchInfo.Capture(e);
            throw;
        }
    }
}
