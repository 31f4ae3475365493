using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Dragoman.Dialects.OpenIm.Webhooks;

/// <summary>What came of a call: an answer, or none.</summary>
internal enum CallOutcome
{
    Answered,

    /// <summary>Nobody answered in time.</summary>
    Unreachable,

    /// <summary>The answer is no JSON object.</summary>
    Unreadable,
}

/// <summary>Calls apps' own servers over HTTP (section 14). The status of an answer does not matter, only its JSON.</summary>
internal sealed partial class WebhookCaller(ILogger<WebhookCaller> logger) : IDisposable
{
    private const int MaxAnswerBytes = 1024 * 1024;
    private static readonly MediaTypeHeaderValue Json = new("application/json", "utf-8");

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
    })
    {
        MaxResponseContentBufferSize = MaxAnswerBytes,
        Timeout = System.Threading.Timeout.InfiniteTimeSpan, // each call has its own
    };

    /// <param name="query">Appended to the address.</param>
    /// <returns>The answer's JSON when there is one.</returns>
    public async ValueTask<(CallOutcome Outcome, JsonElement Answer)> CallAsync(
        string url, Webhook webhook, string query, JsonObject body, string operationId, TimeSpan timeout, CancellationToken ct)
    {
        body["callbackCommand"] = webhook.Command;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}/{webhook.Command}{query}");
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ContentType = Json } };
            request.Headers.TryAddWithoutValidation("operationID", operationId);
            using var response = await _http.SendAsync(request, deadline.Token);
            return Parse(await response.Content.ReadAsByteArrayAsync(deadline.Token));
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            Log.Unreachable(logger, webhook.Command, e.GetType().Name);
            return (CallOutcome.Unreachable, default);
        }
    }

    public void Dispose() => _http.Dispose();

    private static (CallOutcome, JsonElement) Parse(byte[] answer)
    {
        try
        {
            var reader = new Utf8JsonReader(answer, new JsonReaderOptions { MaxDepth = 32 });
            var json = JsonElement.ParseValue(ref reader);
            return json.ValueKind == JsonValueKind.Object ? (CallOutcome.Answered, json) : (CallOutcome.Unreadable, default);
        }
        catch (JsonException)
        {
            return (CallOutcome.Unreadable, default);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook {Command} was not answered ({Reason})")]
        public static partial void Unreachable(ILogger logger, string command, string reason);
    }
}
