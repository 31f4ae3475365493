using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Object;

/// <summary>An answer of an address that is no route: status, headers, bytes.</summary>
internal sealed record RawReply(HttpStatusCode Status, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>The code of the envelope.</summary>
    public int ErrCode => JsonDocument.Parse(Bytes).RootElement.GetProperty("errCode").GetInt32();
}

/// <summary>A user who uploads as the SDKs do.</summary>
internal sealed class ObjectUser(OpenImAppClient app, string id, string token)
{
    /// <summary>Shows redirects instead of following them.</summary>
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public string Id { get; } = id;
    public OpenImAppClient App { get; } = app;

    public static async Task<ObjectUser> NewAsync(OpenImAppClient app)
    {
        var (id, token) = await app.NewLoginAsync("u");
        return new(app, id, token);
    }

    public static byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);

    public static string[] SumsOf(byte[] file) => [.. file.Chunk(ObjectServer.PartSize).Select(Md5)];

    public static string HashOf(byte[] file) => Md5(Encoding.UTF8.GetBytes(string.Join(',', SumsOf(file))));

    public static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    public string Name(string file) => $"{Id}/{file}";

    public Task<ApiReply> PostAsync(string route, object body) => App.PostAsync(route, body, token);

    /// <summary>As <see cref="PostAsync"/>, through a proxy that says where it was called.</summary>
    public async Task<ApiReply> PostBehindAsync(string proxy, string route, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, App.Uri(route)) { Content = new StringContent(JsonSerializer.Serialize(body)) };
        request.Headers.Add("operationID", "op");
        request.Headers.Add("token", token);
        request.Headers.Add("X-Request-Api", proxy);
        return await OpenImAppClient.SendAsync(request);
    }

    public Task<ApiReply> InitiateAsync(byte[] file, string name, int maxParts = 20, string type = "image/png") => PostAsync(
        "/object/initiate_multipart_upload",
        new { hash = HashOf(file), size = file.Length, partSize = ObjectServer.PartSize, maxParts, cause = "", name, contentType = type, urlPrefix = "" });

    /// <summary>Announces a file that is not there yet.</summary>
    /// <returns>The member <c>upload</c> of the answer.</returns>
    public async Task<JsonElement> UploadAsync(byte[] file, string name, int maxParts = 20, string type = "image/png") =>
        (await InitiateAsync(file, name, maxParts, type)).Succeeded().Data.GetProperty("upload");

    public Task<ApiReply> CompleteAsync(JsonElement upload, byte[] file, string name, string[]? parts = null, string type = "image/png") => PostAsync(
        "/object/complete_multipart_upload",
        new { uploadID = upload.GetProperty("uploadID").GetString(), parts = parts ?? SumsOf(file), name, contentType = type, cause = "", urlPrefix = "" });

    /// <summary>Sends all parts whose addresses the upload came with.</summary>
    public static async Task SendAllAsync(JsonElement upload, byte[] file)
    {
        foreach (var (url, bytes) in PartUrls(upload.GetProperty("sign")).Zip(file.Chunk(ObjectServer.PartSize)))
            Assert.Equal(HttpStatusCode.OK, (await PutAsync(url, bytes)).Status);
    }

    public static IEnumerable<Uri> PartUrls(JsonElement sign) => sign.GetProperty("parts").EnumerateArray().Select(p => new Uri(p.GetProperty("url").GetString()!));

    /// <summary>Uploads a file from beginning to end.</summary>
    /// <returns>Its address.</returns>
    public async Task<Uri> StoreAsync(byte[] file, string name, string type = "image/png")
    {
        var upload = await UploadAsync(file, name, maxParts: -1, type);
        await SendAllAsync(upload, file);
        return new((await CompleteAsync(upload, file, name, type: type)).Succeeded().Data.GetProperty("url").GetString()!);
    }

    /// <summary>The signed address behind an object's own.</summary>
    public static async Task<Uri> FollowAsync(Uri url)
    {
        var reply = await GetAsync(url);
        Assert.Equal(HttpStatusCode.Found, reply.Status);
        return new(reply.Headers["Location"]);
    }

    public static Task<RawReply> PutAsync(Uri url, byte[] bytes, string? md5 = null)
    {
        var content = new ByteArrayContent(bytes);
        if (md5 is not null) content.Headers.TryAddWithoutValidation("Content-MD5", md5);
        return SendAsync(new HttpRequestMessage(HttpMethod.Put, url) { Content = content });
    }

    public static Task<RawReply> GetAsync(Uri url, string? range = null, Action<HttpRequestHeaders>? headers = null, HttpMethod? method = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, url);
        if (range is not null) request.Headers.TryAddWithoutValidation("Range", range);
        headers?.Invoke(request.Headers);
        return SendAsync(request);
    }

    public static async Task<RawReply> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Http.SendAsync(request);
            var headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
            return new(response.StatusCode, await response.Content.ReadAsByteArrayAsync(), headers);
        }
    }

    /// <summary>The address with one value of its query changed.</summary>
    public static Uri With(Uri url, string key, string value)
    {
        var pairs = url.Query.TrimStart('?').Split('&').Select(p => p.StartsWith(key + "=", StringComparison.Ordinal) ? $"{key}={value}" : p);
        return new UriBuilder(url) { Query = string.Join('&', pairs) }.Uri;
    }

    public static long Expiry(Uri url) => long.Parse(url.Query.TrimStart('?').Split('&').Single(p => p.StartsWith("e=", StringComparison.Ordinal))[2..], CultureInfo.InvariantCulture);
}
