using System.Text;
using Dragoman.Load.OpenIm;

namespace Dragoman.EndToEnd.Load;

public sealed class GobEnvelopeTests
{
    private const string OperationId = "83333333-3333-3333-3333-333333333333";
    private const string MsgIncr = "1234567890123456789012";

    [Fact]
    public void A_request_has_the_observed_bytes()
    {
        var frame = new byte[512];

        var (length, msgIncrAt, dataAt) = GobEnvelope.WriteRequest(frame, 1001, "u1", OperationId, MsgIncr, [0x0a, 0x02, 0x75, 0x31]);

        var expected = Convert.ToHexStringLower(GobEnvelope.RequestDefinition)
            + "4fff8001fe07d20202753101243833" + Hex(OperationId[2..]) + "0116" + Hex(MsgIncr) + "01040a02753100";
        Assert.Equal(expected, Convert.ToHexStringLower(frame.AsSpan(0, length)));
        Assert.Equal(MsgIncr, Encoding.ASCII.GetString(frame, msgIncrAt, MsgIncr.Length));
        Assert.Equal(0x0a, frame[dataAt]);
    }

    [Fact]
    public void A_request_longer_than_a_byte_can_say_has_a_length_of_more_bytes()
    {
        var frame = new byte[2048];
        var data = Enumerable.Repeat((byte)7, 600).ToArray();

        var (length, _, dataAt) = GobEnvelope.WriteRequest(frame, 1003, "u1", OperationId, MsgIncr, data);

        Assert.Equal(0xfe, frame[GobEnvelope.RequestDefinition.Length]);
        Assert.Equal(data, frame.AsSpan(dataAt, 600).ToArray());
        Assert.Equal(dataAt + 600 + 1, length);
    }

    [Fact]
    public void The_example_response_is_read()
    {
        var frame = Convert.FromHexString(Convert.ToHexString(GobEnvelope.ResponseDefinition) + "0eff8201fe07d20101610402010200");

        var envelope = GobEnvelope.ReadResponse(frame);

        Assert.Equal(1001, envelope.ReqIdentifier);
        Assert.Equal("a", Encoding.ASCII.GetString(envelope.MsgIncr));
        Assert.Equal([1, 2], envelope.Data.ToArray());
        Assert.Equal(0, envelope.ErrCode);
    }

    [Fact]
    public void A_response_of_another_definition_is_read_by_its_names()
    {
        // Type 70, fields Data(bytes) ErrMsg(string) ErrCode(int) ReqIdentifier(int), value {Data 09, ErrCode -3, ReqIdentifier 5}.
        var definition = "ff8b" + "030101" + "0152" + "01ff8c00" + "01" + "04"
            + "0104" + Hex("Data") + "010a00" + "0106" + Hex("ErrMsg") + "010c00" + "0107" + Hex("ErrCode") + "010400"
            + "010d" + Hex("ReqIdentifier") + "010400" + "0000";
        var value = "ff8c" + "010109" + "0205" + "010a" + "00";
        var frame = Convert.FromHexString(Length(definition) + definition + Length(value) + value);

        var envelope = GobEnvelope.ReadResponse(frame);

        Assert.Equal([9], envelope.Data.ToArray());
        Assert.Equal(-3, envelope.ErrCode);
        Assert.Equal(5, envelope.ReqIdentifier);
    }

    [Fact]
    public void Every_beginning_of_a_response_is_refused()
    {
        var frame = Convert.FromHexString(Convert.ToHexString(GobEnvelope.ResponseDefinition) + "0eff8201fe07d20101610402010200");

        for (var length = 0; length < frame.Length; length++)
            Assert.Throws<InvalidDataException>(() => GobEnvelope.ReadResponse(frame.AsSpan(0, length)).ReqIdentifier);
    }

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.ASCII.GetBytes(text));

    private static string Length(string hex) => (hex.Length / 2).ToString("x2", System.Globalization.CultureInfo.InvariantCulture);
}
