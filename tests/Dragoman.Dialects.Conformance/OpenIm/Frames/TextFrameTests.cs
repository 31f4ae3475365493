using System.Net.WebSockets;
using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Frames;

/// <summary>Section 8: the text frames of the browser SDKs.</summary>
public sealed class TextFrameTests(OpenImServer server) : FrameTest(server)
{
    [Theory]
    [InlineData("""{"type":"ping"}""", """{"type":"pong"}""")]
    [InlineData("""{"type":"ping","body":"text"}""", """{"type":"pong","body":"text"}""")]
    [InlineData("""{"type":"ping","body":{"a":[1,null]}}""", """{"type":"pong","body":{"a":[1,null]}}""")]
    public async Task A_text_ping_is_answered_with_its_body(string ping, string pong)
    {
        await using var client = await App.NewClientAsync("u");

        await client.SendTextAsync(ping);

        await Eventually.TrueAsync(() => client.Texts.Count == 2, "a pong");
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(pong).RootElement, JsonDocument.Parse(client.Texts[1]).RootElement));
    }

    [Theory]
    [InlineData("""{"type":"pong"}""")]
    [InlineData("""{"type":"hello"}""")]
    [InlineData("""{}""")]
    [InlineData("""ping""")]
    [InlineData("")]
    [InlineData("""{"reqIdentifier":1001,"token":"","sendID":"u","operationID":"op","msgIncr":"1","data":""}""")]
    public async Task Any_other_text_ends_the_connection(string text)
    {
        await using var client = await App.NewClientAsync("u");

        await client.SendTextAsync(text);

        await AssertEndedInSilenceAsync(client);
    }

    [Fact]
    public async Task Text_that_is_no_utf8_ends_the_connection()
    {
        await using var client = await App.NewClientAsync("u");

        await client.SendFrameAsync([0xff, 0xfe], WebSocketMessageType.Text);

        await AssertEndedInSilenceAsync(client);
    }
}
