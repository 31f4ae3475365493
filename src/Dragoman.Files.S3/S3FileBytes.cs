using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace Dragoman.Files.S3;

/// <summary>Files in a bucket. Every upload is a multipart upload there, also of a single part.</summary>
/// <remarks>
/// A multipart upload takes no more parts once it is completed. With a plain PUT a client could replace what was verified for as
/// long as its presigned address lives, and with it the bytes of everybody who shares them.
/// </remarks>
internal sealed class S3FileBytes : IFileBytes, IAsyncDisposable
{
    private readonly S3Options _options;
    private readonly AmazonS3Client _s3;
    private readonly S3Addresses _addresses;
    private readonly S3PartSender _sender;
    private readonly S3Reach _reach;

    public S3FileBytes(S3Options options, ILogger<S3Reach> logger)
    {
        _options = options;
        _s3 = S3Addresses.Connect(options, options.ServiceUrl);
        _addresses = new(options, _s3);
        _reach = new(AnswersAsync, logger);
        _sender = new(_addresses, _reach);
    }

    public async ValueTask<string> BeginAsync(Upload upload, CancellationToken ct) => await TryAsync(ct, async () =>
        (await _s3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = _options.Bucket, Key = KeyOf(upload.Location) }, ct)).UploadId);

    public ValueTask<Result<UploadPart>> PutPartAsync(Upload upload, int number, Stream body, long? length, string? md5, CancellationToken ct) =>
        _sender.SendAsync(upload, KeyOf(upload.Location), number, body, length, md5, ct);

    public async ValueTask<IReadOnlyList<UploadPart>> ListPartsAsync(Upload upload, CancellationToken ct) => await TryAsync<IReadOnlyList<UploadPart>>(ct, async () =>
    {
        var parts = new List<UploadPart>();
        var request = new ListPartsRequest { BucketName = _options.Bucket, Key = KeyOf(upload.Location), UploadId = upload.Handle };
        try
        {
            while (true)
            {
                var page = await _s3.ListPartsAsync(request, ct);
                parts.AddRange(page.Parts.Select(p => new UploadPart(p.PartNumber, p.Size, Md5Of(p.ETag))));
                if (!page.IsTruncated || page.NextPartNumberMarker == 0) return parts;
                request.PartNumberMarker = page.NextPartNumberMarker.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }
        catch (AmazonS3Exception e) when (IsGone(e))
        {
            return [];
        }
    });

    public async ValueTask<bool> CompleteAsync(Upload upload, IReadOnlyList<UploadPart> parts, CancellationToken ct) => await TryAsync(ct, async () =>
    {
        try
        {
            await _s3.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = _options.Bucket,
                    Key = KeyOf(upload.Location),
                    UploadId = upload.Handle,
                    PartETags = [.. parts.Select(p => new PartETag(p.Number, $"\"{p.Md5}\""))],
                },
                ct);
            return true;
        }
        catch (AmazonS3Exception e) when (IsGone(e))
        {
            return await SizeOfAsync(upload.Location, ct) == parts.Sum(p => p.Size); // completed before, and the answer was lost
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.BadRequest)
        {
            return false; // a part was replaced since it was listed
        }
    });

    public async ValueTask AbortAsync(Upload upload, CancellationToken ct)
    {
        await TryAsync(ct, async () =>
        {
            try
            {
                await _s3.AbortMultipartUploadAsync(
                    new AbortMultipartUploadRequest { BucketName = _options.Bucket, Key = KeyOf(upload.Location), UploadId = upload.Handle }, ct);
            }
            catch (AmazonS3Exception e) when (IsGone(e))
            {
                // Aborted or completed before.
            }

            return true;
        });
        await DeleteAsync(upload.Location, ct);
    }

    public async ValueTask<Stream?> OpenAsync(FileContent content, long offset, long length, CancellationToken ct) => await TryAsync<Stream?>(ct, async () =>
    {
        if (length == 0) return Stream.Null;
        try
        {
            var request = new GetObjectRequest { BucketName = _options.Bucket, Key = KeyOf(content.Location) };
            if (offset > 0 || length < content.Size) request.ByteRange = new ByteRange(offset, offset + length - 1);
            return new ReachedStream((await _s3.GetObjectAsync(request, ct)).ResponseStream, _reach);
        }
        catch (AmazonS3Exception e) when (IsGone(e))
        {
            return null;
        }
    });

    public async ValueTask DeleteAsync(string location, CancellationToken ct) =>
        await TryAsync(ct, () => _s3.DeleteObjectAsync(_options.Bucket, KeyOf(location), ct));

    public string? SignPart(Upload upload, int number, DateTimeOffset until) =>
        _options.Presign ? _addresses.Part(KeyOf(upload.Location), upload.Handle, number, until) : null;

    public string? SignRead(StoredFile file, DateTimeOffset until) =>
        _options.Presign ? _addresses.Read(KeyOf(file.Content.Location), file, until) : null;

    /// <summary>Nothing lies around here; a rule of the bucket ends multipart uploads whose row a crash kept from being written.</summary>
    public ValueTask TidyAsync(CancellationToken ct) => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _reach.DisposeAsync();
        _sender.Dispose();
        _addresses.Dispose();
        _s3.Dispose();
    }

    private async Task<long> SizeOfAsync(string location, CancellationToken ct)
    {
        try
        {
            return (await _s3.GetObjectMetadataAsync(_options.Bucket, KeyOf(location), ct)).ContentLength;
        }
        catch (AmazonS3Exception e) when (IsGone(e))
        {
            return -1;
        }
    }

    private string KeyOf(string location) => _options.Prefix + location;

    private static string Md5Of(string etag) => etag.Trim('"').ToLowerInvariant();

    private static bool IsGone(AmazonS3Exception e) => e.StatusCode == HttpStatusCode.NotFound;

    /// <summary>Asks for an object that is never there: any answer but a fault of its own will do.</summary>
    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        try
        {
            await _s3.GetObjectMetadataAsync(_options.Bucket, KeyOf("nothing"), ct);
            return true;
        }
        catch (AmazonS3Exception e)
        {
            return !IsItsFault(e);
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>Also what a proxy says before an object storage that is down; without a status nobody answered.</summary>
    private static bool IsItsFault(AmazonS3Exception e) => e.StatusCode is 0 or >= HttpStatusCode.InternalServerError;

    /// <summary>Faults of the object storage in the engine's terms. Their messages carry no key and no signature.</summary>
    private async Task<T> TryAsync<T>(CancellationToken ct, Func<Task<T>> use)
    {
        _reach.ThrowIfAway();
        try
        {
            return await use();
        }
        catch (AmazonS3Exception e) when (IsItsFault(e))
        {
            throw _reach.Lost($"it answered {(int)e.StatusCode} {e.ErrorCode}");
        }
        catch (AmazonS3Exception e)
        {
            throw new StorageException($"The object storage answered {(int)e.StatusCode} {e.ErrorCode}");
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException or IOException)
        {
            throw _reach.Lost($"it cannot be reached: {e.GetType().Name}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw _reach.Lost("it does not answer");
        }
    }
}
