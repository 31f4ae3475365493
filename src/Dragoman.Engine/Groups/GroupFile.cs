namespace Dragoman.Engine.Groups;

/// <summary>A file on a group's shelf. It lives until somebody takes it off.</summary>
public sealed record GroupFile
{
    public required GroupId Group { get; init; }

    /// <summary>That of the stored file.</summary>
    public required Files.FileId Id { get; init; }

    /// <summary>The name of the stored file, which nobody is shown.</summary>
    public required string Stored { get; init; }

    /// <summary>As its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required UserId Owner { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long SharedAt { get; init; }
}
