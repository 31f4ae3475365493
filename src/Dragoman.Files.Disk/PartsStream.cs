using Dragoman.Engine.Files;

namespace Dragoman.Files.Disk;

/// <summary>Reads a range of a content whose parts are files of their own; one of them is open at a time.</summary>
internal sealed class PartsStream(FileInfo[] parts, long offset, long length) : ForwardStream
{
    private FileStream? _open;
    private int _next;
    private long _skip = offset;
    private long _left = length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_left > 0 && !buffer.IsEmpty)
        {
            if (_open is null && !OpenNext()) break;

            var wanted = (int)Math.Min(buffer.Length, _left);
            var read = await ReadAsync(_open!, buffer[..wanted], cancellationToken);
            if (read > 0)
            {
                _left -= read;
                return read;
            }

            await _open!.DisposeAsync();
            _open = null;
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _open?.Dispose();
        base.Dispose(disposing);
    }

    private static async ValueTask<int> ReadAsync(FileStream part, Memory<byte> buffer, CancellationToken ct)
    {
        try
        {
            return await part.ReadAsync(buffer, ct);
        }
        catch (IOException e)
        {
            throw Disk.Fault(e);
        }
    }

    /// <summary>Opens the next part that has something of the range.</summary>
    private bool OpenNext()
    {
        while (_next < parts.Length)
        {
            var part = parts[_next++];
            if (_skip >= part.Length)
            {
                _skip -= part.Length;
                continue;
            }

            // No buffer: whoever copies the stream brings one.
            _open = Disk.Try(() => new FileStream(
                part.FullName, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous | FileOptions.SequentialScan }));
            _open.Position = _skip;
            _skip = 0;
            return true;
        }

        return false;
    }
}
