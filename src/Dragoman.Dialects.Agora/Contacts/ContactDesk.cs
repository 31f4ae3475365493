using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.Agora.Contacts;

/// <summary>What a user does about his contacts, whether his client says it over HTTP or (older versions) over its connection.</summary>
/// <remarks>Several names are taken one after the other; the first that is refused ends it, and what was done before stays.</remarks>
internal sealed class ContactDesk(
    RequestFriend request, AnswerFriendRequest answer, RemoveFriend remove, BlockUser block, UnblockUser unblock, UserFinder users)
{
    /// <returns>Null when everybody was asked; else as <see cref="RequestFriend"/>.</returns>
    public async ValueTask<Refusal?> InviteAsync(AgoraApp app, Caller caller, UserId user, IReadOnlyList<string> names, string reason, CancellationToken ct)
    {
        foreach (var name in names)
        {
            var wish = new FriendWish
            {
                From = user,
                To = await users.NamedAsync(app, name, ct),
                Message = reason,
                YieldsToBlocks = true,
                MaxFriends = app.Settings.Limits.Contacts,
            };
            if (!(await request.RunAsync(caller, wish, ct)).TryGet(out _, out var refusal)) return refusal;
        }

        return null;
    }

    /// <returns>Null; or as <see cref="AnswerFriendRequest"/>.</returns>
    public async ValueTask<Refusal?> AnswerAsync(AgoraApp app, Caller caller, UserId user, UserId from, bool isYes, string reason, CancellationToken ct)
    {
        var answered = await answer.RunAsync(
            caller, from, user, isYes ? FriendAnswer.Accept : FriendAnswer.Refuse, reason, ct, app.Settings.Limits.Contacts);
        return answered.TryGet(out _, out var refusal) ? null : refusal;
    }

    /// <summary>Takes both off each other's list; who is on none already is no fault.</summary>
    public async ValueTask<Refusal?> RemoveAsync(Caller caller, UserId user, UserId contact, CancellationToken ct)
    {
        var removed = await remove.RunAsync(caller, user, contact, FriendSides.Both, ct);
        return removed.TryGet(out _, out var refusal) || refusal.Condition == Condition.NotFriends ? null : refusal;
    }

    /// <returns>Whom the user has blocked now; or the first refusal.</returns>
    public async ValueTask<Result<IReadOnlyList<UserId>>> BlockAsync(AgoraApp app, Caller caller, UserId user, IReadOnlyList<string> names, CancellationToken ct)
    {
        var blocked = new List<UserId>(names.Count);
        foreach (var name in names)
        {
            var other = await users.NamedAsync(app, name, ct);
            var done = await block.RunAsync(caller, user, other, extra: "", endsFriendship: false, ct, app.Settings.Limits.Blocks);
            if (!done.TryGet(out _, out var refusal) && refusal.Condition != Condition.AlreadyBlocked) return refusal;
            blocked.Add(other);
        }

        return blocked;
    }

    /// <summary>Who is not blocked is no fault.</summary>
    public async ValueTask<Result<IReadOnlyList<UserId>>> UnblockAsync(AgoraApp app, Caller caller, UserId user, IReadOnlyList<string> names, CancellationToken ct)
    {
        var freed = new List<UserId>(names.Count);
        foreach (var name in names)
        {
            var other = await users.NamedAsync(app, name, ct);
            var done = await unblock.RunAsync(caller, user, other, ct);
            if (!done.TryGet(out _, out var refusal) && refusal.Condition != Condition.NotBlocked) return refusal;
            freed.Add(other);
        }

        return freed;
    }
}
