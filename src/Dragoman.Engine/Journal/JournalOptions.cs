using System.ComponentModel.DataAnnotations;

namespace Dragoman.Engine.Journal;

/// <summary>Section <c>Journal</c>.</summary>
public sealed class JournalOptions
{
    /// <summary>Units that one transaction takes at most.</summary>
    [Range(1, 10_000)]
    public int BatchUnits { get; set; } = 512;

    /// <summary>Units that may wait; one more is refused as overload.</summary>
    [Range(16, 1_000_000)]
    public int QueueUnits { get; set; } = 32_768;

    /// <summary>News that may wait to be brought to connections; while more do, sends are refused as overload.</summary>
    [Range(1_000, 10_000_000)]
    public int UndeliveredNews { get; set; } = 200_000;

    /// <summary>Sends that are remembered at least, so that a retry is recognised; also after a restart.</summary>
    [Range(1_000, 10_000_000)]
    public int RememberedSends { get; set; } = 100_000;

    /// <summary>
    /// How long callers wait when the storage went away during their commit and nobody knows whether it happened; then they
    /// are refused, and what turns out to be written is delivered later.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan OutcomeWait { get; set; } = TimeSpan.FromSeconds(5);
}
