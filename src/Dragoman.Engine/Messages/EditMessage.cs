using Dragoman.Engine.Accounts;
using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Messages;

/// <summary>A message as it is to be from now on.</summary>
public readonly struct EditDraft
{
    public required DialectId Origin { get; init; }
    public required ContentKind Content { get; init; }

    /// <summary>As <see cref="Entry.Type"/>.</summary>
    public int Type { get; init; }

    /// <summary>The whole body, with what stays as it was; owned by the engine from now on.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The version that it follows: 0 is the message as it was sent.</summary>
    public required int ExpectedVersion { get; init; }

    /// <summary>Which messages may be edited; null is all.</summary>
    public IReadOnlySet<ContentKind>? Kinds { get; init; }

    /// <summary>How often the app lets a message be edited; 0 is as often as the server does.</summary>
    public int MaxEdits { get; init; }
}

/// <summary>Somebody writes a message anew: its sender, who outranks him in the group, or the app. It keeps its place, and former bodies are kept for the operator.</summary>
/// <remarks>What was recalled, erased or said in a room cannot be edited. Of two who edit at once one is refused.</remarks>
public sealed class EditMessage(
    MessageDesk desk, AccountDirectory accounts, ContactRules contacts, WordDesk words, KeyedGate gate, EngineLimits limits)
{
    /// <param name="editor">Who writes it; empty is the app itself.</param>
    /// <returns>
    /// The message as it is now; or NotPermitted, MessageTooLarge, MessageNotFound, GroupDisabled, EditKindForbidden, EditNotPermitted, BlockedByPeer,
    /// SenderMuted, GroupMuted, EditLimitReached, EditConflict, WordRejected (with the word).
    /// </returns>
    public async ValueTask<Result<Entry>> RunAsync(Caller caller, UserId editor, MessageId message, EditDraft draft, CancellationToken ct)
    {
        if (!caller.MayActFor(editor)) return Condition.NotPermitted;
        if (draft.Body.Length > limits.MaxBodyBytes) return Condition.MessageTooLarge;

        var found = await FindAsync(caller, editor, message, draft, ct);
        if (!found.TryGet(out var seen, out var refusal)) return refusal;
        if (await WhyNotAsync(caller, editor, seen, ct) is { } forbidden) return forbidden;
        if (WhyNotNow(seen.Entry, draft) is { } late) return late;
        if (Screen(caller.App, ref draft) is { } rejected) return rejected;

        using var turn = await gate.EnterAsync(seen.Entry.Conversation, ct);
        found = await FindAsync(caller, editor, message, draft, ct);
        if (!found.TryGet(out seen, out refusal)) return refusal;
        if (WhyNotNow(seen.Entry, draft) is { } beaten) return beaten;

        var former = seen.Entry.Edit ?? new EditMark(0, seen.Entry.Sender.Value, seen.Entry.SentAt, seen.Entry.Origin);
        var mark = new EditMark(former.Version + 1, editor.Value, desk.Now, former.SentIn);
        var edited = Edited(seen.Entry, draft, mark);
        var notice = new MessageEdited(edited.Id.Value, edited.Sequence, mark.Version, editor) { At = mark.At };
        refusal = await desk.CommitAsync(caller, editor, seen, notice, new EditEntry(caller.App, edited, former), about: edited);
        return refusal is null ? edited : refusal;
    }

    private async ValueTask<Result<SeenMessage>> FindAsync(Caller caller, UserId editor, MessageId message, EditDraft draft, CancellationToken ct)
    {
        var found = IsApp(caller, editor) ? await desk.FindAnyAsync(caller.App, message, ct) : await desk.FindAsync(caller.App, editor, message, ct);
        if (!found.TryGet(out var seen, out var refusal)) return refusal.Condition is Condition.NotGroupMember ? new Refusal(Condition.EditNotPermitted, editor.Value) : refusal;

        var isForbidden = seen.Entry.Conversation.Kind == ConversationKind.Room || draft.Kinds?.Contains(seen.Entry.Content) == false;
        return isForbidden ? Condition.EditKindForbidden : seen;
    }

    private async ValueTask<Refusal?> WhyNotAsync(Caller caller, UserId editor, SeenMessage message, CancellationToken ct)
    {
        var (entry, roster, _) = message;
        var isApp = IsApp(caller, editor);
        if (roster is null)
        {
            if (isApp) return null;
            if (entry.Sender != editor) return new(Condition.EditNotPermitted, editor.Value);
            if (await accounts.FindAsync(caller.App, editor, ct) is not { } account) return new(Condition.EditNotPermitted, editor.Value);
            var strangers = await contacts.CheckAsync(account, entry.Conversation.PeerOf(editor), FriendCheck.Off, ct);
            return strangers == Condition.None ? null : new(strangers, editor.Value);
        }

        var asked = isApp ? caller : new Caller(caller.App, editor, IsAdministrator: false);
        if (entry.Sender != editor && GroupRights.WhyNot(asked, roster, GroupAction.EditOthers, entry.Sender) is not null) return new(Condition.EditNotPermitted, editor.Value);
        return isApp ? null : WhyMuted(roster, roster.Find(editor)!);
    }

    /// <summary>Not in the name of a user.</summary>
    private static bool IsApp(Caller caller, UserId editor) => caller.IsAdministrator && editor == caller.User;

    /// <summary>Who may say nothing new may not say it in an old message either.</summary>
    private Refusal? WhyMuted(Roster roster, Member member)
    {
        if (member.Role == GroupRole.Owner) return null;
        if (member.MutedUntil >= desk.Now) return new(Condition.SenderMuted, member.User.Value);
        return roster.Group.MutedUntil >= desk.Now && !member.IsAllowListed && roster.Group.Rights[GroupAction.SpeakWhileMuted].Of(member.Role) != GroupRight.May
            ? new(Condition.GroupMuted)
            : null;
    }

    private Refusal? WhyNotNow(Entry entry, in EditDraft draft)
    {
        var version = entry.Edit?.Version ?? 0;
        var most = draft.MaxEdits > 0 ? Math.Min(draft.MaxEdits, limits.MaxEdits) : limits.MaxEdits;
        if (version >= most) return new(Condition.EditLimitReached);
        return version == draft.ExpectedVersion ? null : new(Condition.EditConflict);
    }

    private Refusal? Screen(AppId app, ref EditDraft draft)
    {
        var message = new MessageDraft { Origin = draft.Origin, Content = draft.Content, Type = draft.Type, Body = draft.Body };
        if (words.Screen(app, ref message) is { } rejected) return rejected;
        draft = draft with { Body = message.Body };
        return null;
    }

    private static Entry Edited(Entry entry, in EditDraft draft, EditMark mark)
    {
        var edited = new Entry
        {
            Conversation = entry.Conversation,
            Channel = entry.Channel,
            Sender = entry.Sender,
            Origin = draft.Origin,
            Content = draft.Content,
            Type = draft.Type,
            Flags = entry.Flags | EntryFlags.Edited,
            Body = draft.Body,
            ClientKey = entry.ClientKey,
            Edit = mark,
        };
        edited.Place(entry.Sequence, entry.Id, entry.SentAt);
        return edited;
    }
}
