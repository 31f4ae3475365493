namespace Dragoman.Engine.Files;

/// <summary>An upload's id: 128 random bits in hex.</summary>
public readonly record struct UploadId(string Value)
{
    private const int Digits = 32;

    /// <summary>Whether this can be an id at all; others are not looked for.</summary>
    public bool IsWellFormed => Value.Length == Digits && Value.All(char.IsAsciiHexDigitLower);

    public override string ToString() => Value;
}

/// <summary>The numbers are stored.</summary>
public enum UploadState : byte
{
    Open = 0,
    Done = 1,

    /// <summary>Not completed in time; its bytes are gone.</summary>
    Expired = 2,
}

/// <summary>A file on its way: announced with its size and checksum, received in parts, then completed.</summary>
public sealed record Upload
{
    public required AppId App { get; init; }
    public required UploadId Id { get; init; }
    public required UserId Owner { get; init; }

    /// <summary>The name that was announced; completion may choose another one.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes in all, as announced.</summary>
    public required long Size { get; init; }

    /// <summary>Bytes of every part but the last one, and the most that a part may have.</summary>
    public required long PartSize { get; init; }

    /// <summary>As announced; for one that was announced without, what it turned out to be.</summary>
    public required FileChecksum Checksum { get; init; }

    public string ContentType { get; init; } = "";
    public string Label { get; init; } = "";

    /// <summary>What the storage of the bytes calls this upload, when it has a name for it.</summary>
    public string Handle { get; init; } = "";

    public required long CreatedAt { get; init; }

    /// <summary>Unix milliseconds; from then on nothing can be done with it.</summary>
    public required long ExpiresAt { get; init; }

    public UploadState State { get; init; }

    public int PartCount => (int)((Size + PartSize - 1) / PartSize);

    /// <summary>Where its bytes will be. Made of ids only, so that no client chooses a path; spread over two levels of directories.</summary>
    public string Location => $"{App}/{Id.Value[..2]}/{Id.Value[2..4]}/{Id.Value}";

    public bool IsOver(DateTimeOffset now) => State == UploadState.Expired || ExpiresAt <= now.ToUnixTimeMilliseconds();
}

/// <summary>A part as the storage has it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Md5">Lower case hex.</param>
public sealed record UploadPart(int Number, long Size, string Md5);
