using System.Text;
using System.Text.Json;
using Dragoman.Load.OpenIm;

namespace Dragoman.EndToEnd.Load;

public sealed class JsonEnvelopeTests
{
    [Fact]
    public void A_request_has_the_members_that_the_js_sdk_sends()
    {
        var frame = new byte[1024];

        var (length, msgIncrAt, dataAt) = JsonEnvelope.WriteRequest(frame, 1003, "u1", "op", "incr", [1, 2, 0xff]);

        Assert.Equal(
            """{"reqIdentifier":1003,"token":"","sendID":"u1","operationID":"op","msgIncr":"incr","data":"AQL/"}""",
            Encoding.UTF8.GetString(frame, 0, length));
        Assert.Equal("incr", Encoding.UTF8.GetString(frame, msgIncrAt, 4));
        Assert.Equal("AQL/", Encoding.UTF8.GetString(frame, dataAt, 4));
    }

    [Theory]
    [InlineData("""{"reqIdentifier":2001,"msgIncr":"","operationID":"","errCode":0,"errMsg":"","data":"+/8="}""")]
    [InlineData("""{"data":"\u002B/8=","unknown":{"a":[1,{}]},"errMsg":"","errCode":0,"reqIdentifier":2001}""")]
    public void A_push_is_read(string text)
    {
        var frame = Encoding.UTF8.GetBytes(text);

        var envelope = JsonEnvelope.ReadResponse(frame, new byte[frame.Length]);

        Assert.Equal(2001, envelope.ReqIdentifier);
        Assert.Equal([0xfb, 0xff], envelope.Data.ToArray());
        Assert.True(envelope.MsgIncr.IsEmpty);
    }

    [Fact]
    public void A_failure_has_no_data()
    {
        var frame = """{"reqIdentifier":1003,"msgIncr":"7","operationID":"","errCode":1302,"errMsg":"BlockedByPeer","data":null}"""u8;

        var envelope = JsonEnvelope.ReadResponse(frame, new byte[frame.Length]);

        Assert.Equal(1302, envelope.ErrCode);
        Assert.Equal("BlockedByPeer", Encoding.UTF8.GetString(envelope.ErrMsg));
        Assert.True(envelope.Data.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"reqIdentifier":""")]
    [InlineData("""{"reqIdentifier":"1003"}""")]
    [InlineData("""{"data":"a"}""")]
    public void Anything_else_is_refused(string text)
    {
        var frame = Encoding.UTF8.GetBytes(text);

        Assert.Throws<InvalidDataException>(() => JsonEnvelope.ReadResponse(frame, new byte[64]).ErrCode);
    }

    [Fact]
    public void What_is_written_is_json()
    {
        var frame = new byte[1024];
        var (length, _, _) = JsonEnvelope.WriteRequest(frame, 1003, "u1", "op", "incr", new byte[100]);

        using var document = JsonDocument.Parse(frame.AsMemory(0, length));

        Assert.Equal(100, document.RootElement.GetProperty("data").GetBytesFromBase64().Length);
    }
}
