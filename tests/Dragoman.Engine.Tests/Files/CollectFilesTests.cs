using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Engine.Tests.Files;

public sealed class CollectFilesTests : FileTest
{
    [Fact]
    public async Task An_upload_expires_at_its_time()
    {
        var begun = await BegunAsync(Bytes(2 * Part));
        Engine.Clock.Advance(Limits.UploadLife - TimeSpan.FromMilliseconds(1));
        TestEngine.Value(await Engine.Get<SignParts>().RunAsync(TestEngine.As("alice"), begun.Upload!.Id, [1], Ct));

        Engine.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await AssertExpiredAsync(begun);
        await SweepAsync();
        await AssertExpiredAsync(begun);
    }

    [Fact]
    public async Task A_dialect_may_let_uploads_end_earlier_but_not_later()
    {
        var soon = TestEngine.Value(await BeginAsync(Draft(Bytes(1)) with { Life = TimeSpan.FromSeconds(1) }));
        var never = TestEngine.Value(await BeginAsync(Draft(Bytes(2)) with { Life = TimeSpan.FromDays(400) }));

        Assert.Equal(1_000, soon.Upload!.ExpiresAt - soon.Upload.CreatedAt);
        Assert.Equal(Limits.UploadLife.TotalMilliseconds, never.Upload!.ExpiresAt - never.Upload.CreatedAt);
    }

    [Fact]
    public async Task A_part_that_comes_too_late_is_told_so_and_not_that_its_link_is_old()
    {
        var begun = TestEngine.Value(await BeginAsync(Draft(Bytes(1)) with { Life = TimeSpan.FromSeconds(1) }));

        Engine.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Condition.UploadExpired, TestEngine.ConditionOf(await SendAsync(begun.Parts[0].Address.Link, Bytes(1))));
    }

    [Fact]
    public async Task The_bytes_of_an_expired_upload_go()
    {
        var begun = await BegunAsync(Bytes(2 * Part));
        await SendAllAsync(begun, Bytes(2 * Part));
        Assert.NotEmpty(await Engine.Get<IFileBytes>().ListPartsAsync(begun.Upload!, Ct));

        Engine.Clock.Advance(Limits.UploadLife);
        await SweepAsync();

        Assert.Empty(await Engine.Get<IFileBytes>().ListPartsAsync(begun.Upload!, Ct));
    }

    [Fact]
    public async Task An_ended_upload_is_remembered_for_a_while()
    {
        var begun = await BegunAsync(Bytes(1));
        Engine.Clock.Advance(Limits.UploadLife);
        await SweepAsync();

        Engine.Clock.Advance(Limits.UploadMemory);
        await SweepAsync();

        Assert.Null(await Engine.Get<IFileStore>().FindUploadAsync(TestEngine.App, begun.Upload!.Id, Ct));
        Assert.Equal(Condition.UploadNotFound, TestEngine.ConditionOf(await CompleteAsync(begun, SumsOf(Bytes(1)))));
    }

    [Fact]
    public async Task A_stored_file_outlives_its_upload()
    {
        var file = await StoredAsync(Bytes(2 * Part));

        Engine.Clock.Advance(Limits.UploadLife + Limits.UploadMemory);
        await SweepAsync();

        Assert.Equal(Bytes(2 * Part), await ReadAsync(file));
    }

    [Fact]
    public async Task What_a_crash_left_between_the_bytes_and_their_row_goes_with_the_upload()
    {
        var begun = await BegunAsync(Bytes(Part));
        await SendAllAsync(begun, Bytes(Part));
        var bytes = Engine.Get<IFileBytes>();
        Assert.True(await bytes.CompleteAsync(begun.Upload!, await bytes.ListPartsAsync(begun.Upload!, Ct), Ct));

        Engine.Clock.Advance(Limits.UploadLife);
        await SweepAsync();

        Assert.Null(await bytes.OpenAsync(new FileContent(begun.Upload!.Location, Part, FileChecksum.None), 0, Part, Ct));
    }

    [Fact]
    public async Task What_a_crash_left_between_the_bytes_and_their_row_can_be_completed()
    {
        var begun = await BegunAsync(Bytes(2 * Part));
        await SendAllAsync(begun, Bytes(2 * Part));
        var bytes = Engine.Get<IFileBytes>();
        Assert.True(await bytes.CompleteAsync(begun.Upload!, await bytes.ListPartsAsync(begun.Upload!, Ct), Ct));

        var file = TestEngine.Value(await CompleteAsync(begun, SumsOf(Bytes(2 * Part))));

        Assert.Equal(Bytes(2 * Part), await ReadAsync(file));
    }

    [Fact]
    public async Task Bytes_go_with_the_last_file_that_has_them()
    {
        var file = await StoredAsync(Bytes(Part), "alice/a");
        await BegunAsync(Bytes(Part), "alice/b");

        TestEngine.Value(await DeleteAsync("alice/a"));
        await SweepAsync();
        Assert.Equal(Bytes(Part), await ReadAsync(file));

        TestEngine.Value(await DeleteAsync("alice/b"));
        await SweepAsync();
        Assert.Null(await ReadAsync(file));
        Assert.NotNull((await BegunAsync(Bytes(Part))).Upload);
    }

    [Fact]
    public async Task A_replaced_file_gives_its_bytes_up()
    {
        var old = await StoredAsync(Bytes(Part));
        await StoredAsync(Bytes(Part, seed: 2));

        await SweepAsync();

        Assert.Null(await ReadAsync(old));
    }

    [Fact]
    public async Task A_file_that_is_replaced_by_itself_stays()
    {
        var file = await StoredAsync(Bytes(Part));
        await BegunAsync(Bytes(Part));

        await SweepAsync();

        Assert.Equal(Bytes(Part), await ReadAsync(file));
    }

    [Fact]
    public async Task Only_the_owner_and_administrators_delete()
    {
        await StoredAsync(Bytes(1));

        Assert.Equal(Condition.NotPermitted, TestEngine.ConditionOf(await Engine.Get<DeleteFile>().RunAsync(TestEngine.As("bob"), "alice/a.bin", Ct)));
        TestEngine.Value(await Engine.Get<DeleteFile>().RunAsync(TestEngine.Admin, "alice/a.bin", Ct));
        Assert.Equal(Condition.FileNotFound, TestEngine.ConditionOf(await DeleteAsync("alice/a.bin")));
    }

    private ValueTask<Result<Done>> DeleteAsync(string name) => Engine.Get<DeleteFile>().RunAsync(TestEngine.As("alice"), name, Ct);

    private async Task AssertExpiredAsync(BegunUpload begun)
    {
        Assert.Equal(Condition.UploadExpired, TestEngine.ConditionOf(await Engine.Get<SignParts>().RunAsync(TestEngine.As("alice"), begun.Upload!.Id, [1], Ct)));
        Assert.Equal(Condition.UploadExpired, TestEngine.ConditionOf(await CompleteAsync(begun, SumsOf(Bytes(2 * Part)))));
        Assert.Equal(Condition.UploadExpired, TestEngine.ConditionOf(await SendAsync(begun.Parts[0].Address.Link, Bytes(Part))));
    }
}
