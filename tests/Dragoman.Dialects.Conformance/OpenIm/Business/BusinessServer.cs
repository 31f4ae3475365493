using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Business;

/// <summary>A server whose apps have the business server in different ways; the first one sends codes to an app's own server.</summary>
public sealed class BusinessServer : OpenImServer
{
    public const string SuperCode = "246810";
    public const string CallbackSecret = "only we know";

    /// <summary>Few, so that none is forgotten while a slow machine checks them.</summary>
    public const int FailuresPerMinute = 3;

    private int _nobody;

    internal WebhookReceiver Receiver { get; private set; } = null!;

    internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
    [
        ("demo", $$"""{"business":{"codeUrl":"http://127.0.0.1:{{Receiver.Port}}/code"} }"""),
        ("super", $$"""
            {"business":{"superCode":"{{SuperCode}}","callbackSecret":"{{CallbackSecret}}","tokenExpire":2,
             "applets":[{"id":"a1","name":"Notes"}],
             "versions":[{"platform":"ios","version":"1.0"},{"platform":"android","version":"1.1"},{"platform":"ios","version":"1.2"}]} }
            """),
        ("closed", $$"""{"business":{"superCode":"{{SuperCode}}","allowRegister":false} }"""),
        ("invited", $$"""{"business":{"superCode":"{{SuperCode}}","needInvitationCode":true,"invitationCodes":["one","two","three"]} }"""),
        ("discreet", $$"""{"business":{"superCode":"{{SuperCode}}","hideContacts":true},"rateLimit":{"user":1} }"""),
        ("mute", $$"""{"business":{"codeUrl":"http://127.0.0.1:{{_nobody}}/code"} }"""),
        ("hooked", $$"""
            {"business":{"superCode":"{{SuperCode}}"},
             "webhooks":{"url":"http://127.0.0.1:{{Receiver.Port}}","beforeUserRegister":{"enable":true},"beforeUpdateUserInfo":{"enable":true} } }
            """),
        ("off", "{}"),
    ];

    internal override IReadOnlyList<string> Options => [$"--Credentials:FailuresPerMinute={FailuresPerMinute}"];

    public override async ValueTask InitializeAsync()
    {
        Log.Watched = "Dragoman";
        Receiver = await WebhookReceiver.StartAsync();
        await using (var gone = await WebhookReceiver.StartAsync()) _nobody = gone.Port;
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class BusinessCollection : ICollectionFixture<BusinessServer>
{
    public const string Name = "business";
}
