using System.Buffers;
using System.Text;
using Dragoman.Dialects.OpenIm.Frames;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Codecs;

public sealed class TextFramesTests
{
    [Theory]
    [InlineData("""{"type":"ping"}""", """{"type":"pong"}""")]
    [InlineData("""{"type":"ping","body":null}""", """{"type":"pong","body":null}""")]
    [InlineData("""{"type":"ping","body":"1732196400"}""", """{"type":"pong","body":"1732196400"}""")]
    [InlineData("""{ "body" : {"a":[1, 2],"ü":"\u00e9"} , "type" : "ping", "more":[] }""", """{"type":"pong","body":{"a":[1, 2],"ü":"\u00e9"}}""")]
    [InlineData("""{"Type":"ping","BODY":-1.5e3}""", """{"type":"pong","body":-1.5e3}""")]
    public void A_ping_gets_a_pong_with_its_body(string ping, string pong) => Assert.Equal(pong, Answer(Encoding.UTF8.GetBytes(ping)));

    [Theory]
    [InlineData("")]
    [InlineData("ping")]
    [InlineData("\"ping\"")]
    [InlineData("""{}""")]
    [InlineData("""{"type":"pong"}""")]
    [InlineData("""{"type":"PING"}""")]
    [InlineData("""{"type":["ping"]}""")]
    [InlineData("""{"type":"ping"}{}""")]
    [InlineData("""{"type":"ping","body":}""")]
    [InlineData("""{"type":"ping","body":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}""")]
    public void Anything_else_is_not_a_ping(string text) => Assert.Null(Answer(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_ping_that_is_too_long_is_not_echoed() =>
        Assert.Null(Answer(Encoding.UTF8.GetBytes($$"""{"type":"ping","body":"{{new string('x', TextFrames.MaxFrameBytes)}}"}""")));

    [Fact]
    public void Bad_frames_are_refused_without_a_fault()
    {
        byte[][] valid = ["""{"type":"ping","body":"1732196400"}"""u8.ToArray(), """{ "body" : {"a":[1, 2],"b":"\u00e9"} , "type" : "ping" }"""u8.ToArray()];

        Fuzz.Run(seed: 5, count: 5_000, valid, frame =>
        {
            var pong = Answer(frame);
            if (pong is not null) _ = System.Text.Json.JsonDocument.Parse(pong);
        });
    }

    private static string? Answer(byte[] frame)
    {
        if (!TextFrames.TryReadPing(frame, out var body)) return null;

        var output = new ArrayBufferWriter<byte>();
        TextFrames.WritePong(body, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
