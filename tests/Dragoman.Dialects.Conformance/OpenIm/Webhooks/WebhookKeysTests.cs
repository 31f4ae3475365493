using Dragoman.Dialects.OpenIm.Webhooks;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Webhooks;

/// <summary>Section 14: the events that can be switched on.</summary>
public sealed class WebhookKeysTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    [Fact]
    public void The_keys_are_those_of_the_specification() =>
        Assert.Equal(WebhookNames.Keys.Order(StringComparer.Ordinal), server.Get<WebhookKeys>().All.Order(StringComparer.Ordinal));

    [Fact]
    public void The_commands_are_those_of_the_specification() =>
        Assert.Equal(WebhookNames.Commands, server.Get<IEnumerable<Webhook>>().ToDictionary(w => w.Key, w => w.Command));
}
