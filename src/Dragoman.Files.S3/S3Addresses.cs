using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Dragoman.Engine.Files;

namespace Dragoman.Files.S3;

/// <summary>Presigned addresses: for our own requests, and for clients.</summary>
internal sealed class S3Addresses : IDisposable
{
    private readonly S3Options _options;
    private readonly AmazonS3Client _own;
    private readonly AmazonS3Client _public;

    // Presigned addresses otherwise get a signature of version 2, which most object storages refuse by now.
    static S3Addresses() => AWSConfigsS3.UseSignatureVersion4 = true;

    public S3Addresses(S3Options options, AmazonS3Client own)
    {
        _options = options;
        _own = own;
        _public = options.PublicUrl.Length > 0 ? Connect(options, options.PublicUrl) : own;
    }

    public static AmazonS3Client Connect(S3Options options, string url) => new(
        new BasicAWSCredentials(options.AccessKey, options.SecretKey),
        new AmazonS3Config
        {
            ServiceURL = url,
            AuthenticationRegion = options.Region,
            ForcePathStyle = true, // what every S3 that is not Amazon's understands, and Amazon's too
            MaxErrorRetry = 2,
            Timeout = TimeSpan.FromSeconds(60),
            UseHttp = url.StartsWith("http:", StringComparison.Ordinal),
        });

    public string Part(string key, string handle, int number, DateTimeOffset until) => Sign(_public, PartRequest(key, handle, number, until));

    /// <summary>As <see cref="Part"/>, for this server itself.</summary>
    public string OwnPart(string key, string handle, int number) => Sign(_own, PartRequest(key, handle, number, DateTimeOffset.UtcNow.AddHours(1)));

    public string Read(string key, StoredFile file, DateTimeOffset until)
    {
        var request = new GetPreSignedUrlRequest { BucketName = _options.Bucket, Key = key, Verb = HttpVerb.GET, Expires = until.UtcDateTime };
        var presentation = FilePresentation.Of(file);
        request.ResponseHeaderOverrides.ContentType = presentation.ContentType;
        request.ResponseHeaderOverrides.ContentDisposition = presentation.Disposition;
        return Sign(_public, request);
    }

    public void Dispose()
    {
        if (!ReferenceEquals(_public, _own)) _public.Dispose();
    }

    private GetPreSignedUrlRequest PartRequest(string key, string handle, int number, DateTimeOffset until) => new()
    {
        BucketName = _options.Bucket,
        Key = key,
        Verb = HttpVerb.PUT,
        UploadId = handle,
        PartNumber = number,
        Expires = until.UtcDateTime,
    };

    private static string Sign(AmazonS3Client client, GetPreSignedUrlRequest request)
    {
        request.Protocol = client.Config.ServiceURL.StartsWith("http:", StringComparison.Ordinal) ? Protocol.HTTP : Protocol.HTTPS;
        return client.GetPreSignedURL(request);
    }
}
