using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Groups;

public sealed class GetFullJoinGroupIDsTests(SharedServer server)
{
    [Fact]
    public async Task All_groups_of_a_user_come_with_the_version()
    {
        await using var alice = await server.Demo.NewClientAsync("alice");
        string[] groups = [await server.Demo.NewGroupAsync(alice.UserId, []), await server.Demo.NewGroupAsync(await server.Demo.NewUserAsync("bob"), [alice.UserId])];

        var data = (await alice.PostAsync("/group/get_full_join_group_ids", new { idHash = 0, userID = alice.UserId })).Succeeded().Data;

        Assert.Equal(groups.Order(), data.GetProperty("groupIDs").EnumerateArray().Select(g => g.GetString()!).Order());
        Assert.True(data.GetProperty("version").GetUInt64() >= 2);
        Assert.False(data.GetProperty("equal").GetBoolean());
    }

    [Fact]
    public async Task Other_users_are_refused() => (await server.Demo.PostAsync(
        "/group/get_full_join_group_ids", new { userID = await server.Demo.NewUserAsync("bob") }, (await server.Demo.NewLoginAsync("alice")).Token)).Failed(1002);
}
