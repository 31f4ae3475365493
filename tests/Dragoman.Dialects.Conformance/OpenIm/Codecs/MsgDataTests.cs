using System.Buffers;
using System.Text;
using Dragoman.Dialects.OpenIm.Frames;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Google.Protobuf;
using Xunit;
using WireFormat = Dragoman.Dialects.OpenIm.Gateway.WireFormat;

namespace Dragoman.Dialects.Conformance.OpenIm.Codecs;

public sealed class MsgDataTests
{
    private static readonly Dictionary<string, MsgOptions> Keys = new()
    {
        ["history"] = MsgOptions.History,
        ["persistent"] = MsgOptions.Persistent,
        ["offlinePush"] = MsgOptions.OfflinePush,
        ["unreadCount"] = MsgOptions.UnreadCount,
        ["conversationUpdate"] = MsgOptions.ConversationUpdate,
        ["senderSync"] = MsgOptions.SenderSync,
        ["notPrivate"] = MsgOptions.NotPrivate,
        ["senderConversationUpdate"] = MsgOptions.SenderConversationUpdate,
        ["senderNotificationPush"] = MsgOptions.SenderNotificationPush,
        ["reactionFromCache"] = MsgOptions.ReactionFromCache,
        ["isNotNotification"] = MsgOptions.IsNotNotification,
        ["isSendMsg"] = MsgOptions.IsSendMsg,
    };

    [Fact]
    public void Every_field_is_read() => AssertReadsAs(Full(), Full().ToByteArray());

    [Fact]
    public void An_empty_message_is_read() => AssertReadsAs(new MsgData(), []);

    [Fact]
    public void The_last_value_wins()
    {
        var first = new MsgData { SendID = "a", Seq = 1, ContentType = 101, Content = ByteString.CopyFromUtf8("x"), Options = { ["history"] = false } };
        var second = new MsgData { SendID = "b", Seq = 2, Content = ByteString.CopyFromUtf8("y"), Options = { ["history"] = true } };
        byte[] both = [.. first.ToByteArray(), .. second.ToByteArray()];

        AssertReadsAs(MsgData.Parser.ParseFrom(both), both);
    }

    [Fact]
    public void Unknown_fields_are_skipped_and_not_stored()
    {
        byte[] data = [.. Full().ToByteArray(), 0xf8, 0x06, 0x01, 0xfa, 0x06, 0x02, 0xff, 0xff, 0xfd, 0x06, 1, 2, 3, 4, 0xf9, 0x06, 1, 2, 3, 4, 5, 6, 7, 8];

        AssertReadsAs(Full(), data);
        Assert.Equal(Body(Full().ToByteArray()), Body(data));
    }

    [Fact]
    public void Content_that_is_empty_differs_from_content_that_is_missing()
    {
        Assert.True(MsgDataView.TryParse([0x62, 0x00], out var empty));
        Assert.True(MsgDataView.TryParse([], out var missing));

        Assert.True(empty.HasContent);
        Assert.False(missing.HasContent);
    }

    [Theory]
    [InlineData("0a", "a length is missing")]
    [InlineData("0a05616263", "a string is cut short")]
    [InlineData("0a02c328", "a string is not UTF-8")]
    [InlineData("aa0102c328", "an ID in the list is not UTF-8")]
    [InlineData("9a01060a02c3281001", "an option's key is not UTF-8")]
    [InlineData("a201040a02c328", "a push title is not UTF-8")]
    [InlineData("a20100a20100", "the push info is there twice")]
    [InlineData("0b0c", "a group")]
    [InlineData("0c", "the end of a group")]
    [InlineData("0001", "field number zero")]
    [InlineData("0f01", "wire type 7")]
    [InlineData("708080808080808080808001", "a varint of eleven bytes")]
    [InlineData("70ffffffffffffffffff02", "a varint of 65 bits")]
    [InlineData("f080808010", "a tag of more than 32 bits, or one that is cut short")]
    [InlineData("0affffffffffffffffff01", "a length beyond any memory")]
    public void Malformed_data_is_refused(string hex, string why) =>
        Assert.False(MsgDataView.TryParse(Convert.FromHexString(hex), out _), why);

