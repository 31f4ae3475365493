using System.ComponentModel.DataAnnotations;

namespace Dragoman.Engine.Hooks;

/// <summary>Section <c>Outbox</c>: how events are told to apps' own servers.</summary>
public sealed class OutboxOptions
{
    /// <summary>Events that are told at the same time.</summary>
    [Range(1, 256)]
    public int Workers { get; set; } = 8;

    /// <summary>The wait after the first failure; it doubles with every further one.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two tries.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>An event that nobody would hear for so long is given up.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(3);
}
