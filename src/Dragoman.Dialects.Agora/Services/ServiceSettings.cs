namespace Dragoman.Dialects.Agora.Services;

/// <summary>
/// Where the app's own server does what the vendor offers as a service; an address that is empty is a service that is not open. Each gets
/// a POST, and answers 200 with JSON, or something else with <c>{"error":"…"}</c>.
/// </summary>
internal sealed record ServiceSettings
{
    /// <summary><c>{text, to: [language], user}</c> becomes <c>{translations: [{to, text}], detectedLanguage?}</c>; errors: language, length, quota.</summary>
    public string Translate { get; set; } = "";

    /// <summary><c>{}</c> becomes <c>{languages: [{code, name, nativeName}]}</c>.</summary>
    public string Languages { get; set; } = "";

    /// <summary>Is told of reports: <c>{user, messageId, reportType, reportReason, message}</c>.</summary>
    public string Report { get; set; } = "";

    /// <summary><c>{user, fileId, audio}</c>, or a form with the bytes, becomes <c>{text}</c>; errors: file, missing, duration, quota.</summary>
    public string Transcribe { get; set; } = "";

    /// <summary>Sent as the bearer's token, so that the app's server knows us; empty sends none.</summary>
    public string Secret { get; set; } = "";

    /// <summary>After which a service counts as failed. Clients wait for 15 s.</summary>
    public int TimeoutSeconds { get; set; } = 10;

    public IEnumerable<(string Name, string Address)> AllAddresses() =>
        [("translate", Translate), ("languages", Languages), ("report", Report), ("transcribe", Transcribe)];
}