    [Fact]
    public void A_negative_number_and_the_largest_ones_are_read()
    {
        var message = new MsgData { ContentType = -1, Seq = long.MinValue, CreateTime = long.MaxValue, Status = int.MaxValue };

        AssertReadsAs(message, message.ToByteArray());
    }

    [Fact]
    public void The_stored_body_is_what_the_client_said()
    {
        var expected = Full();
        expected.ServerMsgID = "";
        expected.Seq = 0;
        expected.SendTime = 0;
        expected.Status = 0;
        expected.IsRead = false;

        Assert.Equal(expected, MsgData.Parser.ParseFrom(Body(Full().ToByteArray())));
    }

    [Fact]
    public void The_stored_body_is_canonical()
    {
        byte[] shuffled = [.. new MsgData { Ex = "e", Seq = 9 }.ToByteArray(), .. new MsgData { SendID = "u1", ContentType = 101 }.ToByteArray()];

        Assert.Equal("0a027531" + "5865" + "ba010165", Convert.ToHexStringLower(Body(shuffled)));
    }

    [Fact]
    public void The_server_overrules_options()
    {
        var client = new MsgData { Options = { ["history"] = true, ["offlinePush"] = false, ["newerThanUs"] = false, ["senderSync"] = false } };

        var stored = MsgData.Parser.ParseFrom(Body(client.ToByteArray(), MsgOptions.History | MsgOptions.UnreadCount, MsgOptions.OfflinePush));

        Assert.Equal(
            new MsgData { Options = { ["history"] = false, ["unreadCount"] = false, ["offlinePush"] = true, ["newerThanUs"] = false, ["senderSync"] = false } },
            stored);
    }

    [Fact]
    public void An_absent_option_is_on()
    {
        Assert.True(MsgDataView.TryParse(new MsgData { Options = { ["history"] = false, ["senderSync"] = true } }.ToByteArray(), out var view));

        Assert.False(view.IsOn(MsgOptions.History));
        Assert.True(view.IsOn(MsgOptions.SenderSync));
        Assert.True(view.IsOn(MsgOptions.OfflinePush));
    }

    [Theory]
    [InlineData(0, 0, 0, false)]
    [InlineData(1, 1_700_000_000_000, 2, false)]
    [InlineData(long.MaxValue, long.MaxValue, 4, true)]
    public void A_body_with_the_servers_fields_is_the_whole_message(long seq, long sendTime, int status, bool isRead)
    {
        var expected = Full();
        (expected.ServerMsgID, expected.Seq, expected.SendTime, expected.Status, expected.IsRead) = ("0123456789abcdef", seq, sendTime, status, isRead);
        var stored = new StoredMessage
        {
            Body = Body(Full().ToByteArray()),
            ServerMsgId = "0123456789abcdef"u8,
            Seq = seq,
            SendTime = sendTime,
            Status = status,
            IsRead = isRead,
        };

        var bytes = new byte[stored.Measure()];

        Assert.Equal(bytes.Length, stored.Write(bytes));
        Assert.Equal(expected, MsgData.Parser.ParseFrom(bytes));
    }

