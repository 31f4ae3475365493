using System.ComponentModel.DataAnnotations;

namespace Dragoman.Engine.Topics;

/// <summary>Section <c>Topics</c>: bounds that hold for every app and dialect.</summary>
public sealed class TopicLimits
{
    /// <summary>Topics of one app.</summary>
    [Range(1, 100_000_000)]
    public int MaxPerApp { get; set; } = 100_000;

    /// <summary>Threads that one user has joined.</summary>
    [Range(1, 10_000_000)]
    public int MaxPerUser { get; set; } = 100_000;

    /// <summary>UTF-16 units of a name.</summary>
    [Range(1, 4096)]
    public int MaxNameChars { get; set; } = 64;

    /// <summary>How often a group is told at most that something was said in one of its topics.</summary>
    public TimeSpan MovedInterval { get; set; } = TimeSpan.FromSeconds(1);

    [Range(100, 10_000_000)]
    public int CachedTopics { get; set; } = 50_000;
}
