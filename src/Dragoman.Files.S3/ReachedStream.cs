using Dragoman.Engine.Files;

namespace Dragoman.Files.S3;

/// <summary>What is read from the object storage, whose end before the end is the object storage's.</summary>
internal sealed class ReachedStream(Stream inner, S3Reach reach) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw reach.Lost($"it broke off: {e.Message}");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
