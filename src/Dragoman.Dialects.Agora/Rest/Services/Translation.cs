using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Services;

namespace Dragoman.Dialects.Agora.Rest.Services;

/// <summary>What a translation is refused with; clients know them by these very texts (section 4.15).</summary>
internal sealed record TranslationErrors(AgoraError NoText, AgoraError BadLanguage, AgoraError TooLong, AgoraError QuotaReached, AgoraError Failed, AgoraError Closed)
{
    private static readonly AgoraError Argument = AgoraErrors.IllegalArgument;

    public static readonly TranslationErrors ForClients = new(
        Argument.With("An input text is missing or invalid"),
        Argument.With("The target language is not valid."),
        Argument.With("The input text is too long."),
        AgoraErrors.RateLimit.With("The request has reached the maximum limit"),
        AgoraErrors.Internal.With("translte failed!"), // sic
        AgoraErrors.Forbidden.With("translate service not open!"));

    public static readonly TranslationErrors ForServers = new(
        Argument.With("An input text is missing or invalid"),
        Argument.With("The target language is missing or invalid"),
        Argument.With("The input text is too long"),
        Argument.With("The request has reached the maximum limit"),
        Argument.With("InternalTranslateFailedException"),
        AgoraErrors.Busy.With("service not open"));
}

/// <summary>Asks the app's own service for a translation.</summary>
internal sealed class Translation(ServiceCaller services)
{
    /// <summary>Characters times languages.</summary>
    private const int MaxWork = 10_000;

    /// <returns>What both kinds of routes answer; or what it is refused with.</returns>
    public async ValueTask<(JsonArray? Translated, AgoraError? Refused)> RunAsync(AgoraCall call, TranslationErrors errors, CancellationToken ct)
    {
        var address = call.App.Settings.Services.Translate;
        if (address.Length == 0) return (null, errors.Closed);
        if (call.Body.Text("text") is not { Length: > 0 } text) return (null, errors.NoText);
        if (call.Body.Texts("to") is not { Count: > 0 } to || to.Any(language => language.Length is 0 or > 35)) return (null, errors.BadLanguage);
        if ((long)text.Length * to.Count > MaxWork) return (null, errors.TooLong);

        var body = new JsonObject
        {
            ["text"] = text,
            ["to"] = new JsonArray([.. to.Select(language => (JsonNode)language)]),
            ["user"] = call.Caller.User.Value,
        };
        if (call.Body.Text("from") is { } from) body["from"] = from;
        var answer = await services.CallAsync(call.App, address, body, ct);
        if (!answer.IsDone || !answer.Body.TryGetProperty("translations", out var translations) || translations.ValueKind != JsonValueKind.Array)
        {
            return (null, answer.Error switch
            {
                "language" => errors.BadLanguage,
                "length" => errors.TooLong,
                "quota" => errors.QuotaReached,
                _ => errors.Failed,
            });
        }

        var translated = new JsonObject();
        if (answer.Body.TryGetProperty("detectedLanguage", out var detected)) translated["detectedLanguage"] = JsonNode.Parse(detected.GetRawText());
        translated["translations"] = JsonNode.Parse(translations.GetRawText());
        return (new JsonArray(translated), null);
    }

    public async ValueTask<(JsonNode? Languages, AgoraError? Refused)> LanguagesAsync(AgoraCall call, TranslationErrors errors, CancellationToken ct)
    {
        var address = call.App.Settings.Services.Languages;
        if (address.Length == 0) return (null, errors.Closed);
        var answer = await services.CallAsync(call.App, address, new JsonObject(), ct);
        return answer.IsDone && answer.Body.TryGetProperty("languages", out var languages) && languages.ValueKind == JsonValueKind.Array
            ? (JsonNode.Parse(languages.GetRawText()), null)
            : (null, errors.Failed);
    }
}

/// <summary><c>POST /users/{u}/translate</c>.</summary>
internal sealed class TranslateForUser(Translation translation) : AgoraEndpoint("POST", "/users/{u}/translate", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (translated, refused) = await translation.RunAsync(call, TranslationErrors.ForClients, ct);
        return refused is null ? new AgoraReply { Data = translated } : refused;
    }
}

/// <summary><c>POST /translate</c>.</summary>
internal sealed class TranslateForApp(Translation translation) : AgoraEndpoint("POST", "/translate", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (translated, refused) = await translation.RunAsync(call, TranslationErrors.ForServers, ct);
        return refused is null ? AgoraReply.Bare(translated!) : refused;
    }
}

/// <summary><c>GET /users/{u}/translate/support/language</c>.</summary>
internal sealed class LanguagesForUser(Translation translation) : AgoraEndpoint("GET", "/users/{u}/translate/support/language", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (languages, refused) = await translation.LanguagesAsync(call, TranslationErrors.ForClients, ct);
        return refused is null ? new AgoraReply { Data = languages } : refused;
    }
}

/// <summary><c>GET /translate/support/language</c>.</summary>
internal sealed class LanguagesForApp(Translation translation) : AgoraEndpoint("GET", "/translate/support/language", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (languages, refused) = await translation.LanguagesAsync(call, TranslationErrors.ForServers, ct);
        return refused is null ? AgoraReply.Bare(languages!) : refused;
    }
}
