using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Groups;

/// <summary>The routes that list and count applications.</summary>
public sealed class GroupApplicationListTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private static readonly object Page = new { pageNumber = 1, showNumber = 100 };
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task Owners_and_admins_see_what_waits_in_their_groups_newest_first()
    {
        var (owner, admin, member) = (await _app.NewLoginAsync("owner"), await _app.NewLoginAsync("admin"), await _app.NewLoginAsync("member"));
        var (one, other) = (await NewGroupAsync(owner.Id, admin.Id), await NewGroupAsync(owner.Id));
        var (first, second) = (await AppliedAsync(one), await AppliedAsync(other));

        var all = (await Received(owner)).Succeeded().Data;
        Assert.Equal(2, all.Number("total"));
        Assert.Equal([second.Id, first.Id], Applicants(all));
        Assert.Equal([one], (await Received(admin)).Succeeded().Data.Items("groupRequests").Select(r => r.GetProperty("groupInfo").Text("groupID")));
        var request = all.Items("groupRequests").First();
        Assert.Equal(("Nick " + second.Id, other, 0, "please"), (request.GetProperty("userInfo").Text("nickname"), request.GetProperty("groupInfo").Text("groupID"), request.Number("handleResult"), request.Text("reqMsg")));
        Assert.Equal(0, (await Received(member)).Succeeded().Data.Number("total"));
        Assert.Equal([first.Id], Applicants((await Received(owner, groups: [one])).Succeeded().Data));
    }

    [Fact]
    public async Task Lists_come_in_pages_and_by_result()
    {
        var owner = await _app.NewLoginAsync("owner");
        var group = await NewGroupAsync(owner.Id);
        var applicants = new List<(string Id, string Token)>();
        for (var i = 0; i < 3; i++) applicants.Add(await AppliedAsync(group));
        (await _app.PostAsync("/group/group_application_response", new { groupID = group, fromUserID = applicants[0].Id, handleResult = -1 }, owner.Token)).Succeeded();

        var page = (await Received(owner, page: new { pageNumber = 2, showNumber = 2 })).Succeeded().Data;
        Assert.Equal(3, page.Number("total"));
        Assert.Equal([applicants[0].Id], Applicants(page));
        Assert.Equal([applicants[0].Id], Applicants((await Received(owner, results: [-1])).Succeeded().Data));
        Assert.Equal([applicants[2].Id, applicants[1].Id], Applicants((await Received(owner, results: [0, 1])).Succeeded().Data));
        Assert.Equal(JsonValueKind.Null, (await Received(owner, page: new { pageNumber = 99, showNumber = 2 })).Succeeded().Data.GetProperty("groupRequests").ValueKind);
    }

    [Fact]
    public async Task Received_applications_are_refused_for_their_reasons()
    {
        var (owner, member) = (await _app.NewLoginAsync("owner"), await _app.NewLoginAsync("member"));
        var group = await _app.NewGroupAsync(owner.Id, [member.Id]);

        (await Received(owner, page: null, hasPage: false)).Failed(1001, "ArgsError", "pagination is empty");
        (await Received(owner, page: new { pageNumber = 0, showNumber = 1 })).Failed(1001, "ArgsError", "pageNumber is invalid");
        (await Received(owner, results: [7])).Failed(1001, "ArgsError");
        (await Received(owner, of: "")).Failed(1001, "ArgsError", "fromUserID is empty");
        (await Received(member, of: owner.Id)).Failed(1002, "NoPermissionError");
        (await Received(member, groups: [group])).Failed(1002, "NoPermissionError", "no group owner or admin");
        (await Received(member, groups: ["no_such_group"])).Failed(1002, "NoPermissionError");
        Assert.Equal(0, (await _app.AdminPostAsync("/group/get_recv_group_applicationList", new { fromUserID = OpenImAppClient.Admin, pagination = Page, groupIDs = new[] { "no_such_group" } })).Succeeded().Data.Number("total"));
    }

    [Fact]
    public async Task Everybody_sees_what_he_has_applied_for_and_nobody_else_does()
    {
        var owner = await _app.NewLoginAsync("owner");
        var group = await NewGroupAsync(owner.Id);
        var applicant = await AppliedAsync(group);

        var own = (await Own(applicant)).Succeeded().Data;
        Assert.Equal((1, group), (own.Number("total"), own.Items("groupRequests").Single().GetProperty("groupInfo").Text("groupID")));
        Assert.Equal(applicant.Id, own.Items("groupRequests").Single().GetProperty("userInfo").Text("userID"));
        Assert.Equal(1, (await Own(applicant, groups: [group])).Succeeded().Data.Number("total"));
        Assert.Equal(0, (await Own(applicant, groups: ["another"])).Succeeded().Data.Number("total"));
        Assert.Equal(0, (await Own(applicant, results: [1])).Succeeded().Data.Number("total"));
        (await Own(owner, of: applicant.Id)).Failed(1002, "NoPermissionError");
        (await Own(owner, of: "")).Failed(1001, "ArgsError", "userID is empty");
    }

    [Fact]
    public async Task Applications_of_named_people_are_for_owner_and_admins()
    {
        var (owner, member) = (await _app.NewLoginAsync("owner"), await _app.NewLoginAsync("member"));
        var group = await _app.NewGroupAsync(owner.Id, [member.Id], needVerification: 0);
        var applicant = await AppliedAsync(group);
        Task<ApiReply> Named(string token, string id, params string[] users) =>
            _app.PostAsync("/group/get_group_users_req_application_list", new { groupID = id, userIDs = users }, token);
        Task<ApiReply> One(string token, string user) =>
            _app.PostAsync("/group/get_specified_user_group_request_info", new { groupID = group, userID = user }, token);

        var named = (await Named(owner.Token, group, applicant.Id, "nobody")).Succeeded().Data;
        Assert.Equal(1, named.Number("total"));
        Assert.Equal([applicant.Id], Applicants(named));
        Assert.Equal([applicant.Id], Applicants((await One(owner.Token, applicant.Id)).Succeeded().Data));
        Assert.Equal([applicant.Id], Applicants((await One(applicant.Token, applicant.Id)).Succeeded().Data));
        Assert.Equal(0, (await One(owner.Token, member.Id)).Succeeded().Data.Number("total"));
        (await Named(member.Token, group, applicant.Id)).Failed(1002, "NoPermissionError");
        (await One(member.Token, applicant.Id)).Failed(1002, "NoPermissionError");
        (await Named(owner.Token, "", applicant.Id)).Failed(1001, "ArgsError", "groupID is empty");
        (await Named(owner.Token, group)).Failed(1001, "ArgsError", "userIDs is empty");
        (await One(owner.Token, "")).Failed(1001, "ArgsError", "userID is empty");
    }

    [Fact]
    public async Task What_waits_is_counted_since_a_time()
    {
        var owner = await _app.NewLoginAsync("owner");
        var group = await NewGroupAsync(owner.Id);
        var first = await AppliedAsync(group);
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        var since = server.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        await AppliedAsync(group);
        async Task<int> Count(long time) => (await _app.PostAsync("/group/get_group_application_unhandled_count", new { userID = owner.Id, time }, owner.Token)).Succeeded().Data.Number("count");

        Assert.Equal((2, 1), (await Count(0), await Count(since)));
        (await _app.PostAsync("/group/group_application_response", new { groupID = group, fromUserID = first.Id, handleResult = 1 }, owner.Token)).Succeeded();
        Assert.Equal(1, await Count(0));
        (await _app.PostAsync("/group/get_group_application_unhandled_count", new { userID = owner.Id }, first.Token)).Failed(1002, "NoPermissionError");
        (await _app.PostAsync("/group/get_group_application_unhandled_count", new { }, first.Token)).Failed(1001, "ArgsError", "userID is empty");
    }

    private Task<string> NewGroupAsync(string owner, params string[] admins) => _app.NewGroupAsync(owner, [], admins, needVerification: 0);

    private async Task<(string Id, string Token)> AppliedAsync(string group)
    {
        var applicant = await _app.NewLoginAsync("guest");
        (await _app.PostAsync("/group/join_group", new { groupID = group, reqMessage = "please", joinSource = 3, inviterUserID = applicant.Id }, applicant.Token)).Succeeded();
        return applicant;
    }

    private Task<ApiReply> Received(
        (string Id, string Token) by, string? of = null, string[]? groups = null, int[]? results = null, object? page = null, bool hasPage = true) =>
        _app.PostAsync(
            "/group/get_recv_group_applicationList",
            new { fromUserID = of ?? by.Id, groupIDs = groups, handleResults = results, pagination = hasPage ? page ?? Page : null },
            by.Token);

    private Task<ApiReply> Own((string Id, string Token) by, string? of = null, string[]? groups = null, int[]? results = null) =>
        _app.PostAsync(
            "/group/get_user_req_group_applicationList", new { userID = of ?? by.Id, groupIDs = groups, handleResults = results, pagination = Page }, by.Token);

    private static string[] Applicants(JsonElement data) => [.. data.Items("groupRequests").Select(r => r.GetProperty("userInfo").Text("userID"))];
}
