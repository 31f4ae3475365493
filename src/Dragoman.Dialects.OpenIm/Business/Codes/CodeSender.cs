using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Protos;
using Microsoft.Extensions.Logging;

namespace Dragoman.Dialects.OpenIm.Business.Codes;

/// <summary>Hands verification codes to the app's own server, which sends them on. Once: whoever got none asks again.</summary>
internal sealed partial class CodeSender(ILogger<CodeSender> logger) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private static readonly MediaTypeHeaderValue Json = new("application/json", "utf-8");

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
    })
    {
        MaxResponseContentBufferSize = 64 * 1024, // its status is all that is read
        Timeout = Deadline,
    };

    /// <returns>Whether the app's server took it: a status of 2xx.</returns>
    public async ValueTask<bool> SendAsync(string url, sendVerifyCodeReq request, string code, string operationId, CancellationToken ct)
    {
        var body = new JsonObject
        {
            ["usedFor"] = request.UsedFor,
            ["areaCode"] = request.AreaCode,
            ["phoneNumber"] = request.PhoneNumber,
            ["email"] = request.Email,
            ["code"] = code,
        };
        using var message = new HttpRequestMessage(HttpMethod.Post, url);
        message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ContentType = Json } };
        message.Headers.TryAddWithoutValidation("operationID", operationId);
        try
        {
            using var response = await _http.SendAsync(message, ct);
            if (response.IsSuccessStatusCode) return true;
            Log.NotTaken(logger, (int)response.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            Log.Unreachable(logger, e.GetType().Name);
        }

        return false;
    }

    public void Dispose() => _http.Dispose();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A verification code could not be handed over ({Reason})")]
        public static partial void Unreachable(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A verification code was not taken (status {Status})")]
        public static partial void NotTaken(ILogger logger, int status);
    }
}
