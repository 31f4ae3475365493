using Dragoman.Engine.Files;
using Dragoman.Files.S3;

namespace Dragoman.Server.Configuration;

/// <summary><c>--Files=disk</c> or <c>--Files=s3</c>, and the section <c>Files</c>.</summary>
internal sealed class FileSettings
{
    public required FileLimits Limits { get; init; }

    /// <summary>The directory for files on disk; null means one in the data directory.</summary>
    public string? Path { get; init; }

    /// <summary>Null when the files are on disk.</summary>
    public S3Options? S3 { get; init; }

    public static FileSettings Read(IConfiguration configuration, ConfigurationFaults faults)
    {
        var (limits, disk, s3) = (new FileLimits(), new DiskOptions(), new S3Options());
        Sections.Bind(configuration, "Files", faults, limits, disk, s3);
        if (limits.MaxPart < limits.MinPart) faults.Add("Files:MaxPart", "is less than Files:MinPart");

        var kind = configuration["Files"] ?? "disk";
        var isS3 = string.Equals(kind, "s3", StringComparison.OrdinalIgnoreCase);
        if (isS3) CheckS3(s3, limits, faults);
        else if (!string.Equals(kind, "disk", StringComparison.OrdinalIgnoreCase)) faults.Add("Files", $"\"{kind}\" is neither disk nor s3");
        return new()
        {
            Limits = limits,
            Path = disk.Path.Length > 0 ? System.IO.Path.GetFullPath(disk.Path) : null,
            S3 = isS3 ? s3 : null,
        };
    }

    private static void CheckS3(S3Options s3, FileLimits limits, ConfigurationFaults faults)
    {
        foreach (var (member, problem) in s3.Validate()) faults.Add($"Files:{member}", problem);
        if (limits.MinPart < S3Files.SmallestPart) faults.Add("Files:MinPart", $"must be at least {S3Files.SmallestPart} with s3");
    }

    private sealed class DiskOptions
    {
        public string Path { get; set; } = "";
    }
}
