namespace Dragoman.Engine.Files;

/// <summary>A stored file's id: 128 random bits in hex. Only whoever was given a signed link can do anything with it.</summary>
public readonly record struct FileId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>How an uploader declares what his bytes are. The numbers are stored.</summary>
public enum ChecksumKind : byte
{
    None = 0,

    /// <summary>MD5 of all bytes.</summary>
    Md5 = 1,

    /// <summary>MD5 of the MD5s of the parts, in lower case hex and joined by commas.</summary>
    PartsMd5 = 2,
}

/// <param name="Value">Lower case hex; empty for <see cref="ChecksumKind.None"/>.</param>
public readonly record struct FileChecksum(ChecksumKind Kind, string Value)
{
    private const int Md5Digits = 32;

    public static readonly FileChecksum None = new(ChecksumKind.None, "");

    public bool IsValid => Kind == ChecksumKind.None ? Value.Length == 0 : Value.Length == Md5Digits && Value.All(char.IsAsciiHexDigitLower);
}

/// <summary>A file under its name. Immutable: a new upload of the name makes a new file.</summary>
public sealed record StoredFile
{
    public required AppId App { get; init; }
    public required FileId Id { get; init; }
    public required UserId Owner { get; init; }

    /// <summary>Unique in the app, as <see cref="FileNames"/> says.</summary>
    public required string Name { get; init; }

    public required FileContent Content { get; init; }

    /// <summary>As the uploader declared it, checked by nobody.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>What the uploader calls files of this kind, for whoever cleans up.</summary>
    public string Label { get; init; } = "";

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix milliseconds from which on nobody gets it any more; 0 is never.</summary>
    public long ExpiresAt { get; init; }

    public bool IsOver(DateTimeOffset now) => ExpiresAt > 0 && ExpiresAt <= now.ToUnixTimeMilliseconds();
}

/// <summary>Bytes that were stored once for all files of an app that have them.</summary>
/// <param name="Location">Where they are, in the terms of <see cref="Ports.IFileBytes"/>.</param>
public sealed record FileContent(string Location, long Size, FileChecksum Checksum);
