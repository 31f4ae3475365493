using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sqlite.Accounts;
using Dragoman.Storage.Sqlite.Conversations;
using Dragoman.Storage.Sqlite.Groups;
using Dragoman.Storage.Sqlite.Native;
using Dragoman.Storage.Sqlite.Streams;

namespace Dragoman.Storage.Sqlite.Entries;

/// <summary>Writes batches: one transaction, one fsync, on the log writer's thread.</summary>
internal sealed class SqliteCommitStore(SqliteFile file, MessageIds ids, TimeProvider clock) : ICommitStore
{
    private readonly SqliteDb _db = file.Writer;
    private readonly LogHeads _heads = new(file.Writer);
    private long _lastSentAt;

    public ValueTask CommitAsync(IReadOnlyList<WriteUnit> units, CancellationToken ct)
    {
        // Times never run backwards inside a log, whatever the clock does.
        _lastSentAt = Math.Max(_lastSentAt, clock.GetUtcNow().ToUnixTimeMilliseconds());
        _db.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (var unit in units)
            {
                if (unit.Changes.Count == 0) Append(unit.Entries);
                else WriteAtomically(unit);
            }

            _db.Execute("COMMIT");
        }
        catch
        {
            _heads.Forget();
            _db.Execute("ROLLBACK");
            throw;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<JournalMemory> RecallAsync(int count, CancellationToken ct)
    {
        var last = _db.Prepare("SELECT coalesce(max(id), 0) FROM entries");
        last.Step();
        var lastId = new MessageId(last.Int64(0));
        last.Reset();
        if (lastId.Value > 0) ids.StartAfter(lastId);

        var rows = _db.Prepare(
            """
            SELECT e.log / 2, e.sender, e.client_key, e.id, e.seq, e.sent_at
            FROM entries e WHERE e.client_key <> x'' ORDER BY e.id DESC LIMIT ?
            """).Bind(count);
        var apps = AppsOfConversations();
        var recent = new List<RememberedSend>();
        while (rows.Step())
        {
            var sent = new SentMessage(new(rows.Int64(3)), rows.Int64(4), rows.Int64(5), IsRepeat: false);
            recent.Add(new(DedupKey.Of(apps[rows.Int64(0)], rows.Utf8(1), rows.Span(2)), sent));
        }

        return new(new JournalMemory(lastId, recent));
    }

    private Dictionary<long, AppId> AppsOfConversations()
    {
        var rows = _db.Prepare("SELECT id, app FROM conversations");
        var apps = new Dictionary<long, AppId>();
        while (rows.Step()) apps.Add(rows.Int64(0), new AppId(rows.Int32(1)));
        return apps;
    }

    private void WriteAtomically(WriteUnit unit)
    {
        _db.Execute("SAVEPOINT unit");
        unit.Conflict = ApplyAll(unit);
        if (unit.Conflict == Condition.None)
        {
            Append(unit.Entries);
            foreach (var change in unit.Changes) ApplyLast(change);
        }
        else
        {
            // A conversation may have been created and counted on before the collision showed.
            _heads.Forget();
            _db.Execute("ROLLBACK TO unit");
        }

        _db.Execute("RELEASE unit");
    }

    private void Append(Entry[] entries)
    {
        foreach (var entry in entries)
        {
            var (log, sequence) = _heads.Of(entry.Conversation, _lastSentAt).Next(entry.Channel);
            entry.Place(sequence, ids.Next(), _lastSentAt);
            EntryRows.Insert(_db, entry, log);
        }
    }

    private Condition ApplyAll(WriteUnit unit)
    {
        foreach (var change in unit.Changes)
        {
            var conflict = Apply(change);
            if (conflict != Condition.None) return conflict;
        }

        return Condition.None;
    }

    private Condition Apply(StoreChange change)
    {
        switch (change)
        {
            case CreateAccount create:
                return AccountRows.Create(_db, create.Account) ? Condition.None : Condition.AccountExists;
            case CreateGroup create:
                return GroupRows.Create(_db, create.Group) ? Condition.None : Condition.GroupExists;
            case PutAccount put:
                AccountRows.Put(_db, put.Account);
                break;
            case PutGrant put:
                AccountRows.Put(_db, put.App, put.Grant);
                break;
            case RemoveGrants remove:
                AccountRows.Remove(_db, remove);
                break;
            case PutGroup put:
                PutGroup(put);
                break;
            case PutMembers put:
                PutMembers(put);
                break;
            case PutUserConversation put:
                ConversationRows.Put(_db, put.State, HeadOf(put.State.Conversation).Id);
                break;
            case AdvanceRead advance:
                ConversationRows.AdvanceRead(_db, advance.App, advance.User, HeadOf(advance.Conversation).Id, advance.ReadSequence);
                break;
            case MarkMentioned mark:
                foreach (var user in mark.Users) ConversationRows.Mention(_db, mark.App, user, HeadOf(mark.Conversation).Id, mark.Mark);
                break;
            case MarkRecalled mark:
                EntryRows.MarkRecalled(_db, HeadOf(mark.Conversation).Id * 2, mark.Sequence, mark.Mark);
                break;
            case HideEntries hide:
                EntryRows.Hide(_db, hide.App, hide.User, HeadOf(hide.Conversation).Id, hide.Sequences);
                break;
            case EraseEntries erase:
                EntryRows.Erase(_db, HeadOf(erase.Conversation).Id * 2, erase.Sequences);
                break;
            case RemoveMembers:
                break; // After the entries.
            default:
                throw new InvalidOperationException($"{change.GetType().Name} has no SQL.");
        }

        return Condition.None;
    }

    private void ApplyLast(StoreChange change)
    {
        if (change is not RemoveMembers remove) return;

        var head = HeadOf(ConversationKey.Group(remove.App, remove.Group));
        var members = new StreamKey(remove.App, StreamKind.GroupMembers, remove.Group.Value);
        StreamRows.Advance(_db, members, remove.Version);
        foreach (var user in remove.Users)
        {
            StreamRows.Note(_db, members, user.Value, StreamState.Deleted, remove.Version);
            StreamRows.BumpAndNote(_db, GroupsOf(remove.App, user), remove.Group.Value, StreamState.Deleted);
            GroupRows.RemoveMember(_db, remove.App, remove.Group, user);
            ConversationRows.EndFor(_db, remove.App, user, head.Id, head.Timeline);
        }
    }

    private void PutMembers(PutMembers put)
    {
        var head = HeadOf(ConversationKey.Group(put.App, put.Group));
        var members = new StreamKey(put.App, StreamKind.GroupMembers, put.Group.Value);
        StreamRows.Advance(_db, members, put.Version);
        foreach (var member in put.Members)
        {
            GroupRows.PutMember(_db, put.App, put.Group, member);
            StreamRows.Note(_db, members, member.User.Value, StreamState.Inserted, put.Version);
            StreamRows.BumpAndNote(_db, GroupsOf(put.App, member.User), put.Group.Value, StreamState.Inserted);
            ConversationRows.AddUser(_db, ConversationKey.Group(put.App, put.Group), member.User, head.Id, _lastSentAt, put.FirstVisibleSequence);
        }
    }

    private void PutGroup(PutGroup put)
    {
        GroupRows.Put(_db, put.Group);
        var members = new StreamKey(put.App, StreamKind.GroupMembers, put.Group.Id.Value);
        StreamRows.Advance(_db, members, put.Version);
        StreamRows.Note(_db, members, element: "", StreamState.Updated, put.Version);
        foreach (var user in GroupRows.MembersOf(_db, put.App, put.Group.Id))
            StreamRows.BumpAndNote(_db, GroupsOf(put.App, user), put.Group.Id.Value, StreamState.Updated);
    }

    private static StreamKey GroupsOf(AppId app, UserId user) => new(app, StreamKind.JoinedGroups, user.Value);

    private LogHead HeadOf(ConversationKey key) => _heads.Of(key, _lastSentAt);
}
