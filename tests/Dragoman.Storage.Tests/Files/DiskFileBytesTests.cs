using Dragoman.Engine.Ports;
using Dragoman.Files.Disk;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Files;

public sealed class DiskFileBytesTests : FileBytesTests, IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ManualClock _clock = new();

    public DiskFileBytesTests() => Bytes = new DiskFileBytes(_directory.File("files"), _clock);

    protected override IFileBytes Bytes { get; }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Paths_are_made_of_ids_only()
    {
        var upload = await BeginAsync(10);
        Assert.True(await Bytes.CompleteAsync(upload, [TestEngine.Value(await PutAsync(upload, 1, Random(10)))], Ct));

        var file = Assert.Single(Directory.GetFiles(_directory.Path, "*", SearchOption.AllDirectories));

        var id = upload.Id.Value;
        Assert.Equal($"files/objects/1/{id[..2]}/{id[2..4]}/{id}/00001-{Md5(Random(10))}", Path.GetRelativePath(_directory.Path, file));
    }

    [Fact]
    public async Task What_is_received_now_stays_and_what_was_left_lying_goes()
    {
        var temp = _directory.File("files/temp");
        Directory.CreateDirectory(temp);
        await File.WriteAllTextAsync(Path.Combine(temp, "old"), "", Ct);
        await File.WriteAllTextAsync(Path.Combine(temp, "new"), "", Ct);
        File.SetLastWriteTimeUtc(Path.Combine(temp, "old"), _clock.GetUtcNow().UtcDateTime.AddHours(-25));
        File.SetLastWriteTimeUtc(Path.Combine(temp, "new"), _clock.GetUtcNow().UtcDateTime);

        await Bytes.TidyAsync(Ct);

        Assert.Equal(["new"], Directory.GetFiles(temp).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_disk_that_fails_is_a_fault_of_the_storage()
    {
        await File.WriteAllTextAsync(_directory.File("files"), "no directory", Ct);
        var upload = await BeginAsync(10);

        await Assert.ThrowsAsync<StorageException>(async () => await PutAsync(upload, 1, Random(10)));
    }
}
