using Dragoman.Engine.Accounts;
using Dragoman.Engine.Events;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;
using Dragoman.Engine.Sessions;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Relations;

public sealed class ProfileInFriendsTests : RelationTest
{
    [Fact]
    public async Task A_new_name_changes_every_list_that_one_is_on()
    {
        await ImportAsync(Alice, FriendSides.Own, Bob);
        await ImportAsync(Carol, FriendSides.Both, Bob);
        await RenameAsync(Bob, "Bobby");

        Assert.Equal([new StreamChange("bob", StreamState.Updated)], (await DeltaAsync(StreamKind.Friends, Alice, since: 1)).Changes!);
        Assert.Equal([new StreamChange("bob", StreamState.Updated)], (await DeltaAsync(StreamKind.Friends, Carol, since: 1)).Changes!);
        Assert.Equal(1, (await DeltaAsync(StreamKind.Friends, Bob)).Version);
    }

    [Fact]
    public async Task Only_who_is_online_is_told()
    {
        await ImportAsync(Alice, FriendSides.Own, Bob);
        await ImportAsync(Carol, FriendSides.Own, Bob);
        Engine.Sessions.Online[Carol] = [new SessionInfo(new SessionId(1), new DeviceSlot(new DialectId(9), 1), default)];
        await RenameAsync(Bob, "Bobby");

        var entry = Assert.Single(Told, e => e.Notice is FriendProfileChanged);
        Assert.Equal([Carol], Assert.IsType<Audience.Users>(entry.Audience).List);
        Assert.Equal((Bob, Bob), (entry.Sender, ((FriendProfileChanged)entry.Notice!).Friend));
    }

    [Fact]
    public async Task What_nobody_sees_touches_no_list()
    {
        await ImportAsync(Alice, FriendSides.Own, Bob);
        Value(await Engine.Get<UpdateProfile>().RunAsync(As("bob"), Bob, new ProfileChange(Receive: ReceiveOption.Silent, Nickname: "nick bob"), Ct));

        Assert.Equal(1, (await DeltaAsync(StreamKind.Friends, Alice)).Version);
    }

    [Theory]
    [InlineData(ProfileInFriends.ChunkSize)]
    [InlineData((2 * ProfileInFriends.ChunkSize) + 1)]
    public async Task However_many_lists_one_is_on_each_is_changed_once(int count)
    {
        var crowd = await CrowdAsync(count);
        var friendships = crowd.Select(owner => new Friendship { Owner = owner, Friend = Bob }).ToArray();
        Assert.Null(await Engine.Get<LogWriter>().CommitAsync(new WriteUnit([new AddFriendships(App, friendships)])));
        await RenameAsync(Bob, "Bobby");

        foreach (var owner in (UserId[])[crowd[0], crowd[count / 2], crowd[^1]])
        {
            var delta = await DeltaAsync(StreamKind.Friends, owner);
            Assert.Equal(2, delta.Version);
            Assert.Equal([new StreamChange("bob", StreamState.Updated)], delta.Changes!);
        }

        var owners = await Engine.Get<IFriendStore>().OwnersAsync(App, Bob, default, count + 1, Ct);
        Assert.Equal(count, owners.Count);
        foreach (var owner in owners) Assert.Equal(2, (await DeltaAsync(StreamKind.Friends, owner)).Version);
    }

    private async Task RenameAsync(UserId user, string name) =>
        Value(await Engine.Get<UpdateProfile>().RunAsync(As(user.Value), user, new ProfileChange(Nickname: name), Ct));
}
