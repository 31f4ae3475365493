using System.Buffers;
using System.Text;
using Dragoman.Dialects.OpenIm.Frames;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Codecs;

public sealed class GobFramesTests
{
    /// <summary>As the wasm SDK sends it.</summary>
    private static readonly byte[] Definition = Convert.FromHexString(
        "657f0301010c47656e6572616c577352657101ff80000106010d5265714964656e7469666965720104000105546f6b656e010c00010653656e644944"
        + "010c00010b4f7065726174696f6e4944010c0001074d7367496e6372010c00010444617461010a000000");

    /// <summary>As upstream sends it, accepted by both versions of the wasm SDK.</summary>
    private const string ResponsePrefix =
        "60ff81030101045265737001ff82000106010d5265714964656e74696669657201040001074d7367496e6372010c00010b4f7065726174696f6e4944"
        + "010c000107457272436f646501040001064572724d7367010c00010444617461010a000000";

    private const string OperationId = "0a1b2c3d-1234-5678-9abc-def012345678";

    [Fact]
    public void A_request_of_the_wasm_sdk_is_read()
    {
        Assert.True(GobFrames.TryRead(Request(), out var request));

        Assert.Equal(1001, request.ReqIdentifier);
        Assert.Equal("", Encoding.UTF8.GetString(request.Token));
        Assert.Equal("u1", Encoding.UTF8.GetString(request.SendId));
        Assert.Equal(OperationId, Encoding.UTF8.GetString(request.OperationId));
        Assert.Equal("u1_7", Encoding.UTF8.GetString(request.MsgIncr));
        Assert.Equal([0x0a, 0x02, 0x75, 0x31], request.Data.ToArray());
    }

    [Fact]
    public void Another_type_name_and_id_are_read()
    {
        var frame = GobStream(name: "Req", id: 71, [("ReqIdentifier", 2), ("SendID", 6), ("Data", 5)], IntField(1, 1003), BytesField(1, "u1"), BytesField(1, "xyz"));

        Assert.True(GobFrames.TryRead(frame, out var request));

        Assert.Equal(1003, request.ReqIdentifier);
        Assert.Equal("u1", Encoding.UTF8.GetString(request.SendId));
        Assert.Equal("xyz", Encoding.UTF8.GetString(request.Data));
    }

    [Fact]
    public void Reordered_fields_are_read_by_their_names()
    {
        var frame = GobStream(name: "GeneralWsReq", id: 64, [("Data", 5), ("MsgIncr", 6), ("ReqIdentifier", 2)], BytesField(1, "d"), BytesField(1, "m"), IntField(1, 2005));

        Assert.True(GobFrames.TryRead(frame, out var request));

        Assert.Equal(2005, request.ReqIdentifier);
        Assert.Equal("m", Encoding.UTF8.GetString(request.MsgIncr));
        Assert.Equal("d", Encoding.UTF8.GetString(request.Data));
    }

    [Fact]
    public void Unknown_fields_of_every_basic_type_are_stepped_over()
    {
        var frame = GobStream(
            name: "New", id: 64,
            [("A", 1), ("B", 2), ("C", 3), ("D", 4), ("E", 5), ("F", 6), ("SendID", 6)],
            [1, 1], IntField(1, -70000), [1, 0xfe, 0x40, 0x00], [1, 0xfe, 0xf8, 0x3f], BytesField(1, "e"), BytesField(1, "f"), BytesField(1, "u1"));

        Assert.True(GobFrames.TryRead(frame, out var request));

        Assert.Equal("u1", Encoding.UTF8.GetString(request.SendId));
    }

    [Fact]
    public void A_negative_identifier_is_read()
    {
        Assert.True(GobFrames.TryRead(GobStream("R", 64, [("ReqIdentifier", 2)], IntField(1, -1003)), out var request));

        Assert.Equal(-1003, request.ReqIdentifier);
    }

    [Fact]
    public void A_field_of_another_type_is_refused() =>
        Assert.False(GobFrames.TryRead(GobStream("R", 64, [("Data", 6)], BytesField(1, "d")), out _));

    [Fact]
    public void A_field_that_was_not_defined_is_refused() =>
        Assert.False(GobFrames.TryRead(GobStream("R", 64, [("Data", 5)], BytesField(2, "d")), out _));

    [Fact]
    public void A_value_of_a_type_that_was_not_defined_is_refused() =>
        Assert.False(GobFrames.TryRead(Request()[Definition.Length..], out _));

    [Fact]
    public void A_definition_without_a_value_is_refused() => Assert.False(GobFrames.TryRead(Definition, out _));

