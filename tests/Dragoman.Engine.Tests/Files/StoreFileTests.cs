using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Engine.Tests.Files;

public sealed class StoreFileTests : FileTest
{
    [Fact]
    public async Task A_file_is_as_large_as_what_came()
    {
        var bytes = Bytes(Part + 7);
        var file = TestEngine.Value(await StoreAsync(bytes, bound: 2 * Part));

        Assert.Equal(bytes.Length, file.Content.Size);
        Assert.Equal(bytes, await ReadAsync(file));
        Assert.Equal(file, await FindAsync("alice/a.bin"));
    }

    [Fact]
    public async Task What_is_too_large_or_empty_leaves_nothing_behind()
    {
        Limits.MaxOpenUploads = 1;
        Limits.MaxAppBytes = Part;

        Assert.Equal(Condition.FileTooLarge, TestEngine.ConditionOf(await StoreAsync(Bytes(Part + 1), bound: Part)));
        Assert.Equal(Condition.UploadSizeMismatch, TestEngine.ConditionOf(await StoreAsync([], bound: Part)));

        TestEngine.Value(await StoreAsync(Bytes(Part), bound: Part)); // the quota and the place are free
        Assert.Equal(Condition.StorageQuotaReached, TestEngine.ConditionOf(await StoreAsync(Bytes(1), bound: 1, name: "alice/b.bin")));
    }

    [Fact]
    public async Task What_is_given_up_cannot_be_completed()
    {
        var begun = await BegunAsync(Bytes(Part));
        var abort = Engine.Get<AbortUpload>();
        Assert.Equal(Condition.NotPermitted, TestEngine.ConditionOf(await abort.RunAsync(TestEngine.As("bob"), begun.Upload!.Id, Ct)));

        await SendAllAsync(begun, Bytes(Part));
        TestEngine.Value(await abort.RunAsync(TestEngine.As("alice"), begun.Upload.Id, Ct));

        Assert.Equal(Condition.UploadExpired, TestEngine.ConditionOf(await CompleteAsync(begun, SumsOf(Bytes(Part)))));
        Assert.Empty(await Engine.Get<IFileBytes>().ListPartsAsync(begun.Upload, Ct));
    }

    [Fact]
    public async Task A_file_ends_at_its_time_and_is_forgotten_later()
    {
        var file = TestEngine.Value(await StoreAsync(Bytes(10), bound: 10, life: TimeSpan.FromDays(1)));
        var open = Engine.Get<OpenFile>();
        var secret = Engine.Get<FileLinks>().SecretOf(TestEngine.App, file.Id);

        Engine.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        TestEngine.Value(await open.RunAsync(TestEngine.App, file.Id, secret, Ct));
        Engine.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Condition.FileExpired, TestEngine.ConditionOf(await open.RunAsync(TestEngine.App, file.Id, secret, Ct)));
        Assert.Equal(Condition.FileExpired, TestEngine.ConditionOf(await Engine.Get<ResolveFile>().RunAsync(TestEngine.App, file.Name, Ct)));

        Engine.Clock.Advance(Limits.ExpiredFileMemory);
        await Engine.Get<CollectFiles>().RunAsync(Ct);
        Assert.Equal(Condition.FileNotFound, TestEngine.ConditionOf(await open.RunAsync(TestEngine.App, file.Id, secret, Ct)));
        Assert.Null(await ReadAsync(file));
    }

    [Fact]
    public async Task A_secret_is_of_one_file()
    {
        var (one, other) = (TestEngine.Value(await StoreAsync(Bytes(10), bound: 10)), TestEngine.Value(await StoreAsync(Bytes(11), bound: 11, name: "alice/b.bin")));
        var (open, links) = (Engine.Get<OpenFile>(), Engine.Get<FileLinks>());

        Assert.Equal(one, TestEngine.Value(await open.RunAsync(TestEngine.App, one.Name, links.SecretOf(TestEngine.App, one.Name), Ct)));
        foreach (var secret in new[] { "", "x", links.SecretOf(TestEngine.App, other.Id), links.SecretOf(TestEngine.App, one.Name), links.SecretOf(new AppId(99), one.Id) })
            Assert.Equal(Condition.LinkInvalid, TestEngine.ConditionOf(await open.RunAsync(TestEngine.App, one.Id, secret, Ct)));
    }

    private ValueTask<Result<StoredFile>> StoreAsync(byte[] bytes, long bound, string name = "alice/a.bin", TimeSpan? life = null) =>
        Engine.Get<StoreFile>().RunAsync(
            TestEngine.As("alice"),
            new FileDraft { Name = name, Size = bound, MaxBytes = bound },
            life is { } span ? (Engine.Clock.GetUtcNow() + span).ToUnixTimeMilliseconds() : 0,
            new MemoryStream(bytes),
            Ct);
}
