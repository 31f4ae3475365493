using System.Text;
using Dragoman.Load.Codecs;
using Dragoman.Load.Drivers;
using Dragoman.Load.Net;
using Dragoman.Load.OpenIm;

namespace Dragoman.EndToEnd.Load;

public sealed class OpenImMessagesTests
{
    private const string ClientMsgId = "0123456789abcdef0000000000000000";

    [Fact]
    public void A_text_has_the_fields_that_the_sdk_sets()
    {
        var bytes = new byte[512];

        var places = OpenImMessages.WriteText(bytes, "u1", "u2", isGroup: false, ClientMsgId, "{}"u8, platform: 5, createTime: 1_700_000_000_000);

        Assert.Equal(
            "0a027531" + "12027532" + "2220" + Hex(ClientMsgId) + "3005" + "3a027531" + "4801" + "5064" + "5865" + "62027b7d"
            + "800180d095ffbc31" + "880101" + "a2011f" + "0a17" + Hex("You have a new message.") + "22022b31" + "2801" + "b201046e756c6c",
            Convert.ToHexStringLower(bytes.AsSpan(0, places.Length)));
        Assert.Equal(ClientMsgId, Encoding.ASCII.GetString(bytes, places.ClientMsgIdAt, 32));
        Assert.Equal("{}", Encoding.ASCII.GetString(bytes, places.ContentAt, 2));
        Assert.Equal(0x80, bytes[places.CreateTimeAt + 1]);
    }

    [Fact]
    public void A_group_text_names_the_group_and_no_receiver()
    {
        var bytes = new byte[512];

        var places = OpenImMessages.WriteText(bytes, "u1", "g1", isGroup: true, ClientMsgId, "{}"u8, platform: 5, createTime: 1);

        Assert.StartsWith("0a0275311a0267312220", Convert.ToHexStringLower(bytes.AsSpan(0, places.Length)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pull_asks_for_one_range()
    {
        var bytes = new byte[128];

        var length = OpenImMessages.WritePull(bytes, "u1", "si_u1_u2", 3, 7);

        Assert.Equal("0a027531" + "1210" + "0a08" + Hex("si_u1_u2") + "1003" + "1807" + "2005", Convert.ToHexStringLower(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void A_push_is_walked_over_all_its_conversations()
    {
        // msgs {a: [seq 1, seq 2]}, notificationMsgs {n_a: [seq 0, contentType 1501]}; isEnd stands between the two messages.
        byte[] push = [.. Convert.FromHexString("0a0f" + "0a0161" + "120a" + "0a027001" + "1001" + "0a027002"), .. Convert.FromHexString("120c" + "0a036e5f61" + "1205" + "0a0358dd0b")];

        var read = new List<(string Conversation, bool IsNotification, long Seq, int Type)>();
        var reader = new MessagesReader(push);
        while (reader.Next())
            read.Add((Encoding.ASCII.GetString(reader.ConversationId), reader.IsNotification, reader.Current.Seq, reader.Current.ContentType));

        Assert.Equal([("a", false, 1, 0), ("a", false, 2, 0), ("n_a", true, 0, 1501)], read);
    }

    [Fact]
    public void The_max_seq_of_one_conversation_is_found_among_others()
    {
        var data = Convert.FromHexString("0a05" + "0a0161" + "1007" + "0a05" + "0a0162" + "1009" + "1205" + "0a0162" + "1001");

        Assert.Equal(9, OpenImMessages.ReadMaxSeq(data, "b"u8));
        Assert.Equal(0, OpenImMessages.ReadMaxSeq(data, "c"u8));
    }

    [Theory]
    [InlineData("0a05")]
    [InlineData("0b")]
    [InlineData("08ffffffffffffffffffff01")]
    public void Malformed_protobuf_is_refused(string hex) =>
        Assert.Throws<InvalidDataException>(() => OpenImMessages.ReadMsgData(Convert.FromHexString(hex)).Seq);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_template_writes_messages_that_differ_in_counter_and_times_only(bool gzip)
    {
        var template = new OpenImTemplate(OpenImEncoding.Gob, gzip, sender: 3, "u1", "u2", isGroup: false, ClientMsgId, textBytes: 100, platform: 5);
        var frame = new byte[template.FrameLength];

        var length = template.Write(counter: 0x2a, timestamp: 77, unixMilliseconds: 1_700_000_000_123, mask: 0, frame);

        // A mask of 0 leaves the payload as it is.
        var payload = frame.AsSpan(WebSocketFrame.HeaderLength(200), length - WebSocketFrame.HeaderLength(200));
        ReadOnlySpan<byte> request = gzip ? GzipMember.Open(payload, new Inflater()) : payload;
        var reader = new GobReader(request[GobEnvelope.RequestDefinition.Length..]);
        Assert.Equal(reader.UInt(), (ulong)reader.Remaining);
        var data = request[request.IndexOf(Convert.FromHexString("0a02753112027532"))..^1];
        var message = OpenImMessages.ReadMsgData(data);
        Assert.Equal("0123456789abcdef000000000000002a", Encoding.ASCII.GetString(message.ClientMsgId));
        Assert.True(OpenImTemplate.TryGetText(message.Content, out var text));
        Assert.Equal(100, text.Length);
        Assert.True(Marker.TryRead(text, out var sender, out var counter, out var timestamp));
        Assert.Equal((3, 0x2aL, 77L), (sender, counter, timestamp));
        Assert.Contains(Convert.ToHexStringLower(Varint(1_700_000_000_123)), Convert.ToHexStringLower(data), StringComparison.Ordinal);
    }

    private static byte[] Varint(ulong value)
    {
        var writer = new ProtoWriter(new byte[10]);
        writer.Varint(value);
        return writer.Written.ToArray();
    }

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.ASCII.GetBytes(text));
}