    [Theory]
    [InlineData("si_u1_u2", 10)]
    [InlineData("si_u1_u2", 3000)]
    [InlineData("n_u1_u2", 10)]
    [InlineData("sg_1234567890", 120)]
    public void A_push_is_read_by_every_kind_of_client(string conversationId, int contentLength)
    {
        var message = Full();
        message.Content = ByteString.CopyFromUtf8(new string('x', contentLength));
        var expected = new PushMessages();
        var map = conversationId.StartsWith("n_", StringComparison.Ordinal) ? expected.NotificationMsgs : expected.Msgs;
        map[conversationId] = new PullMsgs { Msgs = { message } };
        var stored = new StoredMessage
        {
            Body = Body(message.ToByteArray()),
            ServerMsgId = Encoding.UTF8.GetBytes(message.ServerMsgID),
            Seq = message.Seq,
            SendTime = message.SendTime,
            Status = message.Status,
            IsRead = message.IsRead,
        };
        var id = Encoding.UTF8.GetBytes(conversationId);

        var data = new byte[PushFrames.Measure(id, in stored)];

        Assert.Equal(data.Length, PushFrames.Write(id, in stored, data));
        Assert.Equal(expected, PushMessages.Parser.ParseFrom(data));
        Assert.Equal(data, GobData(PayloadOfPush(new WireFormat(IsJson: false, IsGzip: false), data)));
        Assert.Equal(data, JsonData(PayloadOfPush(new WireFormat(IsJson: true, IsGzip: false), data)));
        Assert.Equal(data, GobData(Inflate(PayloadOfPush(new WireFormat(IsJson: false, IsGzip: true), data))));
        Assert.Equal(data, JsonData(Inflate(PayloadOfPush(new WireFormat(IsJson: true, IsGzip: true), data))));
    }

    [Fact]
    public void Bad_data_is_refused_and_what_is_accepted_agrees_with_protobuf()
    {
        byte[][] valid = [Full().ToByteArray(), new MsgData { SendID = "u1", Options = { ["history"] = false, ["x"] = true } }.ToByteArray()];
        var accepted = 0;

        Fuzz.Run(seed: 6, count: 35_000, valid, data =>
        {
            if (!MsgDataView.TryParse(data, out _)) return;

            accepted++;
            var reference = MsgData.Parser.ParseFrom(data);
            AssertReadsAs(reference, data);
            AssertBodyAgrees(reference, Body(data));
        });

        Assert.InRange(accepted, 3_000, 30_000); // else the mutations would be too wild, or too tame, to prove anything
    }

    private static void AssertReadsAs(MsgData expected, byte[] data)
    {
        Assert.True(MsgDataView.TryParse(data, out var view));

        AssertText(expected.SendID, view.SendId);
        AssertText(expected.RecvID, view.RecvId);
        AssertText(expected.GroupID, view.GroupId);
        AssertText(expected.ClientMsgID, view.ClientMsgId);
        AssertText(expected.ServerMsgID, view.ServerMsgId);
        AssertText(expected.SenderNickname, view.SenderNickname);
        AssertText(expected.SenderFaceURL, view.SenderFaceUrl);
        AssertText(expected.AttachedInfo, view.AttachedInfo);
        AssertText(expected.Ex, view.Ex);
        Assert.True(expected.Content.Span.SequenceEqual(view.Content));
        Assert.Equal(
            (expected.SenderPlatformID, expected.SessionType, expected.MsgFrom, expected.ContentType, expected.Status),
            (view.SenderPlatformId, view.SessionType, view.MsgFrom, view.ContentType, view.Status));
        Assert.Equal((expected.Seq, expected.SendTime, expected.CreateTime, expected.IsRead), (view.Seq, view.SendTime, view.CreateTime, view.IsRead));
        Assert.Equal(expected.OfflinePushInfo, view.HasOfflinePushInfo ? OfflinePushInfo.Parser.ParseFrom(view.OfflinePushInfo) : null);

        var known = expected.Options.Where(option => Keys.ContainsKey(option.Key)).ToList();
        Assert.Equal(known.Aggregate(MsgOptions.None, (set, option) => set | Keys[option.Key]), view.OptionsGiven);
        Assert.Equal(known.Where(option => option.Value).Aggregate(MsgOptions.None, (set, option) => set | Keys[option.Key]), view.OptionsTrue);

        var atUsers = new List<string>();
        foreach (var userId in view.AtUserIds) atUsers.Add(Encoding.UTF8.GetString(userId));
        Assert.Equal(expected.AtUserIDList, atUsers);
        Assert.Equal(expected.AtUserIDList.Count, view.AtUserCount);
    }

