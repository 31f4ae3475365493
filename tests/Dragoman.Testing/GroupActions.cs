using Dragoman.Engine;
using Dragoman.Engine.Groups;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Testing;

/// <summary>What people do in groups, in a few words.</summary>
public static class GroupActions
{
    private static CancellationToken Ct => CancellationToken.None;

    /// <summary>A group as the test shapes it; alice owns it when nobody else does.</summary>
    public static async Task<GroupId> GivenGroupAsync(
        this TestEngine engine, Func<Group, Group> shape, string[]? members = null, string[]? managers = null)
    {
        var group = shape(new Group { App = App, Id = new($"g{Guid.NewGuid():N}"), Owner = new("alice"), Creator = new("alice"), Name = "group" });
        (UserId, GroupRole)[] others =
        [
            .. (members ?? []).Select(m => (new UserId(m), GroupRole.Member)),
            .. (managers ?? []).Select(m => (new UserId(m), GroupRole.Manager)),
        ];
        return Value(await engine.CreateAsync(As(group.Owner.Value), group, others)).Group.Id;
    }

    public static async Task<Result<Roster>> CreateAsync(
        this TestEngine engine, Caller caller, Group group, params (UserId User, GroupRole Role)[] others) =>
        await engine.Get<CreateGroup>().RunAsync(caller, group, others, NoticeReach.Timeline, Ct);

    /// <summary>The group as the operations see it.</summary>
    public static async Task<Roster> RosterAsync(this TestEngine engine, GroupId group) =>
        (await engine.Get<RosterDirectory>().FindAsync(App, group, Ct))!;

    public static async Task<Member> MemberAsync(this TestEngine engine, GroupId group, string user) =>
        (await engine.RosterAsync(group)).Find(new(user))!;

    public static async Task<Result<Invited>> InviteAsync(this TestEngine engine, Caller caller, GroupId group, params string[] users) =>
        await engine.Get<InviteMembers>().RunAsync(caller, group, Ids(users), "come", NoticeReach.Timeline, Ct);

    public static async Task<Result<Roster>> KickAsync(this TestEngine engine, Caller caller, GroupId group, params string[] users) =>
        Whole(await engine.Get<KickMembers>().RunAsync(caller, group, Ids(users), "go", NoticeReach.Timeline, Ct));

    public static async Task<Result<Roster>> LeaveAsync(this TestEngine engine, Caller caller, GroupId group) =>
        await engine.Get<LeaveGroup>().RunAsync(caller, caller.User, group, Ct);

    public static async Task<Result<Roster>> JoinAsync(this TestEngine engine, Caller caller, GroupId group) =>
        await engine.Get<JoinGroup>().RunAsync(caller, caller.User, group, JoinSource.Search, Ct);

    public static async Task<Result<Roster>> ApplyAsync(this TestEngine engine, Caller caller, GroupId group, string message = "let me in") =>
        await engine.Get<ApplyToGroup>().RunAsync(caller, caller.User, group, message, JoinSource.Search, extra: "", Ct);

    public static async Task<Result<GroupApplication>> AnswerAsync(
        this TestEngine engine, Caller caller, GroupId group, string applicant, bool isAccepted = true) =>
        await engine.Get<AnswerApplication>().RunAsync(caller, group, new(applicant), isAccepted, "as you like", Ct);

    public static async Task<Result<Roster>> DismissAsync(
        this TestEngine engine, Caller caller, GroupId group, NoticeReach reach = NoticeReach.Timeline) =>
        await engine.Get<DismissGroup>().RunAsync(caller, group, reach, Ct);

    public static async Task<Result<Roster>> UpdateAsync(this TestEngine engine, Caller caller, GroupId group, GroupChange change) =>
        await engine.Get<UpdateGroup>().RunAsync(caller, group, change, Ct);

    public static async Task<Result<Roster>> UpdateAsync(this TestEngine engine, Caller caller, GroupId group, params MemberChange[] changes) =>
        await engine.Get<UpdateMembers>().RunAsync(caller, group, changes, Ct);

    public static async Task<Result<Roster>> TransferAsync(this TestEngine engine, Caller caller, GroupId group, string from, string to) =>
        await engine.Get<TransferGroup>().RunAsync(caller, group, new(from), new(to), Ct);

    /// <param name="until">Unix milliseconds; 0 ends the mute.</param>
    public static async Task<Result<Roster>> MuteAsync(this TestEngine engine, Caller caller, GroupId group, string user, long until = long.MaxValue) =>
        Whole(await engine.Get<MuteMembers>().RunAsync(caller, group, [new(user)], until, Ct));

    /// <param name="until">Unix milliseconds; 0 ends the mute.</param>
    public static async Task<Result<Roster>> MuteAsync(this TestEngine engine, Caller caller, GroupId group, long until = long.MaxValue) =>
        await engine.Get<MuteGroup>().RunAsync(caller, group, until, Ct);

    public static async Task<Result<Batch<Roster>>> BanAsync(this TestEngine engine, Caller caller, GroupId group, params string[] users) =>
        await engine.Get<BanMembers>().RunAsync(caller, group, Ids(users), long.MaxValue, "out", BatchMode.EachAlone, Ct);

    public static async Task<Result<GroupApplication>> AnswerInvitationAsync(
        this TestEngine engine, Caller caller, GroupId group, bool isAccepted = true) =>
        await engine.Get<AnswerInvitation>().RunAsync(caller, group, caller.User, isAccepted, "as I like", Ct);

    private static Result<Roster> Whole(Result<Batch<Roster>> result) => result.TryGet(out var batch, out var refusal) ? batch.Value : refusal;

    private static UserId[] Ids(string[] users) => [.. users.Select(user => new UserId(user))];
}
