using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

public abstract class ApplicationSuite(TestStorage storage) : StorageSuite(storage)
{
    private static readonly ApplicationFilter All = new([], 0, 100);

    private IGroupApplicationStore Store => Get<IGroupApplicationStore>();

    [Fact]
    public async Task An_application_comes_back_as_it_was_written_and_a_new_one_takes_its_place()
    {
        var application = new GroupApplication
        {
            Group = new("g"),
            Applicant = Bob,
            Inviter = "alice",
            Message = "m",
            Extra = "e",
            Source = JoinSource.Invitation,
            RequestedAt = 5,
            State = ApplicationState.Refused,
            Handler = "carol",
            Answer = "a",
            HandledAt = 6,
        };
        await WriteAsync(new PutApplication(App, application));
        Assert.Equal(application, await Store.FindAsync(App, new("g"), Bob, Ct));

        var again = NewApplication("g", "bob", at: 7);
        await WriteAsync(new PutApplication(App, again));
        Assert.Equal(again, await Store.FindAsync(App, new("g"), Bob, Ct));
        Assert.Null(await Store.FindAsync(App, new("other"), Bob, Ct));
        Assert.Null(await Store.FindAsync(new AppId(2), new("g"), Bob, Ct));
    }

    [Fact]
    public async Task Lists_are_newest_first_by_group_by_applicant_and_by_state()
    {
        await WriteAsync(
            new PutApplication(App, NewApplication("g1", "bob", 1)),
            new PutApplication(App, NewApplication("g2", "bob", 2) with { State = ApplicationState.Accepted }),
            new PutApplication(App, NewApplication("g1", "carol", 3) with { State = ApplicationState.Refused }),
            new PutApplication(App, NewApplication("g3", "bob", 4)),
            new PutApplication(new AppId(2), NewApplication("g1", "bob", 5)));

        Assert.Equal(["g1 carol", "g2 bob", "g1 bob"], Names(await Store.ListOfGroupsAsync(App, Groups("g1", "g2", "none"), All, Ct)));
        Assert.Equal(["g3 bob", "g2 bob", "g1 bob"], Names(await Store.ListOfApplicantAsync(App, Bob, [], All, Ct)));
        Assert.Equal(["g3 bob"], Names(await Store.ListOfApplicantAsync(App, Bob, Groups("g3"), All, Ct)));
        var filter = new ApplicationFilter([ApplicationState.Accepted, ApplicationState.Refused], 0, 100);
        Assert.Equal(["g1 carol", "g2 bob"], Names(await Store.ListOfGroupsAsync(App, Groups("g1", "g2", "g3"), filter, Ct)));
        var page = await Store.ListOfGroupsAsync(App, Groups("g1", "g2", "g3"), new([], Skip: 1, Take: 2), Ct);
        Assert.Equal(4, page.Total);
        Assert.Equal(["g1 carol", "g2 bob"], Names(page));
    }

    [Fact]
    public async Task A_list_takes_as_many_groups_as_an_operation_does()
    {
        string[] ids = [.. Enumerable.Range(0, 1_000).Select(i => $"g{i}")];
        await WriteAsync([.. ids.Select(id => new PutApplication(App, NewApplication(id, "bob", 1)))]);

        Assert.Equal(1_000, (await Store.ListOfGroupsAsync(App, Groups(ids), All, Ct)).Total);
        Assert.Equal(999, (await Store.ListOfGroupsAsync(App, Groups(ids[1..]), All, Ct)).Total);
    }

    [Fact]
    public async Task What_waits_is_counted_where_somebody_manages()
    {
        foreach (var (id, role) in new[] { ("g1", GroupRole.Owner), ("g2", GroupRole.Manager), ("g3", GroupRole.Member) })
            await WriteAsync(new CreateGroup(App, NewGroup(id)), new AddMembers(App, new(id), [NewMember("alice", role)], 1, HidesHistory: false));
        await WriteAsync(
            new PutApplication(App, NewApplication("g1", "bob", 10)),
            new PutApplication(App, NewApplication("g2", "bob", 20)),
            new PutApplication(App, NewApplication("g2", "carol", 30) with { State = ApplicationState.Accepted }),
            new PutApplication(App, NewApplication("g3", "bob", 40)));

        Assert.Equal((2, 1, 0), (await Store.CountPendingAsync(App, Alice, 10, Ct), await Store.CountPendingAsync(App, Alice, 11, Ct), await Store.CountPendingAsync(App, Alice, 21, Ct)));
        Assert.Equal([new GroupId("g1"), new GroupId("g2")], await Get<IGroupStore>().ListOfAsync(App, Alice, GroupRole.Manager, Ct));
        Assert.Equal(0, await Store.CountPendingAsync(App, Bob, 0, Ct));
    }

    private static GroupApplication NewApplication(string group, string applicant, long at) =>
        new() { Group = new(group), Applicant = new(applicant), Message = "please", RequestedAt = at };

    private static GroupId[] Groups(params string[] ids) => [.. ids.Select(id => new GroupId(id))];

    private static IEnumerable<string> Names(ApplicationPage page) => page.Items.Select(a => $"{a.Group} {a.Applicant}");
}
