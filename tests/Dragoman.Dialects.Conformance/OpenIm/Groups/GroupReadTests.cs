using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Groups;

/// <summary><c>get_group_abstract_info</c>, <c>get_groups</c>, <c>get_group_member_user_id</c> and <c>get_group_member_list</c>.</summary>
public sealed class GroupReadTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task An_administrator_who_asks_for_an_unknown_group_gets_1201() =>
        (await _app.AdminPostAsync("/group/get_group_abstract_info", new { groupIDs = new[] { "none" } })).Failed(1201, "GroupIDNotFoundError", "none");

    [Fact]
    public async Task A_user_who_asks_for_it_gets_1002()
    {
        var ((_, token), group) = (await _app.NewLoginAsync("stranger"), await _app.NewGroupAsync(await _app.NewUserAsync("owner"), []));

        (await _app.PostAsync("/group/get_group_abstract_info", new { groupIDs = new[] { "none" } }, token)).Failed(1002, "NoPermissionError");
        (await _app.PostAsync("/group/get_group_abstract_info", new { groupIDs = new[] { group } }, token)).Failed(1002, "NoPermissionError");
    }

    [Fact]
    public async Task The_fingerprint_is_that_of_the_members()
    {
        var (owner, member) = (await _app.NewLoginAsync("owner"), await _app.NewUserAsync("member"));
        var group = await _app.NewGroupAsync(owner.Id, [member]);
        async Task<(int Number, ulong Hash)> Abstract()
        {
            var info = (await _app.PostAsync("/group/get_group_abstract_info", new { groupIDs = new[] { group } }, owner.Token)).Succeeded().Data.Items("groupAbstractInfos").Single();
            Assert.Equal(group, info.Text("groupID"));
            return (info.Number("groupMemberNumber"), info.GetProperty("groupMemberListHash").GetUInt64());
        }

        var before = await Abstract();
        (await _app.AdminPostAsync("/group/kick_group", new { groupID = group, kickedUserIDs = new[] { member } })).Succeeded();
        var between = await Abstract();
        (await _app.AdminPostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = new[] { member } })).Succeeded();

        Assert.Equal((2, 1), (before.Number, between.Number));
        Assert.NotEqual(before.Hash, between.Hash);
        Assert.Equal(before, await Abstract());
    }

    [Fact]
    public async Task Abstracts_are_refused_for_their_reasons()
    {
        (await _app.AdminPostAsync("/group/get_group_abstract_info", new { })).Failed(1001, "ArgsError", "GroupID is empty");
        (await _app.AdminPostAsync("/group/get_group_abstract_info", new { groupIDs = Array.Empty<string>() })).Failed(1001, "ArgsError", "groupIDs empty");
        (await _app.AdminPostAsync("/group/get_group_abstract_info", new { groupIDs = new[] { "a", "a" } })).Failed(1001, "ArgsError");
        (await _app.AdminPostAsync("/group/get_group_abstract_info", new { groupIDs = Enumerable.Range(0, 1001).Select(i => $"g{i}") })).Failed(1001, "ArgsError");
    }

    [Fact]
    public async Task Administrators_find_groups_by_id_and_by_a_part_of_the_name()
    {
        var owner = await _app.NewUserAsync("owner");
        var stem = OpenImAppClient.Unique("stem");
        var (first, second) = (await CreateAsync($"{stem} one"), await CreateAsync($"{stem} two"));
        async Task<string> CreateAsync(string groupName) => (await _app.AdminPostAsync("/group/create_group", new { ownerUserID = owner, groupInfo = new { groupName, groupType = 2 } }))
            .Succeeded().Data.GetProperty("groupInfo").Text("groupID");
        Task<ApiReply> Find(string? id = null, string? name = null, int page = 1, int size = 10) =>
            _app.AdminPostAsync("/group/get_groups", new { pagination = new { pageNumber = page, showNumber = size }, groupID = id, groupName = name });

        var byId = (await Find(id: first)).Succeeded().Data;
        var found = byId.Items("groups").Single();
        Assert.Equal((1, first, owner, "Nick " + owner), (byId.Number("total"), found.GetProperty("groupInfo").Text("groupID"), found.Text("groupOwnerUserID"), found.Text("groupOwnerUserName")));
        var byName = (await Find(name: stem, page: 2, size: 1)).Succeeded().Data;
        Assert.Equal((2, first), (byName.Number("total"), byName.Items("groups").Single().GetProperty("groupInfo").Text("groupID")));
        Assert.Equal(second, (await Find(name: $"{stem} t")).Data.Items("groups").Single().GetProperty("groupInfo").Text("groupID"));
        Assert.Equal(0, (await Find(name: $"{stem}%")).Succeeded().Data.Number("total"));
        Assert.Equal(0, (await Find(id: "none")).Succeeded().Data.Number("total"));
        (await _app.AdminPostAsync("/group/get_groups", new { })).Failed(1001, "ArgsError", "pagination is empty");
        var (_, token) = await _app.NewLoginAsync("user");
        (await _app.PostAsync("/group/get_groups", new { pagination = new { pageNumber = 1, showNumber = 1 } }, token)).Failed(1002, "NoPermissionError");
    }

    [Fact]
    public async Task The_ids_of_members_are_for_members_and_administrators()
    {
        var (owner, stranger) = (await _app.NewLoginAsync("owner"), await _app.NewLoginAsync("stranger"));
        var group = await _app.NewGroupAsync(owner.Id, []);
        Task<ApiReply> Ids(string id, string token) => _app.PostAsync("/group/get_group_member_user_id", new { groupID = id }, token);

        Assert.Equal([owner.Id], (await Ids(group, owner.Token)).Succeeded().Data.Ids("userIDs"));
        (await Ids(group, stranger.Token)).Failed(1002, "NoPermissionError");
        (await Ids("", owner.Token)).Failed(1001, "ArgsError", "groupID is empty");
        (await Ids("none", stranger.Token)).Failed(1002, "NoPermissionError");
        (await _app.AdminPostAsync("/group/get_group_member_user_id", new { groupID = "none" })).Failed(1004, "RecordNotFoundError");
    }

    [Fact]
    public async Task Members_are_filtered_by_rank_and_by_a_part_of_name_or_id()
    {
        var (owner, admin, member) = (await _app.NewUserAsync("owner"), await _app.NewUserAsync("admin"), await _app.NewUserAsync("member"));
        var group = await _app.NewGroupAsync(owner, [member], [admin]);
        (await _app.AdminPostAsync("/group/set_group_member_info", new { members = new[] { new { groupID = group, userID = member, nickname = "Zed" } } })).Succeeded();
        async Task<string[]> List(int filter, string keyword = "", int page = 1, int size = 10)
        {
            var data = (await _app.AdminPostAsync("/group/get_group_member_list", new { groupID = group, filter, keyword, pagination = new { pageNumber = page, showNumber = size } })).Succeeded().Data;
            return [.. data.Items("members").Select(m => m.Text("userID"))];
        }

        Assert.Equal([owner, admin, member], await List(0));
        Assert.Equal([owner], await List(1));
        Assert.Equal([admin], await List(2));
        Assert.Equal([member], await List(3));
        Assert.Equal([admin, member], await List(4));
        Assert.Equal([owner, admin], await List(5));
        Assert.Equal([member], await List(0, "zed"));
        Assert.Equal([admin], await List(0, admin));
        Assert.Equal([member], await List(0, page: 2, size: 2));
        (await _app.AdminPostAsync("/group/get_group_member_list", new { groupID = group, filter = 6, pagination = new { pageNumber = 1, showNumber = 1 } })).Failed(1001);
    }

    [Fact]
    public async Task A_thousand_founders_are_enough()
    {
        var ids = Enumerable.Range(0, 1000).Select(i => $"u{i}").ToArray();
        Task<ApiReply> Create(int members) => _app.AdminPostAsync("/group/create_group", new { ownerUserID = "nobody", memberUserIDs = ids.Take(members), groupInfo = new { groupType = 2 } });

        (await Create(999)).Failed(1101, "UserIDNotFoundError");
        (await Create(1000)).Failed(1001, "ArgsError", "too many members");
    }
}
