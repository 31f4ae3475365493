using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dragoman.Dialects.Conformance.OpenIm.Host;

/// <summary>A webhook call as it came in.</summary>
internal sealed record WebhookCall(string Path, string Query, string OperationId, string ContentType, string Text)
{
    private readonly Lazy<JsonElement> _body = new(() => JsonDocument.Parse(Text).RootElement);

    public string Command => Path.TrimStart('/');
    public JsonElement Body => _body.Value;

    public string String(string name) => Body.GetProperty(name).GetString()!;

    public int Number(string name) => Body.GetProperty(name).GetInt32();

    /// <summary>Whether any text of the body is this one.</summary>
    public bool Names(string id) => Text.Contains($"\"{id}\"", StringComparison.Ordinal);
}

/// <summary>The app's own server, as webhooks meet it: remembers every call and answers as the test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    /// <summary>Instead of an answer: the connection is cut.</summary>
    public const string HangUp = "";

    private const string GoOn = """{"actionCode":0,"nextCode":0,"errCode":0,"errMsg":"","errDlt":""}""";
    private readonly ConcurrentQueue<WebhookCall> _calls = new();
    private readonly ConcurrentDictionary<string, Func<WebhookCall, Task<string>>> _answers = new(StringComparer.Ordinal);
    private WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public int Port { get; private set; }

    public IReadOnlyList<WebhookCall> Calls => [.. _calls];

    public IReadOnlyList<WebhookCall> CallsOf(string command) => [.. _calls.Where(c => c.Command == command)];

    public static async Task<WebhookReceiver> StartAsync(int port = 0)
    {
        var receiver = new WebhookReceiver(null!);
        await receiver.ListenAsync(port);
        return receiver;
    }

    /// <summary>From now on this command is answered so; null goes on without a word.</summary>
    public void Answer(string command, string? json) => Answer(command, _ => Task.FromResult(json ?? GoOn));

    public void Answer(string command, Func<WebhookCall, Task<string>> answer) => _answers[command] = answer;

    /// <summary>Answers so when the call names this id, so that tests do not meet.</summary>
    public void AnswerAbout(string command, string id, object answer) =>
        Answer(command, call => Task.FromResult(call.Names(id) ? JsonSerializer.Serialize(answer) : GoOn));

    /// <summary>The first call of this command that names this id, when it comes.</summary>
    public Task<WebhookCall> AboutAsync(string command, string id) => NextAsync(command, call => call.Names(id));

    /// <summary>Refuses the command's proposals with a code of the app's own.</summary>
    public void Refuse(string command, int code = 20001, string message = "not today", string detail = "because") =>
        Answer(command, JsonSerializer.Serialize(new { actionCode = 0, nextCode = 1, errCode = code, errMsg = message, errDlt = detail }));

    /// <summary>The first call of this command that is accepted, when it comes.</summary>
    public Task<WebhookCall> NextAsync(string command, Func<WebhookCall, bool>? accept = null) => Eventually.GetAsync(
        () => CallsOf(command).FirstOrDefault(accept ?? (_ => true)), $"{command} is called", () => string.Join('\n', _calls.Select(c => $"{c.Path} {c.Text}")));

    public Task StopAsync() => _app.StopAsync();

    /// <summary>Listens again on the port that it had.</summary>
    public async Task RestartAsync()
    {
        await _app.DisposeAsync();
        await ListenAsync(Port);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ListenAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
        Port = new Uri(_app.Urls.Single()).Port;
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var call = new WebhookCall(
            http.Request.Path.Value!,
            http.Request.QueryString.Value ?? "",
            http.Request.Headers["operationID"].ToString(),
            http.Request.ContentType ?? "",
            await reader.ReadToEndAsync());
        _calls.Enqueue(call);
        var answer = _answers.TryGetValue(call.Command, out var custom) ? await custom(call) : GoOn;
        if (answer.Length == 0) http.Abort();
        else await http.Response.WriteAsync(answer);
    }
}
