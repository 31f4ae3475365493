using System.Text.Json.Nodes;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Webhooks;

/// <summary>A server whose apps have webhooks switched on, the first one all, the others those around messages: one forgives what does not answer, one does not, one calls nobody.</summary>
public sealed class WebhookServer : OpenImServer
{
    private int _nobody;

    internal WebhookReceiver Receiver { get; private set; } = null!;

    internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
    [
        ("demo", Settings($"http://127.0.0.1:{Receiver.Port}", failedContinue: true, WebhookNames.Keys)),
        ("strict", Settings($"http://127.0.0.1:{Receiver.Port}/strict", failedContinue: false, WebhookNames.MessageKeys)),
        ("alone", Settings($"http://127.0.0.1:{_nobody}", failedContinue: false, WebhookNames.MessageKeys)),
        ("lenient", Settings($"http://127.0.0.1:{_nobody}", failedContinue: true, WebhookNames.MessageKeys)),
    ];

    internal override IReadOnlyList<string> Options => ["--Outbox:FirstRetry=00:00:00.050"];

    public override async ValueTask InitializeAsync()
    {
        Log.Watched = "Dragoman.Engine.Push";
        Receiver = await WebhookReceiver.StartAsync();
        await using (var gone = await WebhookReceiver.StartAsync()) _nobody = gone.Port;
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    private static string Settings(string url, bool failedContinue, IEnumerable<string> keys)
    {
        var webhooks = new JsonObject { ["url"] = url };
        foreach (var key in keys)
        {
            webhooks[key] = new JsonObject
            {
                ["enable"] = true,
                ["timeout"] = 1,
                ["failedContinue"] = failedContinue,
                ["deniedTypes"] = new JsonArray(110),
            };
        }

        return new JsonObject { ["webhooks"] = webhooks }.ToJsonString();
    }
}
