using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Sessions;
using Microsoft.Extensions.Logging;

namespace Dragoman.Engine.Push;

/// <summary>Finds out whose phones a message has to wake, and asks the app's own server about it.</summary>
/// <remarks>What remains then is only logged: there are no senders of pushes yet. After a stop nothing is made up for.</remarks>
public sealed partial class OfflinePush(
    PushQueue queue,
    HookDesk hooks,
    ISessionDirectory sessions,
    AccountDirectory accounts,
    UserConversations conversations,
    TimeProvider clock,
    ILogger<OfflinePush> logger) : IAsyncDisposable
{
    private const int Workers = 4;

    /// <summary>A message to more people wakes nobody.</summary>
    private const int MaxAudience = 3_000;

    private readonly CancellationTokenSource _stop = new();
    private Task[] _workers = [];
    private int _isDisposed;

    public void Start() => _workers = [.. Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync))];

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await PushAsync(await queue.Waiting.ReadAsync(_stop.Token), _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (StorageAwayException)
            {
                // Whoever noticed has reported it.
            }
            catch (Exception e)
            {
                Log.Failed(logger, e);
            }
        }
    }

    private async ValueTask PushAsync(Entry message, CancellationToken ct)
    {
        var receivers = await WhoMissesAsync(message, ct);
        if (receivers.Count == 0) return;

        var caller = new Caller(message.Conversation.App, message.Sender, IsAdministrator: false, message.Operation);
        var proposal = new PushingMessage(caller, message, receivers);
        if (await hooks.AskAsync(proposal, ct) is { } refusal) Log.Refused(logger, message.Id.Value, refusal.Condition);
        else Log.Pushed(logger, message.Id.Value, proposal.Receivers.Count, proposal.Content is not null);
    }

    /// <summary>Who is to be woken by it, and has no phone that got it by itself.</summary>
    private async ValueTask<IReadOnlyList<UserId>> WhoMissesAsync(Entry message, CancellationToken ct)
    {
        var audience = AudienceOf(message);
        if (audience.Count > MaxAudience) return [];

        var missing = new List<UserId>();
        foreach (var user in audience)
        {
            if (user != message.Sender && !HasPhone(message.Conversation.App, user) && await MayBeWokenAsync(user, message, ct)) missing.Add(user);
        }

        return missing;
    }

    private bool HasPhone(AppId app, UserId user)
    {
        foreach (var session in sessions.SessionsOf(app, user))
        {
            if (session.IsAwakePhone) return true;
        }

        return false;
    }

    /// <summary>Of the two levels the stricter one counts, and before both the hours in which he wants to be left alone.</summary>
    private async ValueTask<bool> MayBeWokenAsync(UserId user, Entry message, CancellationToken ct)
    {
        if (await accounts.FindAsync(message.Conversation.App, user, ct) is not { } account) return false;
        var settings = await conversations.FindSettingsAsync(user, message.Conversation, ct);
        var now = clock.GetUtcNow();
        if (account.Quiet.Covers(now) || settings?.Quiet.Covers(now) == true) return false;

        var isCalled = message.Mentions is { } mentions && (mentions.Everybody || mentions.Users.Contains(user));
        return IsWokenAt(account.Receive, isCalled) && IsWokenAt(settings?.Receive ?? ReceiveOption.Notify, isCalled);
    }

    private static bool IsWokenAt(ReceiveOption level, bool isCalled) =>
        level == ReceiveOption.Notify || (level == ReceiveOption.MentionsOnly && isCalled);

    private static IReadOnlyList<UserId> AudienceOf(Entry message) => message.Audience switch
    {
        Audience.Pair pair => [pair.Receiver],
        Audience.Members members => [.. members.Roster.Members.Select(member => member.User)],
        Audience.Users users => users.List,
        _ => [],
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Message {MessageId} would wake {Count} phones, rewritten: {IsRewritten}; there is no sender of pushes")]
        public static partial void Pushed(ILogger logger, long messageId, int count, bool isRewritten);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Message {MessageId} wakes no phones ({Condition})")]
        public static partial void Refused(ILogger logger, long messageId, Condition condition);

        [LoggerMessage(Level = LogLevel.Error, Message = "A message could not be pushed")]
        public static partial void Failed(ILogger logger, Exception e);
    }
}
