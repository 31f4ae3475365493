using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dragoman.Load.OpenIm;

namespace Dragoman.EndToEnd.Files;

/// <summary>An upload as a client knows it.</summary>
/// <param name="Parts">Where each part goes, in order.</param>
internal sealed record RunningUpload(string Id, IReadOnlyList<Uri> Parts);

/// <summary>Uploads and downloads as the SDKs do, on behalf of the administrator.</summary>
internal sealed class FileClient(OpenImRest rest) : IDisposable
{
    public const int PartSize = 5 * 1024 * 1024;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>A file of so many parts. What is in a part depends on its number, so that none can stand for another one.</summary>
    public static byte[] Part(int number, int seed)
    {
        var bytes = new byte[PartSize];
        new Random((seed * 10_000) + number).NextBytes(bytes);
        return bytes;
    }

    public static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    public async Task<RunningUpload> BeginAsync(string name, IReadOnlyList<string> sums, CancellationToken ct)
    {
        var reply = await rest.PostAsync("/object/initiate_multipart_upload", new JsonObject
        {
            ["hash"] = Md5(Encoding.UTF8.GetBytes(string.Join(',', sums))),
            ["size"] = (long)sums.Count * PartSize,
            ["partSize"] = PartSize,
            ["maxParts"] = -1,
            ["name"] = name,
            ["contentType"] = "application/octet-stream",
        }, ct);
        var upload = reply!["upload"]!;
        return new(upload["uploadID"]!.GetValue<string>(), [.. upload["sign"]!["parts"]!.AsArray().Select(p => new Uri(p!["url"]!.GetValue<string>()))]);
    }

    /// <returns>Whether the server has acknowledged it.</returns>
    public async Task<bool> PutAsync(Uri url, byte[] part, CancellationToken ct)
    {
        using var content = new ByteArrayContent(part);
        return await PutAsync(url, content, ct);
    }

    public async Task<bool> PutAsync(Uri url, HttpContent part, CancellationToken ct)
    {
        try
        {
            using var response = await _http.PutAsync(url, part, ct);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // killed meanwhile
        }
    }

    public async Task<Uri> CompleteAsync(RunningUpload upload, string name, IReadOnlyList<string> sums, CancellationToken ct)
    {
        var reply = await rest.PostAsync("/object/complete_multipart_upload", new JsonObject
        {
            ["uploadID"] = upload.Id,
            ["parts"] = new JsonArray([.. sums.Select(s => (JsonNode)s)]),
            ["name"] = name,
            ["contentType"] = "application/octet-stream",
        }, ct);
        return new(reply!["url"]!.GetValue<string>());
    }

    /// <summary>Sends a file of one part as a form.</summary>
    public async Task<Uri> SendFormAsync(string name, Stream file, long size, CancellationToken ct)
    {
        var form = await rest.PostAsync("/object/initiate_form_data", new JsonObject { ["name"] = name, ["size"] = size }, ct);
        using var content = new MultipartFormDataContent { { new StreamContent(file), form!["file"]!.GetValue<string>(), "x.bin" } };
        using var response = await _http.PostAsync(form["url"]!.GetValue<string>(), content, ct);
        response.EnsureSuccessStatusCode();
        var reply = await rest.PostAsync("/object/complete_form_data", new JsonObject { ["id"] = form["id"]!.GetValue<string>() }, ct);
        return new(reply!["url"]!.GetValue<string>());
    }

    /// <summary>Reads a file without keeping it.</summary>
    /// <returns>Its size and the MD5 of all of it.</returns>
    public async Task<(long Size, string Md5)> DownloadAsync(Uri url, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { CacheControl = new CacheControlHeaderValue { NoStore = true } } };
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var buffer = new byte[128 * 1024];
        var size = 0L;
        int read;
        while ((read = await body.ReadAsync(buffer, ct)) > 0)
        {
            md5.AppendData(buffer, 0, read);
            size += read;
        }

        return (size, Convert.ToHexStringLower(md5.GetHashAndReset()));
    }

    public void Dispose() => _http.Dispose();
}
