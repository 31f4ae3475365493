using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Msg;

/// <summary>What the two routes of physical deletion share.</summary>
public abstract class PhysicalDeletionTests(OpenImServer server)
{
    internal OpenImAppClient App { get; } = server.Demo;
    internal OpenImServer Server { get; } = server;

    /// <summary>What is left of the first messages of a conversation: the content, or nothing.</summary>
    internal static async Task<string[]> LeftAsync(OpenImClient client, string conversation, long count)
    {
        var request = new PullMessageBySeqsReq { UserID = client.UserId };
        request.SeqRanges.Add(new SeqRange { ConversationID = conversation, Begin = 1, End = count, Num = count });
        var pulled = await client.AskAsync(Requests.PullMsgBySeqRange, request, PullMessageBySeqsResp.Parser);
        return [.. pulled.Msgs[conversation].Msgs.Select(m => m.Content.ToStringUtf8())];
    }

    internal async Task<(OpenImClient Alice, string Conversation)> TalkAsync(params string[] texts)
    {
        var alice = await App.NewClientAsync("al_ice");
        var bob = await App.NewUserAsync("b_ob");
        foreach (var text in texts) await alice.SayAsync(alice.TextTo(bob, text));
        return (alice, (await alice.TextPushAsync(texts[0])).ConversationId);
    }
}

public sealed class DeleteMsgPhysicalBySeqTests(OpenImServer server) : PhysicalDeletionTests(server), IClassFixture<OpenImServer>
{
    private const string Route = "/msg/delete_msg_phsical_by_seq";

    [Fact]
    public async Task Named_messages_are_gone_for_everybody()
    {
        var (alice, conversation) = await TalkAsync("one", "two", "three");
        (await App.AdminPostAsync(Route, new { conversationID = conversation, seqs = new[] { 1, 3 } })).Succeeded();
        Assert.Equal((string[])["", """{"content":"two"}""", ""], await LeftAsync(alice, conversation, 3));
        await alice.DisposeAsync();
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        (await App.AdminPostAsync(Route, new { seqs = new[] { 1 } })).Failed(1001, "ArgsError", "conversationID is empty");
        (await App.AdminPostAsync(Route, new { conversationID = "si_a_b" })).Failed(1001, "ArgsError", "seqs is empty");
        (await App.AdminPostAsync(Route, new { conversationID = "si_a_b", seqs = new[] { 1 } })).Failed(1004);
        (await App.PostAsync(Route, new { conversationID = "si_a_b", seqs = new[] { 1 } }, (await App.NewLoginAsync("mallory")).Token)).Failed(1002);
    }
}

public sealed class DeleteMsgPhysicalTests(OpenImServer server) : PhysicalDeletionTests(server), IClassFixture<OpenImServer>
{
    [Fact]
    public async Task What_is_older_is_gone()
    {
        var (alice, conversation) = await TalkAsync("old", "older");
        Server.Clock.Advance(TimeSpan.FromHours(1));
        var timestamp = Server.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Server.Clock.Advance(TimeSpan.FromHours(1));
        await alice.SayAsync(alice.TextTo(conversation.Split('_', 2)[1].Replace(alice.UserId, "", StringComparison.Ordinal).Trim('_'), "new"));

        (await App.AdminPostAsync("/msg/delete_msg_physical", new { conversationIDs = new[] { conversation, "si_never_said" }, timestamp })).Succeeded();

        Assert.Equal((string[])["", "", """{"content":"new"}"""], await LeftAsync(alice, conversation, 3));
        await alice.DisposeAsync();
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        (await App.AdminPostAsync("/msg/delete_msg_physical", new { timestamp = 1 })).Failed(1001, "ArgsError", "conversationIDs is empty");
        (await App.PostAsync("/msg/delete_msg_physical", new { conversationIDs = new[] { "x" } }, (await App.NewLoginAsync("mallory")).Token)).Failed(1002);
    }
}
