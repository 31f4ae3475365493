using System.Globalization;
using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;

namespace Dragoman.Files.Disk;

/// <summary>Files on disk, each content a directory of its parts.</summary>
/// <remarks>
/// <c>temp/</c> has what is being received, <c>uploads/{app}/{upload}/</c> the parts that are whole, named by number and MD5, and
/// <c>objects/{location}/</c> contents. Completing an upload renames its directory, so that it costs the same for 100 bytes as
/// for 100 GB, and a part that is sent twice at the same time cannot mix with itself. Paths are made of ids and digests only.
/// What is acknowledged was flushed: the part, then the directories that lead to it.
/// </remarks>
internal sealed class DiskFileBytes(string root, TimeProvider clock) : IFileBytes
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);
    private readonly string _temp = Path.Combine(root, "temp");
    private readonly string _uploads = Path.Combine(root, "uploads");
    private readonly string _objects = Path.Combine(root, "objects");

    public ValueTask<string> BeginAsync(Upload upload, CancellationToken ct) => new("");

    public async ValueTask<Result<UploadPart>> PutPartAsync(Upload upload, int number, Stream body, long? length, string? md5, CancellationToken ct)
    {
        Disk.Try(() => Directory.CreateDirectory(_temp));
        var temp = Path.Combine(_temp, Guid.NewGuid().ToString("N"));
        try
        {
            var received = await PartReceiver.ReceiveAsync(temp, body, upload.PartSize, ct);
            if (received is not { } file) return Condition.PartTooLarge;
            if (md5 is not null && md5 != file.Md5) return Condition.PartChecksumMismatch;

            var part = new UploadPart(number, file.Size, file.Md5);
            Disk.Try(() => Keep(temp, upload, part));
            if (!Directory.Exists(PathOf(upload.Location))) return part;

            // Completed while this part came in: nobody asks for it any more.
            Disk.Try(() => DeleteDirectory(PathOf(upload)));
            return Condition.UploadNotFound;
        }
        finally
        {
            File.Delete(temp);
        }
    }

    public ValueTask<IReadOnlyList<UploadPart>> ListPartsAsync(Upload upload, CancellationToken ct) => new(Disk.Try<IReadOnlyList<UploadPart>>(() =>
    {
        // After a crash between the rename and its row the parts are where the content belongs.
        var directory = new DirectoryInfo(PathOf(upload));
        if (!directory.Exists) directory = new DirectoryInfo(PathOf(upload.Location));
        return directory.Exists ? [.. directory.EnumerateFiles().Select(PartOf).OrderBy(p => p.Number)] : [];
    }));

    public ValueTask<bool> CompleteAsync(Upload upload, IReadOnlyList<UploadPart> parts, CancellationToken ct) => new(Disk.Try(() =>
    {
        var (source, target) = (PathOf(upload), PathOf(upload.Location));
        if (Directory.Exists(target)) return Has(target, parts);
        if (!Directory.Exists(source) || !Has(source, parts)) return false;

        var chosen = parts.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(source).Where(f => !chosen.Contains(Path.GetFileName(f)))) File.Delete(file);
        Disk.MakeDurably(Path.GetDirectoryName(target)!, root);
        Directory.Move(source, target);
        Disk.Flush(target);
        Disk.Flush(Path.GetDirectoryName(target)!);
        return true;
    }));

    public ValueTask AbortAsync(Upload upload, CancellationToken ct)
    {
        Disk.Try(() =>
        {
            DeleteDirectory(PathOf(upload));
            DeleteDirectory(PathOf(upload.Location));
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<Stream?> OpenAsync(FileContent content, long offset, long length, CancellationToken ct) => new(Disk.Try<Stream?>(() =>
    {
        var directory = new DirectoryInfo(PathOf(content.Location));
        if (!directory.Exists) return null;
        FileInfo[] parts = [.. directory.EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal)];
        return new PartsStream(parts, offset, length);
    }));

    public ValueTask DeleteAsync(string location, CancellationToken ct)
    {
        Disk.Try(() => DeleteDirectory(PathOf(location)));
        return ValueTask.CompletedTask;
    }

    public string? SignPart(Upload upload, int number, DateTimeOffset until) => null;

    public string? SignRead(StoredFile file, DateTimeOffset until) => null;

    public ValueTask TidyAsync(CancellationToken ct)
    {
        Disk.Try(() =>
        {
            if (!Directory.Exists(_temp)) return;
            var before = (clock.GetUtcNow() - Abandoned).UtcDateTime;
            foreach (var file in new DirectoryInfo(_temp).EnumerateFiles().Where(f => f.LastWriteTimeUtc < before)) file.Delete();
        });
        return ValueTask.CompletedTask;
    }

    private void Keep(string temp, Upload upload, UploadPart part)
    {
        var directory = PathOf(upload);
        Disk.MakeDurably(directory, root);
        File.Move(temp, Path.Combine(directory, NameOf(part)), overwrite: true);
        Disk.Flush(directory);
    }

    private static bool Has(string directory, IReadOnlyList<UploadPart> parts) =>
        parts.All(p => new FileInfo(Path.Combine(directory, NameOf(p))) is { Exists: true } file && file.Length == p.Size);

    private string PathOf(Upload upload) => Path.Combine(_uploads, upload.App.ToString(), upload.Id.Value);

    private string PathOf(string location) => Path.Combine([_objects, .. location.Split('/')]);

    private static string NameOf(UploadPart part) => string.Create(CultureInfo.InvariantCulture, $"{part.Number:D5}-{part.Md5}");

    private static UploadPart PartOf(FileInfo file) => new(int.Parse(file.Name.AsSpan(0, 5), CultureInfo.InvariantCulture), file.Length, file.Name[6..]);

    private static void DeleteDirectory(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }
}
