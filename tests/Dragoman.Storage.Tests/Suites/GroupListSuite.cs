using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

/// <summary>What groups keep besides their members: bans, attributes, files; and the lists of groups.</summary>
public abstract class GroupListSuite(TestStorage storage) : StorageSuite(storage)
{
    private static readonly GroupId G = new("g");

    [Fact]
    public async Task Bans_are_replaced_end_and_are_removed()
    {
        var bans = Get<IGroupBanStore>();
        await WriteAsync(new PutBans(App, G, [Ban("alice", until: 100, at: 1), Ban("bob", until: 50, at: 2)]));
        await WriteAsync(new PutBans(App, G, [Ban("alice", until: 200, at: 3) with { Reason = "r", Operator = "o" }]));

        Assert.Equal([Ban("alice", 200, 3) with { Reason = "r", Operator = "o" }, Ban("bob", 50, 2)], await bans.ListAsync(App, G, now: 49, Ct));
        Assert.Equal(Bob, await bans.FindBannedAsync(App, G, [new("carol"), Bob, Alice], now: 49, Ct));
        Assert.Equal(Alice, await bans.FindBannedAsync(App, G, [Bob, Alice], now: 50, Ct));
        Assert.Null(await bans.FindBannedAsync(App, new("other"), [Alice], 0, Ct));
        Assert.Null(await bans.FindBannedAsync(new AppId(2), G, [Alice], 0, Ct));
        await WriteAsync(new RemoveBans(App, G, [Alice]));
        Assert.Empty(await bans.ListAsync(App, G, now: 50, Ct));
    }

    [Fact]
    public async Task Attributes_are_set_taken_away_and_gone_with_the_member()
    {
        var store = Get<IMemberAttributeStore>();
        await WriteAsync(new CreateGroup(App, NewGroup()), new AddMembers(App, G, [NewMember("alice"), NewMember("bob")], 1, HidesHistory: false));
        await WriteAsync(new PutMemberAttributes(App, G, Alice, new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }));
        await WriteAsync(new PutMemberAttributes(App, G, Alice, new Dictionary<string, string> { ["a"] = "", ["b"] = "3", ["c"] = "4" }));

        var found = await store.FindAsync(App, G, [Alice, Bob], Ct);
        Assert.Equal([Alice], found.Keys);
        Assert.Equal([("b", "3"), ("c", "4")], found[Alice].Select(pair => (pair.Key, pair.Value)));
        Assert.Empty(await store.FindAsync(new AppId(2), G, [Alice], Ct));
        await WriteAsync(new RemoveMembers(App, G, [Alice], 2));
        Assert.Empty(await store.FindAsync(App, G, [Alice], Ct));
    }

    [Fact]
    public async Task Files_on_the_shelf_are_listed_newest_first_in_pages()
    {
        var store = Get<IGroupFileStore>();
        for (var i = 1; i <= 3; i++) await WriteAsync(new PutGroupFile(App, File(i)));
        await WriteAsync(new PutGroupFile(App, File(1) with { Name = "again" }));

        Assert.Equal([File(2), File(1)], await store.PageAsync(App, G, skip: 1, take: 5, Ct));
        Assert.Equal(File(3), await store.FindAsync(App, G, new("f3"), Ct));
        Assert.Null(await store.FindAsync(App, new("other"), new("f3"), Ct));
        await WriteAsync(new RemoveGroupFile(App, G, new("f3")));
        Assert.Equal((2, 0), (await store.CountAsync(App, G, Ct), await store.CountAsync(new AppId(2), G, Ct)));
    }

    [Fact]
    public async Task Living_groups_come_in_pages_newest_first_and_listed_ones_alone()
    {
        await WriteAsync(new CreateGroup(App, NewGroup("g1") with { IsListed = true }));
        await WriteAsync(new CreateGroup(App, NewGroup("g2")));
        await WriteAsync(new CreateGroup(App, NewGroup("g3") with { IsListed = true, State = GroupState.Dismissed }));
        await WriteAsync(new CreateGroup(App, NewGroup("g4") with { IsListed = true }));
        var groups = Get<IGroupStore>();
        var newest = (await groups.FindRosterAsync(App, new("g4"), Ct))!.Group.Number;

        Assert.Equal(["g4", "g2", "g1"], (await groups.PageAsync(App, before: 0, 10, listed: false, Ct)).Select(g => g.Value));
        Assert.Equal(["g4", "g1"], (await groups.PageAsync(App, before: 0, 10, listed: true, Ct)).Select(g => g.Value));
        Assert.Equal(["g2"], (await groups.PageAsync(App, newest, 1, listed: false, Ct)).Select(g => g.Value));
        Assert.Equal((3, 0), (await groups.CountLivingAsync(App, Ct), await groups.CountLivingAsync(new AppId(2), Ct)));
    }

    [Fact]
    public async Task A_users_groups_come_in_pages_the_last_entered_first()
    {
        foreach (var (id, at) in new[] { ("g1", 3), ("g2", 1), ("g3", 2) })
            await WriteAsync(new CreateGroup(App, NewGroup(id)), new AddMembers(App, new(id), [NewMember("bob") with { JoinedAt = at }], 1, HidesHistory: false));

        var page = await Get<IGroupStore>().PageOfAsync(App, Bob, skip: 1, take: 5, Ct);
        Assert.Equal(3, page.Total);
        Assert.Equal(["g3", "g2"], page.Items.Select(g => g.Value));
    }

    [Fact]
    public async Task The_roster_knows_who_refuses_messages()
    {
        var talk = ConversationKey.Group(App, G);
        await WriteAsync(new CreateGroup(App, NewGroup()), new AddMembers(App, G, [NewMember("alice"), NewMember("bob")], 1, HidesHistory: false));
        Assert.Null((await Get<IGroupStore>().FindRosterAsync(App, G, Ct))!.Refusing);

        var state = (await Get<IUserConversationStore>().FindAsync(Bob, talk, Ct))!;
        await WriteAsync(new PutUserConversation(App, state with { Receive = ReceiveOption.Refuse }));

        Assert.Equal([Bob], (await Get<IGroupStore>().FindRosterAsync(App, G, Ct))!.Refusing!);
    }

    [Fact]
    public async Task What_an_invitee_has_to_answer_is_in_no_list()
    {
        var store = Get<IGroupApplicationStore>();
        var asked = new GroupApplication { Group = G, Applicant = Bob, Kind = ApplicationKind.InviteeAsked, Inviter = "alice", RequestedAt = 1 };
        await WriteAsync(new PutApplication(App, asked), new PutApplication(App, asked with { Applicant = Alice, Kind = ApplicationKind.InvitedByMember }));

        Assert.Equal(asked, await store.FindAsync(App, G, Bob, Ct));
        Assert.Equal([Alice], (await store.ListOfGroupsAsync(App, [G], new([], 0, 10), Ct)).Items.Select(a => a.Applicant));
        Assert.Equal(0, (await store.ListOfApplicantAsync(App, Bob, [], new([], 0, 10), Ct)).Total);
    }

    private static GroupBan Ban(string user, long until, long at) => new() { Group = G, User = new(user), Until = until, BannedAt = at };

    private static GroupFile File(int number) => new()
    {
        Group = G,
        Id = new($"f{number}"),
        Stored = $"s{number}",
        Name = $"n{number}",
        Size = number,
        Owner = Bob,
        SharedAt = number,
    };
}
