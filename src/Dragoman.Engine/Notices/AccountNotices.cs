namespace Dragoman.Engine.Notices;

/// <summary>What others see of an account changed; told to its own devices.</summary>
public sealed record ProfileChanged(UserId User) : Notice;
