using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Webhooks;

/// <summary>What is told afterwards waits on disk until somebody hears it.</summary>
public sealed class OutboxTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    private const string AfterSingle = "callbackAfterSendSingleMsgCommand";

    [Fact]
    public async Task Events_outlive_restarts_of_the_receiver_and_of_the_server()
    {
        await using var alice = await server.Demo.NewClientAsync("alice");
        var bob = await server.Demo.NewUserAsync("bob");

        await server.Receiver.StopAsync();
        for (var i = 0; i < 5; i++) await alice.SayAsync(alice.TextTo(bob, $"while away {i}"));
        await server.RestartAsync();
        await server.Receiver.RestartAsync();

        for (var i = 0; i < 5; i++)
            await server.Receiver.NextAsync(AfterSingle, c => c.String("content").Contains($"while away {i}", StringComparison.Ordinal));
    }
}