    private static void AssertBodyAgrees(MsgData reference, byte[] body)
    {
        var expected = reference.Clone();
        (expected.ServerMsgID, expected.Seq, expected.SendTime, expected.Status, expected.IsRead) = ("", 0, 0, 0, false);

        // Compared without unknown fields, which the body leaves out and which equality of messages would count.
        Assert.Equal(WithoutUnknownFields(expected), WithoutUnknownFields(MsgData.Parser.ParseFrom(body)));
    }

    private static MsgData WithoutUnknownFields(MsgData message) => MsgData.Parser.WithDiscardUnknownFields(true).ParseFrom(message.ToByteArray());

    private static void AssertText(string expected, ReadOnlySpan<byte> actual) => Assert.Equal(expected, Encoding.UTF8.GetString(actual));

    private static byte[] Body(byte[] data, MsgOptions forcedFalse = MsgOptions.None, MsgOptions forcedTrue = MsgOptions.None)
    {
        Assert.True(MsgDataView.TryParse(data, out var view));
        var output = new ArrayBufferWriter<byte>();
        MsgDataWriter.WriteBody(in view, output, forcedFalse, forcedTrue);
        Assert.Equal(MsgDataWriter.MeasureBody(in view, forcedFalse, forcedTrue), output.WrittenCount);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] PayloadOfPush(WireFormat format, byte[] data)
    {
        var frame = OutboundFrames.Make(format, reqIdentifier: 2001, default, default, errCode: 0, default, data);
        return frame[HeaderLength(frame)..];
    }

    /// <summary>A server's frame is not masked: two bytes, and the length in two or eight more.</summary>
    private static int HeaderLength(byte[] frame) => frame[1] switch
    {
        126 => 4,
        127 => 10,
        _ => 2,
    };

    private static byte[] GobData(byte[] frame)
    {
        Assert.True(GobFrames.TryRead(frame, out var response));
        Assert.Equal(2001, response.ReqIdentifier);
        return response.Data.ToArray();
    }

    private static byte[] JsonData(byte[] frame)
    {
        Assert.True(JsonFrames.TryRead(frame, new byte[frame.Length], out var response));
        Assert.Equal(2001, response.ReqIdentifier);
        return response.Data.ToArray();
    }

    private static byte[] Inflate(byte[] member)
    {
        Assert.True(GzipFrames.TryInflate(member, 1 << 20, out var rented, out var length));
        return rented[..length];
    }

    private static MsgData Full() => new()
    {
        SendID = "u1",
        RecvID = "u2",
        GroupID = "g",
        ClientMsgID = "0123456789abcdef0123456789abcdef",
        ServerMsgID = "s",
        SenderPlatformID = 5,
        SenderNickname = "Älice",
        SenderFaceURL = "http://h/f.png",
        SessionType = 1,
        MsgFrom = 100,
        ContentType = 101,
        Content = ByteString.CopyFromUtf8("""{"content":"hi 😀"}"""),
        Seq = 7,
        SendTime = 1_700_000_000_001,
        CreateTime = 1_700_000_000_000,
        Status = 1,
        IsRead = true,
        Options =
        {
            ["history"] = true, ["persistent"] = false, ["offlinePush"] = true, ["unreadCount"] = false, ["conversationUpdate"] = true, ["senderSync"] = false,
            ["notPrivate"] = true, ["senderConversationUpdate"] = false, ["senderNotificationPush"] = true, ["reactionFromCache"] = false,
            ["isNotNotification"] = true, ["isSendMsg"] = false, ["newerThanUs"] = true,
        },
        OfflinePushInfo = new OfflinePushInfo { Title = "t", Desc = "d", Ex = "{}", IOSPushSound = "default", IOSBadgeCount = true, SignalInfo = "s" },
        AtUserIDList = { "u3", "", "AtAllTag" },
        AttachedInfo = "null",
        Ex = "ex",
    };
}
