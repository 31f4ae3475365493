using System.Text;
using Dragoman.Engine.Caching;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Sessions;

namespace Dragoman.Engine.Presences;

/// <summary>A device says how it wants to appear, and its user in which words; who subscribed to him is told.</summary>
public sealed class PublishPresence(PresenceBook book, PresenceWatch watch, ISessionDirectory sessions, LogWriter journal, KeyedGate gate)
{
    /// <summary>Devices of one user of which the app may say something while they are not connected.</summary>
    private const int MaxStates = 20;

    /// <param name="device">Its name; the app may also speak of one that is not connected.</param>
    /// <param name="state">As <see cref="DevicePresence.State"/>.</param>
    /// <returns>Done; or NotPermitted, PresenceTextTooLong, SubscriptionLimitReached (too many devices that are not there).</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId user, string device, string state, string text, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);
        if (Encoding.UTF8.GetByteCount(text) > Presence.MaxTextBytes) return Condition.PresenceTextTooLong;

        using var turn = await gate.EnterAsync((caller.App, user), ct);
        var before = await book.FindAsync(caller.App, user, ct);
        var states = before.States;
        if (sessions.SessionsOf(caller.App, user).Any(s => s.Device == device))
        {
            book.Say(caller.App, user, device, state);
            states = states.Remove(device);
        }
        else
        {
            states = state == "0" ? states.Remove(device) : states.SetItem(device, state);
            if (states.Count > MaxStates) return new Refusal(Condition.SubscriptionLimitReached, device);
        }

        if (text != before.Text || !ReferenceEquals(states, before.States))
        {
            var unit = new WriteUnit([new PutPresence(caller.App, before with { Text = text, States = states })])
            {
                WhenWritten = () => book.Changed(caller.App, user),
            };
            if (await journal.CommitAsync(unit) is { } refusal) return refusal;
        }

        watch.Note(caller.App, user);
        return default(Done);
    }
}
