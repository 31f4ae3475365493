using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Dragoman.Files.Disk;

/// <param name="Md5">Lower case hex.</param>
internal readonly record struct ReceivedFile(long Size, string Md5);

/// <summary>Writes a stream to a new file with one buffer, computes its MD5 on the way, and waits for the disk.</summary>
internal static class PartReceiver
{
    private const int BufferBytes = 128 * 1024;

    /// <returns>Null when the stream is longer than allowed.</returns>
    public static async ValueTask<ReceivedFile?> ReceiveAsync(string path, Stream body, long limit, CancellationToken ct)
    {
        using var file = Disk.Try(() => File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous));
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var size = 0L;
            while (true)
            {
                var read = await body.ReadAsync(buffer, ct);
                if (read == 0) break;
                if (size + read > limit) return null;

                md5.AppendData(buffer, 0, read);
                await WriteAsync(file, buffer.AsMemory(0, read), size, ct);
                size += read;
            }

            // May take as long as the disk needs for all of it: not on a thread that serves connections.
            await Task.Factory.StartNew(
                () => Disk.Try(() => RandomAccess.FlushToDisk(file)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return new(size, Convert.ToHexStringLower(md5.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask WriteAsync(SafeFileHandle file, ReadOnlyMemory<byte> bytes, long offset, CancellationToken ct)
    {
        try
        {
            await RandomAccess.WriteAsync(file, bytes, offset, ct);
        }
        catch (IOException e)
        {
            throw Disk.Fault(e);
        }
    }
}
