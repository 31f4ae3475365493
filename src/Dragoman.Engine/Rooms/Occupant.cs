using System.Collections.Immutable;

namespace Dragoman.Engine.Rooms;

/// <summary>Somebody who is in a room. In memory only.</summary>
/// <param name="Order">Grows with every entrance on this node: who came earlier is listed first.</param>
/// <param name="EnteredAt">Unix milliseconds.</param>
public sealed record Occupant(UserId User, long Order, long EnteredAt)
{
    /// <summary>By which some are muted together.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];
}
