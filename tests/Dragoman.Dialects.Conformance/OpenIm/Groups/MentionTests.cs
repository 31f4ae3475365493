using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Protos;
using Google.Protobuf;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Groups;

/// <summary>Section 10.1, step 8: who is mentioned finds it on his list of conversations, and is told that the list has changed.</summary>
public sealed class MentionTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private const int AtText = 106, ConversationChanged = 1300, Me = 1, Everybody = 2;
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task Who_is_named_gets_1300_and_groupAtType_1_and_nobody_else_does()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var named = await _app.NewClientAsync("named");
        await using var other = await _app.NewClientAsync("other");
        var group = await _app.NewGroupAsync(owner.UserId, [named.UserId, other.UserId]);
        var before = await IncrementalAsync(named, "", 0);

        await owner.SayAsync(Mention(owner, group, named.UserId));

        await named.PushAsync(p => p.Message.ContentType == ConversationChanged && p.Tips().Ids("conversationIDList").Contains($"sg_{group}"), "1300");
        var changed = await IncrementalAsync(named, before.Text("versionID"), before.GetProperty("version").GetUInt64());
        Assert.Equal([($"sg_{group}", Me)], changed.Items("update").Select(c => (c.Text("conversationID"), c.Number("groupAtType"))));
        Assert.Equal(0, await AtTypeAsync(other, group));
        Assert.Equal(0, await AtTypeAsync(owner, group));
    }

    [Fact]
    public async Task Who_is_meant_with_everybody_gets_1300_and_groupAtType_2()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId]);

        await owner.SayAsync(Mention(owner, group, "AtAllTag"));

        await member.PushAsync(p => p.Message.ContentType == ConversationChanged && p.Tips().Ids("conversationIDList").Contains($"sg_{group}"), "1300");
        Assert.Equal(Everybody, await AtTypeAsync(member, group));
    }

    private static MsgData Mention(OpenImClient speaker, string group, string user)
    {
        var message = speaker.TextToGroup(group, "");
        message.ContentType = AtText;
        message.Content = ByteString.CopyFromUtf8($$"""{"text":"look","atUserList":["{{user}}"]}""");
        message.AtUserIDList.Add(user);
        return message;
    }

    private static async Task<System.Text.Json.JsonElement> IncrementalAsync(OpenImClient user, string versionId, ulong version) =>
        (await user.PostAsync("/conversation/get_incremental_conversations", new { userID = user.UserId, versionID = versionId, version })).Succeeded().Data;

    private static async Task<int> AtTypeAsync(OpenImClient user, string group)
    {
        var reply = (await user.PostAsync("/conversation/get_conversation", new { ownerUserID = user.UserId, conversationID = $"sg_{group}" })).Succeeded().Data;
        return reply.GetProperty("conversation").Number("groupAtType");
    }
}
