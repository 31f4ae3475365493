using Dragoman.Engine.Conversations;

namespace Dragoman.Engine.Messages;

/// <summary>
/// Gets the outcome of a send without waiting for it. The acknowledgement comes from the same lane as the message and
/// before it, so a sender is never shown his own words before he knows that they were sent.
/// </summary>
public abstract class SendReceipt
{
    private int _isSettled;

    internal ReadCursors? Cursors { get; set; }

    /// <summary>The message is on disk (or was said to those online). Must not block or throw.</summary>
    protected abstract void OnSent(in SentMessage sent);

    /// <summary>It is not. Must not block or throw.</summary>
    protected abstract void OnRefused(Refusal refusal);

    /// <summary>Called by the bus's subscriber before it shows the entry to anybody.</summary>
    public void Written(Entry entry)
    {
        if (entry is { Sequence: > 0, Channel: LogChannel.Timeline }) Cursors?.Advance(entry.Sender, entry.Conversation, entry.Sequence);
        if (IsFirst()) OnSent(new SentMessage(entry.Id, entry.Sequence, entry.SentAt, IsRepeat: false));
    }

    /// <summary>For outcomes that nobody else hears of: a retry, a refusal.</summary>
    internal void Settle(SentMessage? repeatOf, Refusal? refusal)
    {
        if (!IsFirst()) return;
        ThreadPool.UnsafeQueueUserWorkItem(
            static state =>
            {
                if (state.refusal is not null) state.receipt.OnRefused(state.refusal);
                else if (state.repeatOf is { } first) state.receipt.OnSent(first);
            },
            (receipt: this, repeatOf, refusal),
            preferLocal: false);
    }

    /// <summary>A send that was refused because nobody knew its fate may turn out to be written: it was answered then.</summary>
    private bool IsFirst() => Interlocked.Exchange(ref _isSettled, 1) == 0;
}
