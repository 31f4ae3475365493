using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sqlite.Accounts;
using Dragoman.Storage.Sqlite.Conversations;
using Dragoman.Storage.Sqlite.Groups;
using Dragoman.Storage.Sqlite.Native;

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
            SELECT c.app, e.sender, e.client_key, e.id, e.seq, e.sent_at
            FROM entries e JOIN conversations c ON c.id = e.log / 2
            WHERE length(e.client_key) > 0 ORDER BY e.id DESC LIMIT ?
            """).Bind(count);
        var recent = new List<RememberedSend>();
        while (rows.Step())
        {
            var sent = new SentMessage(new(rows.Int64(3)), rows.Int64(4), rows.Int64(5), IsRepeat: false);
            recent.Add(new(new AppId(rows.Int32(0)), new UserId(rows.Text(1)), rows.Bytes(2), sent));
        }

        return new(new JournalMemory(lastId, recent));
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
                GroupRows.Put(_db, put.Group);
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
        foreach (var user in remove.Users)
        {
            GroupRows.RemoveMember(_db, remove.App, remove.Group, user);
            ConversationRows.EndFor(_db, remove.App, user, head.Id, head.Timeline);
        }
    }

    private void PutMembers(PutMembers put)
    {
        var head = HeadOf(ConversationKey.Group(put.App, put.Group));
        foreach (var member in put.Members)
        {
            GroupRows.PutMember(_db, put.App, put.Group, member);
            ConversationRows.AddUser(_db, put.App, member.User, head.Id, _lastSentAt, put.FirstVisibleSequence);
        }
    }

    private LogHead HeadOf(ConversationKey key) => _heads.Of(key, _lastSentAt);
}
