using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Google.Protobuf;
using Xunit;
using Operation = Dragoman.Dialects.Agora.Protos.StatisticsBody.Types.Operation;

namespace Dragoman.Dialects.Conformance.Agora.Codecs;

/// <summary>Section 19: frames that were recorded with agora-chat 1.4.0.</summary>
public sealed class FrameVectorTests
{
    private static readonly AgoraApp App = new(new AppId(1), "app", new AgoraAppOptions { OrgName = "org", AppName = "app" }, new AgoraSettings());

    [Fact]
    public void A_login_is_read()
    {
        var frame = Read(
            "0800122d0a076f7267236170701205616c6963651a0b656173656d6f622e636f6d220e776562696d5f7765625f646576311a06247424544f4b40034a6a08101205312e342e30280030004a0e776562696d5f7765625f64657631620e776562696d5f7765625f646576316a0e776562696d5f7765625f646576318a010476352e319201127b22746f6b656e223a22247424544f4b227da2010e313739353235313433353531363a50005800");
        var provision = Provision.Parser.ParseFrom(frame.Payload);

        Assert.Equal((MSync.Types.Command.Provision, "$t$TOK"), (frame.Command, frame.Auth));
        Assert.Equal(("org#app", "alice", "easemob.com", "webim_web_dev1"), (frame.Guid.AppKey, frame.Guid.Name, frame.Guid.Domain, frame.Guid.ClientResource));
        Assert.Equal((Provision.Types.OsType.OsOther, "1.4.0", "webim_web_dev1", "v5.1"), (provision.OsType, provision.Version, provision.Resource, provision.ActionVersion));
        Assert.Equal(("""{"token":"$t$TOK"}""", "1795251435516:"), (provision.AuthToken, provision.SessionId));
    }

    [Fact]
    public void A_login_is_answered() => AssertWritten(
        "080040034a33420208006a0e776562696d5f7765625f6465763192011c7b22657870697265735f696e223a313830303030303030303030307d5800",
        Downlink.Provision(new Provision { Status = Downlink.Ok, Resource = "webim_web_dev1", AuthToken = """{"expires_in":1800000000000}""" }));

    [Fact]
    public void An_empty_list_of_queues_is_written()
    {
        Assert.Equal(MSync.Types.Command.Unread, Read("080040015800").Command);
        AssertWritten("080040014a0b0a020800188ff0cbea9f345800", Downlink.Unread([], 1795251435535));
    }

    [Fact]
    public void A_report_of_the_client_is_recognised()
    {
        var request = CommSyncUL.Parser.ParseFrom(Read("080040004a0f0a0d0892f0cbea9f342800320208005800").Payload);

        Assert.Equal((Meta.Types.NameSpace.Statistic, true), (request.Meta.Ns, request.Meta.HasNs));
    }

    [Fact]
    public void A_message_is_read()
    {
        var request = CommSyncUL.Parser.ParseFrom(Read(
            "080040004a520a5008e2b9fdb3b70f1a1b0a076f7267236170701203626f621a0b656173656d6f622e636f6d28013226080112071205616c6963651a051203626f6222090800120568656c6c6f2a070a01611002180138005800").Payload);
        var body = MessageBody.Parser.ParseFrom(request.Meta.Payload);

        Assert.Equal((530269035746ul, "bob", Meta.Types.NameSpace.Chat), (request.Meta.Id, request.Meta.To.Name, request.Meta.Ns));
        Assert.Equal(("hello", "a", 1L), (body.Contents.Single().Text, body.Ext.Single().Key, body.Ext.Single().VarintValue));
    }

    [Fact]
    public void A_notice_and_the_end_of_a_queue_are_written()
    {
        var queue = Jids.User(App, "bob");

        AssertWritten("080040024a1d0a1b0a076f7267236170701203626f621a0b656173656d6f622e636f6d5800", Downlink.Notice(queue));
        AssertWritten("080040004a2a0a020800321b0a076f7267236170701203626f621a0b656173656d6f622e636f6d380140f0f1cbea9f345800", Downlink.EndOf(queue, 1795251435760));
    }

    [Fact]
    public void A_pull_and_an_acknowledgement_are_read()
    {
        var pull = CommSyncUL.Parser.ParseFrom(Read("080040004a1d1a1b0a076f7267236170701203626f621a0b656173656d6f622e636f6d5800").Payload);
        var acknowledgement = CommSyncUL.Parser.ParseFrom(Read("080040004a2710e480e093c6b4d0d3101a1b0a076f7267236170701203626f621a0b656173656d6f622e636f6d5800").Payload);

        Assert.Equal(("bob", false), (pull.Queue.Name, pull.HasKey));
        Assert.Equal(("bob", 1200000000000000100ul), (acknowledgement.Queue.Name, acknowledgement.Key));
    }

    [Fact]
    public void A_kick_is_written() => AssertWritten(
        "080040004a7f0a020800225808e580e093c6b4d0d310121d0a076f7267236170701205616c6963651a0b656173656d6f622e636f6d1a1d0a076f7267236170701205616c6963651a0b656173656d6f622e636f6d2080d095ffbc31280032050802520178321d0a076f7267236170701205616c6963651a0b656173656d6f622e636f6d38015800",
        Downlink.Kick(Jids.User(App, "alice"), 1200000000000000101, 1700000000000, Operation.UserLoginAnotherDevice, "x"));

    [Theory]
    [InlineData("a", "[\"YQ==\"]")]
    [InlineData("a", "\"YQ==\"")]
    [InlineData("a b", "[\"YQ==\",\"Yg==\"]")]
    public void SockJs_frames_are_read(string expected, string text) =>
        Assert.Equal(expected.Split(' '), SockJs.TryRead(System.Text.Encoding.UTF8.GetBytes(text))!.Select(bytes => System.Text.Encoding.UTF8.GetString(bytes)));

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[1]")]
    [InlineData("[[\"YQ==\"]]")]
    [InlineData("[\"YQ==\"]x")]
    [InlineData("[\"not base64!\"]")]
    [InlineData("[\"\\ud800\"]")]
    [InlineData("{\"a\":\"YQ==\"}")]
    public void What_is_no_SockJs_frame_is_none(string text) => Assert.Null(SockJs.TryRead(System.Text.Encoding.UTF8.GetBytes(text)));

    private static MSync Read(string hex) => MSync.Parser.ParseFrom(Convert.FromHexString(hex));

    private static void AssertWritten(string hex, MSync frame) => Assert.Equal(hex, Convert.ToHexStringLower(frame.ToByteArray()));
}
