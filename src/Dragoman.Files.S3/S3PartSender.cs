using System.Net;
using System.Security.Cryptography;
using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;

namespace Dragoman.Files.S3;

/// <summary>Passes a client's part on to the object storage as it comes in, and computes its MD5 on the way.</summary>
/// <remarks>
/// A plain PUT to a presigned address: the vendor's client library wants to seek in what it sends. A part whose length is not
/// known (a field of a form) waits in a temporary file, because the object storage asks for the length first.
/// </remarks>
internal sealed class S3PartSender(S3Addresses addresses, S3Reach reach) : IDisposable
{
    private const int BufferBytes = 128 * 1024;
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        Timeout = Timeout.InfiniteTimeSpan, // a part takes as long as its client takes
    };

    public async ValueTask<Result<UploadPart>> SendAsync(
        Upload upload, string key, int number, Stream body, long? length, string? md5, CancellationToken ct)
    {
        if (length is { } known) return await PutAsync(upload, key, number, body, known, md5, ct);

        await using var spool = new FileStream(Path.GetTempFileName(), new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        if (!await TryCopyAsync(body, spool, upload.PartSize, ct)) return Condition.PartTooLarge;
        spool.Position = 0;
        return await PutAsync(upload, key, number, spool, spool.Length, md5, ct);
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Result<UploadPart>> PutAsync(
        Upload upload, string key, int number, Stream body, long length, string? md5, CancellationToken ct)
    {
        reach.ThrowIfAway();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var hashed = new HashingStream(body, hash);
        using var request = new HttpRequestMessage(HttpMethod.Put, addresses.OwnPart(key, upload.Handle, number)) { Content = new StreamContent(hashed, BufferBytes) };
        request.Content.Headers.ContentLength = length;

        // The object storage itself refuses bytes that are not these, so that what was there before stays.
        if (md5 is not null) request.Content.Headers.ContentMD5 = Convert.FromHexString(md5);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var actual = Convert.ToHexStringLower(hash.GetHashAndReset());
            if (md5 is not null && md5 != actual) return Condition.PartChecksumMismatch;
            if (response.IsSuccessStatusCode) return new UploadPart(number, length, actual);
            if (response.StatusCode == HttpStatusCode.NotFound) return Condition.UploadNotFound;
            if (response.StatusCode >= HttpStatusCode.InternalServerError) throw reach.Lost($"it answered {(int)response.StatusCode} to a part");
            throw new StorageException($"The object storage answered {(int)response.StatusCode} to a part");
        }
        catch (HttpRequestException e)
        {
            // The client's fault when its stream broke, else the object storage's.
            hashed.ThrowIfBroken();
            throw reach.Lost($"it cannot be reached: {e.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw reach.Lost("it does not take connections");
        }
    }

    private static async ValueTask<bool> TryCopyAsync(Stream from, FileStream to, long limit, CancellationToken ct)
    {
        var buffer = new byte[BufferBytes];
        while (true)
        {
            var read = await from.ReadAsync(buffer, ct);
            if (read == 0) return true;
            if (to.Length + read > limit) return false;
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }
}
