using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Conversations;
using Dragoman.Storage.Sql.Streams;
using Dragoman.Storage.Sql.Topics;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Groups;

internal static class GroupChanges
{
    public static void Enter(ChangeTable table)
    {
        table.OnClaim<CreateGroup>((to, change) => GroupRows.Create(to.Db, change.Group) ? Condition.None : Condition.GroupExists);
        table.On<PutGroup>(Put);
        table.On<AddMembers>(Add);
        table.On<ChangeMembers>(Change);
        table.On<MarkMembers>(Mark);
        table.On<PutApplication>((to, change) => ApplicationRows.Put(to.Db, change.App, change.Application));
        table.On<PutBans>(static (to, change) =>
        {
            foreach (var ban in change.Bans) BanRows.Put(to.Db, change.App, ban);
        });
        table.On<RemoveBans>(static (to, change) =>
        {
            foreach (var user in change.Users) BanRows.Remove(to.Db, change.App, change.Group, user);
        });
        table.On<PutMemberAttributes>(static (to, change) => MemberAttributeRows.Put(to.Db, change));
        table.On<PutGroupFile>(static (to, change) => GroupFileRows.Put(to.Db, change.App, change.File));
        table.On<RemoveGroupFile>(static (to, change) => GroupFileRows.Remove(to.Db, change.App, change.Group, change.File));
        table.AfterEntries<RemoveMembers>(Remove);
    }

    private static void Put(WriteScope to, PutGroup change)
    {
        GroupRows.Put(to.Db, change.Group);
        var members = MembersOf(change.App, change.Group.Id);
        StreamRows.Advance(to.Db, members, change.Version);
        StreamRows.Note(to.Db, members, StreamElements.Whole, StreamState.Updated, change.Version);
        MemberStreamRows.BumpAndNote(
            to.Db, change.App, change.Group.Id, StreamKind.JoinedGroups, element: change.Group.Id.Value, StreamState.Updated);
    }

    private static void Add(WriteScope to, AddMembers change)
    {
        var key = ConversationKey.Group(change.App, change.Group);
        var conversation = to.IdOf(key);
        var first = change.HidesHistory ? to.HeadOf(key).Timeline + 1 : 0;
        var members = MembersOf(change.App, change.Group);
        StreamRows.Advance(to.Db, members, change.Version);
        foreach (var member in change.Members)
        {
            GroupRows.PutMember(to.Db, change.App, change.Group, member);
            StreamRows.Note(to.Db, members, member.User.Value, StreamState.Inserted, change.Version);
            StreamRows.BumpAndNote(to.Db, GroupsOf(change.App, member.User), change.Group.Value, StreamState.Inserted);
            ConversationRows.AddUser(to.Db, key, member.User, conversation, to.Now);
            if (first > 0) ConversationRows.BeginFor(to.Db, change.App, member.User, conversation, first);
        }
    }

    private static void Change(WriteScope to, ChangeMembers change)
    {
        var members = MembersOf(change.App, change.Group);
        StreamRows.Advance(to.Db, members, change.Version);
        foreach (var member in change.Members)
        {
            GroupRows.PutMember(to.Db, change.App, change.Group, member);
            StreamRows.Note(to.Db, members, member.User.Value, StreamState.Updated, change.Version);
        }

        if (change.ChangesOrder) StreamRows.Note(to.Db, members, StreamElements.Order, StreamState.Updated, change.Version);
    }

    private static void Mark(WriteScope to, MarkMembers change)
    {
        var key = ConversationKey.Group(change.App, change.Group);
        MemberStreamRows.Mention(to.Db, change.App, change.Group, to.IdOf(key), change.Mark);
        MemberStreamRows.BumpAndNote(to.Db, change.App, change.Group, StreamKind.Conversations, key.Element, StreamState.Updated);
    }

    private static void Remove(WriteScope to, RemoveMembers change)
    {
        var head = to.HeadOf(ConversationKey.Group(change.App, change.Group));
        var members = MembersOf(change.App, change.Group);
        StreamRows.Advance(to.Db, members, change.Version);
        foreach (var user in change.Users)
        {
            StreamRows.Note(to.Db, members, user.Value, StreamState.Deleted, change.Version);
            StreamRows.BumpAndNote(to.Db, GroupsOf(change.App, user), change.Group.Value, StreamState.Deleted);
            GroupRows.RemoveMember(to.Db, change.App, change.Group, user);
            MemberAttributeRows.Remove(to.Db, change.App, change.Group, user);
            ConversationRows.EndFor(to.Db, change.App, user, head);
            TopicRows.RemoveMember(to, change.App, change.Group, user);
        }
    }

    private static StreamKey MembersOf(AppId app, GroupId group) => new(app, StreamKind.GroupMembers, group.Value);

    private static StreamKey GroupsOf(AppId app, UserId user) => new(app, StreamKind.JoinedGroups, user.Value);
}
