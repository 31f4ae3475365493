using System.ComponentModel.DataAnnotations;

namespace Dragoman.Engine.Files;

/// <summary>Section <c>Files</c>: bounds of stored files that hold for every app; an app's own settings may be narrower.</summary>
public sealed class FileLimits
{
    private const long MiB = 1024 * 1024;

    /// <summary>Bytes of one file.</summary>
    [Range(typeof(long), "1", "53687091200000")]
    public long MaxBytes { get; set; } = 1024 * MiB;

    /// <summary>Bytes of a part, unless a file has more parts than <see cref="MaxParts"/> then.</summary>
    [Range(typeof(long), "1024", "5368709120")]
    public long MinPart { get; set; } = 5 * MiB;

    /// <summary>Bytes of the largest part.</summary>
    [Range(typeof(long), "1024", "5368709120")]
    public long MaxPart { get; set; } = 5 * 1024 * MiB;

    [Range(1, 10_000)]
    public int MaxParts { get; set; } = 10_000;

    /// <summary>Bytes of all files of an app, each content counted once, announced uploads included.</summary>
    [Range(typeof(long), "1", "9223372036854775807")]
    public long MaxAppBytes { get; set; } = long.MaxValue;

    /// <summary>Uploads that a user may have open at a time.</summary>
    [Range(1, 100_000)]
    public int MaxOpenUploads { get; set; } = 100;

    /// <summary>How long an upload can be completed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan UploadLife { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long an ended upload is remembered, so that a client that comes too late learns why.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan UploadMemory { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a file whose time is over is remembered, so that who comes too late learns why; its bytes are there as long.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan ExpiredFileMemory { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long the signed address of a part can be used.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan PartLinkLife { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long the signed address of a file can be used.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan DownloadLinkLife { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often expired uploads and unused bytes are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The largest file that fits into the parts that there may be.</summary>
    public long LargestFile => Math.Min(MaxBytes, MaxPart * MaxParts);

    /// <summary>How large the parts of such a file are.</summary>
    /// <param name="size">1 to <see cref="LargestFile"/>.</param>
    public long PartSizeOf(long size) => size <= MinPart * MaxParts ? MinPart : (size + MaxParts - 1) / MaxParts;
}
