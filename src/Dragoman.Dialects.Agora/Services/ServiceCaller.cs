using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Microsoft.Extensions.Logging;

namespace Dragoman.Dialects.Agora.Services;

/// <summary>What a service of the app answered.</summary>
/// <param name="Error">In its own word; null when it has done what it was asked, empty when it failed or was not reached.</param>
internal readonly record struct ServiceAnswer(JsonElement Body, string? Error)
{
    public bool IsDone => Error is null;
}

/// <summary>Calls the app's own services.</summary>
internal sealed partial class ServiceCaller(ILogger<ServiceCaller> logger) : IDisposable
{
    private const int MaxAnswerBytes = 1024 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false })
    {
        MaxResponseContentBufferSize = MaxAnswerBytes,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public ValueTask<ServiceAnswer> CallAsync(AgoraApp app, string address, JsonObject body, CancellationToken ct)
    {
        body["app"] = app.Key;
        return CallAsync(app, address, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), ct);
    }

    public async ValueTask<ServiceAnswer> CallAsync(AgoraApp app, string address, HttpContent content, CancellationToken ct)
    {
        var settings = app.Settings.Services;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(TimeSpan.FromSeconds(settings.TimeoutSeconds));
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
            if (settings.Secret.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Secret);
            using var response = await _http.SendAsync(request, deadline.Token);
            var text = await response.Content.ReadAsStringAsync(deadline.Token);
            using var json = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
            var body = json.RootElement.Clone();
            if (response.IsSuccessStatusCode) return new(body, Error: null);
            return new(body, Http.JsonFields.Text(body, "error") ?? "");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            Log.Failed(logger, app.Name, e.Message);
            return new(default, Error: "");
        }
    }

    public void Dispose() => _http.Dispose();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A service of app {App} did not answer: {Problem}")]
        public static partial void Failed(ILogger logger, string app, string problem);
    }
}