    [Fact]
    public void Bytes_behind_the_value_are_refused() => Assert.False(GobFrames.TryRead([.. Request(), 0], out _));

    [Fact]
    public void A_frame_cut_short_anywhere_is_refused()
    {
        var frame = Request();

        Assert.All(Enumerable.Range(0, frame.Length), length => Assert.False(GobFrames.TryRead(frame.AsSpan(0, length), out _)));
    }

    [Fact]
    public void A_response_is_the_constant_prefix_and_the_value() =>
        Assert.Equal(ResponsePrefix + "0eff8201fe07d20101610402010200", Write(1001, "a", "", 0, "", [1, 2]));

    [Fact]
    public void A_kick_holds_nothing_but_its_identifier() =>
        Assert.Equal(ResponsePrefix + "07ff8201fe0fa400", Write(2002, "", "", 0, "", []));

    [Fact]
    public void An_error_holds_code_and_text() =>
        Assert.Equal(ResponsePrefix + "11ff8201fe07d601016102fe07d4010163" + "00", Write(1003, "a", "", 1002, "c", []));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(300000)]
    public void The_measured_length_is_the_written_one(int dataLength)
    {
        var data = new byte[dataLength];
        Array.Fill(data, (byte)7);

        var frame = Convert.FromHexString(Write(-5, "m", OperationId, int.MinValue, new string('e', 200), data));

        Assert.Equal(GobFrames.MeasureResponse(-5, 1, 36, int.MinValue, 200, dataLength), frame.Length);
        Assert.True(GobFrames.TryRead(frame, out var back)); // a response has the request's field names, so it reads as one
        Assert.Equal(-5, back.ReqIdentifier);
        Assert.Equal(OperationId, Encoding.UTF8.GetString(back.OperationId));
        Assert.Equal(data, back.Data.ToArray());
    }

    [Fact]
    public void Bad_frames_are_refused_without_a_fault()
    {
        byte[][] valid =
        [
            Request(),
            Convert.FromHexString(Write(1001, "a", "b", 1, "c", [1, 2])),
            GobStream("New", 64, [("A", 1), ("B", 2), ("C", 3), ("D", 4), ("E", 5), ("SendID", 6)], [1, 1], IntField(1, -70000), BytesField(3, "e"), BytesField(1, "u1")),
        ];

        Fuzz.Run(seed: 1, count: 20_000, valid, frame => GobFrames.TryRead(frame, out _));
    }

    private static byte[] Request() => [.. Definition, .. Message([0xff, 0x80, .. IntField(1, 1001), .. BytesField(2, "u1"), .. BytesField(1, OperationId), .. BytesField(1, "u1_7"), .. BytesField(1, "\n\u0002u1"), 0])];

    private static string Write(int reqIdentifier, string msgIncr, string operationId, int errCode, string errMsg, byte[] data)
    {
        var output = new ArrayBufferWriter<byte>();
        GobFrames.WriteResponse(
            output, reqIdentifier, Encoding.UTF8.GetBytes(msgIncr), Encoding.UTF8.GetBytes(operationId), errCode, Encoding.UTF8.GetBytes(errMsg), data);
        return Convert.ToHexStringLower(output.WrittenSpan);
    }

    private static byte[] GobStream(string name, int id, (string Name, int TypeId)[] fields, params byte[][] value)
    {
        List<byte> definition = [.. Int(-id), 3, 1, .. BytesField(1, name), 1, .. Int(id), 0, 1, .. UInt((uint)fields.Length)];
        foreach (var field in fields) definition.AddRange([.. BytesField(1, field.Name), 1, .. Int(field.TypeId), 0]);
        definition.AddRange([0, 0]);
        return [.. Message([.. definition]), .. Message([.. Int(id), .. value.SelectMany(bytes => bytes), 0])];
    }

    private static byte[] Message(byte[] body) => [.. UInt((uint)body.Length), .. body];

    private static byte[] IntField(byte delta, int value) => [delta, .. Int(value)];

    private static byte[] BytesField(byte delta, string value) => [delta, .. Message(Encoding.UTF8.GetBytes(value))];

    private static byte[] Int(int value) => UInt(value >= 0 ? (uint)value << 1 : ((uint)~value << 1) | 1);

    private static byte[] UInt(uint value)
    {
        if (value < 128) return [(byte)value];

        var bytes = BitConverter.GetBytes(value).Reverse().SkipWhile(b => b == 0).ToArray();
        return [(byte)-bytes.Length, .. bytes];
    }
}
