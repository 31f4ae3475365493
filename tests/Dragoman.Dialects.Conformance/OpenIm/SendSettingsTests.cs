using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Google.Protobuf;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm;

/// <summary>Apps that switch receipts off, and one whose right to send has ended: 1401 and 1405.</summary>
public sealed class SendSettingsServer : OpenImServer
{
    internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
    [
        ("demo", "{}"),
        ("quiet", """{"singleMessageHasReadReceiptEnable":false,"groupMessageHasReadReceiptEnable":false}"""),
        ("ended", """{"authorizationExpireTime":1}"""),
        ("running", """{"authorizationExpireTime":4102444800000}"""),
    ];
}

public sealed class SendSettingsTests(SendSettingsServer server) : IClassFixture<SendSettingsServer>
{
    [Theory]
    [InlineData("/msg/mark_conversation_as_read")]
    [InlineData("/msg/mark_msgs_as_read")]
    public async Task Receipts_that_are_switched_off_answer_1401(string route)
    {
        var app = server.App("quiet");
        await using var alice = await app.NewClientAsync("alice");
        var group = await app.NewGroupAsync(alice.UserId, []);
        await alice.SayAsync(alice.TextTo(await app.NewUserAsync("bob"), "hello"));
        var single = (await alice.TextPushAsync("hello")).ConversationId;

        foreach (var conversationID in (string[])[single, $"sg_{group}"])
            (await alice.PostAsync(route, new { conversationID, userID = alice.UserId, hasReadSeq = 1, seqs = new[] { 1 } })).Failed(1401, "MessageHasReadDisable");
    }

    [Fact]
    public async Task A_receipt_over_the_long_connection_answers_1401()
    {
        await using var alice = await server.App("quiet").NewClientAsync("alice");
        var receipt = alice.TextTo(await server.App("quiet").NewUserAsync("bob"), "x");
        receipt.ContentType = 2200;
        Assert.Equal(1401, (await alice.RequestAsync(Requests.SendMsg, receipt.ToByteArray())).ErrCode);
    }

    [Fact]
    public async Task An_app_whose_right_to_send_has_ended_answers_1405()
    {
        var app = server.App("ended");
        await using var alice = await app.NewClientAsync("alice");
        var bob = await app.NewUserAsync("bob");
        var reply = await alice.RequestAsync(Requests.SendMsg, alice.TextTo(bob, "x").ToByteArray());
        Assert.Equal((1405, "AuthorizationExpired"), (reply.ErrCode, reply.ErrMsg));
        (await app.AdminPostAsync("/msg/send_msg", new { sendID = alice.UserId, recvID = bob, content = new { content = "x" }, contentType = 101, sessionType = 1 })).Failed(1405);
    }

    [Fact]
    public async Task An_app_whose_right_has_not_ended_sends()
    {
        await using var alice = await server.App("running").NewClientAsync("alice");
        await alice.SayAsync(alice.TextTo(await server.App("running").NewUserAsync("bob"), "x"));
    }
}
