namespace Dragoman.Engine.Groups;

/// <summary>What the plan of an app allows; 0 is without limit beyond the server's own.</summary>
/// <param name="PerUser">Groups of which one user is a member.</param>
/// <param name="PerApp">Living groups.</param>
/// <param name="Members">Of one group.</param>
/// <param name="Topics">Living topics of all groups.</param>
/// <param name="TopicsPerUser">Threads that one user has joined.</param>
public sealed record GroupQuota(int PerUser = 0, int PerApp = 0, int Members = 0, int Topics = 0, int TopicsPerUser = 0)
{
    /// <summary>The stricter of two bounds, of which the first may be none.</summary>
    internal static int Bound(int planned, int most) => planned > 0 ? Math.Min(planned, most) : most;
}
