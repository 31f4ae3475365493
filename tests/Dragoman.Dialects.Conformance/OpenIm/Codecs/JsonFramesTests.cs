using System.Buffers;
using System.Text;
using System.Text.Json;
using Dragoman.Dialects.OpenIm.Frames;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Codecs;

public sealed class JsonFramesTests
{
    private const string Request =
        """{"reqIdentifier":1003,"token":"","sendID":"u1","operationID":"op-1","msgIncr":"u1_7","data":"CgJ1MQ=="}""";

    [Fact]
    public void A_request_of_the_js_sdk_is_read()
    {
        var frame = Encoding.UTF8.GetBytes(Request);

        Assert.True(JsonFrames.TryRead(frame, new byte[frame.Length], out var request));

        Assert.Equal(1003, request.ReqIdentifier);
        Assert.Equal("u1", Encoding.UTF8.GetString(request.SendId));
        Assert.Equal("op-1", Encoding.UTF8.GetString(request.OperationId));
        Assert.Equal("u1_7", Encoding.UTF8.GetString(request.MsgIncr));
        Assert.Equal([0x0a, 0x02, 0x75, 0x31], request.Data.ToArray());
    }

    [Fact]
    public void Names_match_in_any_case_and_escapes_are_undone()
    {
        var frame = """ {"REQIDENTIFIER":2005,"SendId":"\u00fc\"\n","Data":"CgJ1MQ\u003d=","MsgIncr":"a\/b","later":{"x":[1,{}]}} """u8;

        Assert.True(JsonFrames.TryRead(frame, new byte[frame.Length], out var request));

        Assert.Equal(2005, request.ReqIdentifier);
        Assert.Equal("ü\"\n", Encoding.UTF8.GetString(request.SendId));
        Assert.Equal("a/b", Encoding.UTF8.GetString(request.MsgIncr));
        Assert.Equal([0x0a, 0x02, 0x75, 0x31], request.Data.ToArray());
    }

    [Fact]
    public void Base64_may_be_escaped_however_long_it_is()
    {
        byte[] data = [.. Enumerable.Repeat((byte)0xfb, 3000)]; // ++++ in base64, and other serializers than a browser's write \u002B
        var frame = JsonSerializer.SerializeToUtf8Bytes(new { data, sendID = "ü" });

        Assert.True(JsonFrames.TryRead(frame, new byte[frame.Length], out var request));

        Assert.Equal(data, request.Data.ToArray());
        Assert.Equal("ü", Encoding.UTF8.GetString(request.SendId));
    }

    [Fact]
    public void Absent_and_null_fields_are_empty()
    {
        var frame = """{"data":null,"sendID":null}"""u8;

        Assert.True(JsonFrames.TryRead(frame, new byte[frame.Length], out var request));

        Assert.Equal(0, request.ReqIdentifier);
        Assert.True(request.SendId.IsEmpty && request.Data.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"reqIdentifier":"1003"}""")]
    [InlineData("""{"reqIdentifier":1.5}""")]
    [InlineData("""{"reqIdentifier":99999999999}""")]
    [InlineData("""{"sendID":7}""")]
    [InlineData("""{"data":"!!"}""")]
    [InlineData("""{"data":"CgJ1M"}""")]
    [InlineData("""{"sendID":"\ud800"}""")]
    [InlineData("""{"sendID":"u1"} {}""")]
    [InlineData("""{"sendID":"u1" """)]
    [InlineData("""{"x":[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]}""")]
    public void What_is_not_a_request_is_refused(string json)
    {
        var frame = Encoding.UTF8.GetBytes(json);

        Assert.False(JsonFrames.TryRead(frame, new byte[frame.Length], out _));
    }

    [Fact]
    public void Invalid_utf8_is_refused() =>
        Assert.False(JsonFrames.TryRead([.. "{\"sendID\":\""u8, 0xff, .. "\"}"u8], new byte[64], out _));

    [Fact]
    public void A_response_is_written_in_the_vendors_order() =>
        Assert.Equal(
            """{"reqIdentifier":1001,"msgIncr":"u1_7","operationID":"op-1","errCode":0,"errMsg":"","data":"AQI="}""",
            Write(1001, "u1_7", "op-1", 0, "", [1, 2]));

    [Fact]
    public void An_empty_response_has_null_data() =>
        Assert.Equal(
            """{"reqIdentifier":-1,"msgIncr":"","operationID":"","errCode":1002,"errMsg":"no","data":null}""",
            Write(-1, "", "", 1002, "no", []));

    [Fact]
    public void Strings_survive_the_way_there_and_back()
    {
        var text = string.Concat(Enumerable.Range(0, 0x300).Select(c => (char)c)) + "語😀";

        using var json = JsonDocument.Parse(Write(1, text, "\\", 0, "\"", []));

        Assert.Equal(text, json.RootElement.GetProperty("msgIncr").GetString());
        Assert.Equal("\\", json.RootElement.GetProperty("operationID").GetString());
        Assert.Equal("\"", json.RootElement.GetProperty("errMsg").GetString());
    }

    [Fact]
    public void Bad_frames_are_refused_without_a_fault()
    {
        byte[][] valid = [Encoding.UTF8.GetBytes(Request), """{"REQIDENTIFIER":2005,"SendId":"\u00fc\"\n","Data":"CgJ1MQ\u003d=","x":{"x":[1,{}]}}"""u8.ToArray()];
        var scratch = new byte[1024];

        // Every rejection is an exception inside the reader, which is what makes these the slow ones.
        Fuzz.Run(seed: 2, count: 10_000, valid, frame => JsonFrames.TryRead(frame, scratch, out _));
    }

    private static string Write(int reqIdentifier, string msgIncr, string operationId, int errCode, string errMsg, byte[] data)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonFrames.WriteResponse(
            output, reqIdentifier, Encoding.UTF8.GetBytes(msgIncr), Encoding.UTF8.GetBytes(operationId), errCode, Encoding.UTF8.GetBytes(errMsg), data);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
