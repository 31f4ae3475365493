using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Services;

namespace Dragoman.Dialects.Agora.Rest.Services;

/// <summary>Asks the app's own service what was said. Refusals are numbers in a shape of their own (section 13).</summary>
internal sealed class Speech(ServiceCaller services)
{
    /// <summary>Of a form with the sound in it.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    public async ValueTask<AgoraReply> RunAsync(AgoraCall call, HttpContent content, CancellationToken ct)
    {
        var answer = await services.CallAsync(call.App, call.App.Settings.Services.Transcribe, content, ct);
        if (answer.IsDone && answer.Body.Text("text") is { } text) return new() { Data = new JsonObject { ["text"] = text } };
        return answer.Error switch
        {
            "missing" => Refused(404, "4041001", "file not found"),
            "file" => Refused(400, "4001002", "file is invalid"),
            "duration" => Refused(400, "4001003", "voice duration exceeds 60 seconds"),
            "quota" => Refused(403, "4031002", "service usage limit exceeded"),
            "upload" => Refused(502, "5021001", "file upload failed"),
            _ => Refused(500, "5001001", "recognition failed"),
        };
    }

    public static AgoraReply Closed => Refused(403, "4031001", "service not enabled");

    public static AgoraReply Malformed => Refused(400, "4001001", "bad argument");

    private static AgoraReply Refused(int status, string code, string message) => AgoraReply.Bare(
        new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message }, ["error_description"] = message }, status);
}

/// <summary><c>POST /api/sdk/v1/{org}/{app}/speech/transcriptions</c>: of a voice message whose file is here.</summary>
internal sealed class Transcribe(Speech speech) : AgoraEndpoint("POST", "/api/sdk/v1/speech/transcriptions", Access.Users)
{
    public override ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.App.Settings.Services.Transcribe.Length == 0) return new(Speech.Closed);
        if (call.Body.ValueKind != System.Text.Json.JsonValueKind.Object || !call.Body.TryGetProperty("data", out var data) || data.Text("fileId") is not { Length: > 0 } file)
            return new(Speech.Malformed);

        var body = new JsonObject { ["app"] = call.App.Key, ["user"] = call.Caller.User.Value, ["fileId"] = file };
        if (data.TryGetProperty("audio", out var audio)) body["audio"] = JsonNode.Parse(audio.GetRawText());
        return speech.RunAsync(call, new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"), ct);
    }
}

/// <summary><c>POST /api/sdk/v1/{org}/{app}/speech/recognitions</c>: of sound that comes with the request; the form is handed on as it is.</summary>
internal sealed class Recognize(Speech speech) : AgoraEndpoint("POST", "/api/sdk/v1/speech/recognitions", Access.Users)
{
    public override bool TakesBytes => true;

    public override int MaxBodyBytes => Speech.MaxBytes;

    public override ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.App.Settings.Services.Transcribe.Length == 0) return new(Speech.Closed);
        if (!MediaTypeHeaderValue.TryParse(call.Http.Request.ContentType, out var type) || type.MediaType != "multipart/form-data" || call.Bytes.Length == 0)
            return new(Speech.Malformed);

        var content = new ByteArrayContent(call.Bytes);
        content.Headers.ContentType = type;
        return speech.RunAsync(call, content, ct);
    }
}
