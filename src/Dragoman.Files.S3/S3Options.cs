namespace Dragoman.Files.S3;

/// <summary>The members of section <c>Files</c> that say where the object storage is.</summary>
public sealed class S3Options
{
    /// <summary>For instance <c>https://minio.example:9000</c>.</summary>
    public string ServiceUrl { get; set; } = "";

    public string Bucket { get; set; } = "";
    public string AccessKey { get; set; } = "";
    public string SecretKey { get; set; } = "";
    public string Region { get; set; } = "us-east-1";

    /// <summary>Put before every key, for a bucket that is shared.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Clients get addresses of the object storage itself; else all bytes go through this server.</summary>
    public bool Presign { get; set; }

    /// <summary>The object storage as clients reach it, when that is another address than ours.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>What is wrong, by member.</summary>
    public IEnumerable<(string Member, string Problem)> Validate()
    {
        if (!IsUrl(ServiceUrl)) yield return (nameof(ServiceUrl), "must be the address of the object storage, such as https://minio.example:9000");
        if (Bucket.Length is < 3 or > 63) yield return (nameof(Bucket), "must name a bucket: 3 to 63 characters");
        if (AccessKey.Length == 0) yield return (nameof(AccessKey), "is missing");
        if (SecretKey.Length == 0) yield return (nameof(SecretKey), "is missing");
        if (Region.Length == 0) yield return (nameof(Region), "is empty");
        if (Prefix.StartsWith('/') || Prefix.Length > 256) yield return (nameof(Prefix), "must not begin with a slash, nor be longer than 256 characters");
        if (PublicUrl.Length > 0 && !IsUrl(PublicUrl)) yield return (nameof(PublicUrl), "is no address such as https://files.example");
    }

    private static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https");
}
