namespace Dragoman.Storage.Tests;

/// <summary>Tests that hold the server to seconds: they run when the others have ended, one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
