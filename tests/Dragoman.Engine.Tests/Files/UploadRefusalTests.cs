using Dragoman.Engine.Files;
using Dragoman.Testing;

namespace Dragoman.Engine.Tests.Files;

public sealed class UploadRefusalTests : FileTest
{
    [Theory]
    [InlineData("bob/a.bin")]
    [InlineData("alice")]
    [InlineData("alicex/a.bin")]
    [InlineData("/alice/a.bin")]
    [InlineData("")]
    public async Task A_user_writes_below_his_own_id_only(string name) =>
        Assert.Equal(Condition.NotPermitted, TestEngine.ConditionOf(await BeginAsync(Draft(Bytes(1), name))));

    [Fact]
    public async Task An_administrator_writes_everywhere() =>
        TestEngine.Value(await Engine.Get<BeginUpload>().RunAsync(TestEngine.Admin, Draft(Bytes(1), "logo.png"), Ct));

    [Fact]
    public async Task A_name_has_at_most_1024_bytes()
    {
        var longest = "alice/" + new string('é', (FileNames.MaxBytes - 6) / 2);

        TestEngine.Value(await BeginAsync(Draft(Bytes(1), longest)));
        Assert.Equal(Condition.FileNameInvalid, TestEngine.ConditionOf(await BeginAsync(Draft(Bytes(1), longest + "a"))));
    }

    [Theory]
    [InlineData("alice/a\nb")]
    [InlineData("alice/\0")]
    public async Task A_name_has_no_control_characters(string name) =>
        Assert.Equal(Condition.FileNameInvalid, TestEngine.ConditionOf(await BeginAsync(Draft(Bytes(1), name))));

    [Fact]
    public async Task A_type_is_not_a_novel() =>
        Assert.Equal(Condition.FileNameInvalid, TestEngine.ConditionOf(await BeginAsync(Draft(Bytes(1)) with { ContentType = new string('a', 256) })));

    [Fact]
    public async Task A_file_has_a_largest_size()
    {
        TestEngine.Value(await BeginAsync(Draft(Bytes(1)) with { Size = Limits.MaxBytes }));
        Assert.Equal(Condition.FileTooLarge, TestEngine.ConditionOf(await BeginAsync(Draft(Bytes(1)) with { Size = Limits.MaxBytes + 1 })));
        Assert.Equal(Condition.FileTooLarge, TestEngine.ConditionOf(await BeginAsync(Draft(Bytes(1)) with { Size = 11, MaxBytes = 10 })));
    }

    [Fact]
    public async Task A_file_that_does_not_fit_into_its_parts_is_too_large()
    {
        Limits.MaxBytes = long.MaxValue;

        TestEngine.Value(await BeginAsync(Draft(Bytes(1)) with { Size = Limits.MaxPart * Limits.MaxParts }));
        Assert.Equal(Condition.FileTooLarge, TestEngine.ConditionOf(await BeginAsync(Draft(Bytes(1)) with { Size = (Limits.MaxPart * Limits.MaxParts) + 1 })));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_file_has_at_least_a_byte(long size) =>
        Assert.Equal(Condition.UploadPartsInvalid, TestEngine.ConditionOf(await BeginAsync(Draft(Bytes(1)) with { Size = size })));

    [Fact]
    public async Task A_form_is_no_larger_than_a_part()
    {
        var form = Draft(Bytes(1)) with { Checksum = FileChecksum.None, IsForm = true };

        TestEngine.Value(await BeginAsync(form with { Size = Limits.MaxPart }));
        Assert.Equal(Condition.UploadPartsInvalid, TestEngine.ConditionOf(await BeginAsync(form with { Size = Limits.MaxPart + 1 })));
    }

    [Theory]
    [InlineData("zz")]
    [InlineData("")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    public async Task A_checksum_is_32_digits(string checksum) =>
        Assert.Equal(
            Condition.FileChecksumInvalid,
            TestEngine.ConditionOf(await BeginAsync(Draft(Bytes(1)) with { Checksum = new FileChecksum(ChecksumKind.PartsMd5, checksum) })));

    [Fact]
    public async Task A_user_has_so_many_uploads_open()
    {
        Limits.MaxOpenUploads = 2;
        await BegunAsync(Bytes(1, seed: 1));
        var second = await BegunAsync(Bytes(1, seed: 2));

        Assert.Equal(Condition.UploadLimitReached, TestEngine.ConditionOf(await BeginAsync(Draft(Bytes(1, seed: 3)))));
        TestEngine.Value(await BeginAsync(Draft(Bytes(1, seed: 3), "bob/b"), "bob"));

        await SendAllAsync(second, Bytes(1, seed: 2));
        TestEngine.Value(await CompleteAsync(second, SumsOf(Bytes(1, seed: 2))));
        TestEngine.Value(await BeginAsync(Draft(Bytes(1, seed: 4))));
    }

    [Fact]
    public async Task An_app_has_so_many_bytes_announced_ones_included()
    {
        var draft = Draft(Bytes(600)) with { MaxAppBytes = 1000 };
        var begun = TestEngine.Value(await BeginAsync(draft));

        Assert.Equal(Condition.StorageQuotaReached, TestEngine.ConditionOf(await BeginAsync(Draft(Bytes(401, seed: 2)) with { MaxAppBytes = 1000 })));
        TestEngine.Value(await BeginAsync(Draft(Bytes(400, seed: 3)) with { MaxAppBytes = 1000 }));

        await SendAllAsync(begun, Bytes(600));
        TestEngine.Value(await CompleteAsync(begun, SumsOf(Bytes(600))));
        Assert.Equal(Condition.StorageQuotaReached, TestEngine.ConditionOf(await BeginAsync(Draft(Bytes(1, seed: 4)) with { MaxAppBytes = 1000 })));
    }

    [Fact]
    public async Task Deleted_files_and_expired_uploads_give_their_bytes_back()
    {
        Limits.MaxAppBytes = 1000;
        await StoredAsync(Bytes(600), "alice/x");
        await BegunAsync(Bytes(400, seed: 2));
        TestEngine.Value(await Engine.Get<DeleteFile>().RunAsync(TestEngine.As("alice"), "alice/x", Ct));
        Engine.Clock.Advance(Limits.UploadLife);
        await SweepAsync();

        await BegunAsync(Bytes(1000, seed: 3));
    }

    [Fact]
    public async Task A_part_is_no_larger_than_agreed()
    {
        var begun = await BegunAsync(Bytes(10));

        Assert.Equal(Condition.PartTooLarge, TestEngine.ConditionOf(await SendAsync(begun.Parts[0].Address.Link, Bytes(Part + 1))));
        var unknownLength = await Engine.Get<ReceivePart>().RunAsync(begun.Parts[0].Address.Link, new MemoryStream(Bytes(Part + 1)), length: null, md5: null, Ct);
        Assert.Equal(Condition.PartTooLarge, TestEngine.ConditionOf(unknownLength));
        TestEngine.Value(await SendAsync(begun.Parts[0].Address.Link, Bytes(Part)));
    }

    [Fact]
    public async Task A_part_with_another_checksum_than_said_is_not_kept()
    {
        var begun = await BegunAsync(Bytes(10));

        Assert.Equal(Condition.PartChecksumMismatch, TestEngine.ConditionOf(await SendAsync(begun.Parts[0].Address.Link, Bytes(10), Md5(Bytes(10, seed: 2)))));
        Assert.Equal(Condition.UploadSizeMismatch, TestEngine.ConditionOf(await CompleteAsync(begun, SumsOf(Bytes(10)))));
        TestEngine.Value(await SendAsync(begun.Parts[0].Address.Link, Bytes(10), Md5(Bytes(10))));
    }

    [Fact]
    public async Task Checksums_that_are_not_those_of_the_upload_are_refused()
    {
        var begun = await BegunAsync(Bytes(10));
        await SendAllAsync(begun, Bytes(10));

        Assert.Equal(Condition.FileChecksumMismatch, TestEngine.ConditionOf(await CompleteAsync(begun, SumsOf(Bytes(10, seed: 2)))));
        Assert.Equal(Condition.FileChecksumMismatch, TestEngine.ConditionOf(await CompleteAsync(begun, [])));
        Assert.Equal(Condition.FileChecksumMismatch, TestEngine.ConditionOf(await CompleteAsync(begun, sums: null)));
    }

    [Fact]
    public async Task A_missing_part_is_a_wrong_size()
    {
        var bytes = Bytes(2 * Part);
        var begun = await BegunAsync(bytes);
        await SendAsync(begun.Parts[1].Address.Link, bytes[Part..]);

        Assert.Equal(Condition.UploadSizeMismatch, TestEngine.ConditionOf(await CompleteAsync(begun, SumsOf(bytes))));
    }

    [Fact]
    public async Task Other_bytes_of_the_same_size_are_found_out()
    {
        var begun = await BegunAsync(Bytes(10));
        await SendAsync(begun.Parts[0].Address.Link, Bytes(10, seed: 2));

        Assert.Equal(Condition.PartChecksumMismatch, TestEngine.ConditionOf(await CompleteAsync(begun, SumsOf(Bytes(10)))));
    }

    [Fact]
    public async Task Nobody_signs_or_completes_for_another_user()
    {
        var begun = await BegunAsync(Bytes(10));

        Assert.Equal(Condition.NotPermitted, TestEngine.ConditionOf(await Engine.Get<SignParts>().RunAsync(TestEngine.As("bob"), begun.Upload!.Id, [1], Ct)));
        Assert.Equal(Condition.NotPermitted, TestEngine.ConditionOf(await CompleteAsync(begun, SumsOf(Bytes(10)), "bob")));
        Assert.Equal(Condition.NotPermitted, TestEngine.ConditionOf(await CompleteAsync(begun, SumsOf(Bytes(10)), name: "bob/x")));
    }

    [Theory]
    [InlineData("no id")]
    [InlineData("00000000000000000000000000000000")]
    public async Task An_unknown_upload_is_not_found(string id)
    {
        Assert.Equal(Condition.UploadNotFound, TestEngine.ConditionOf(await Engine.Get<SignParts>().RunAsync(TestEngine.As("alice"), new UploadId(id), [1], Ct)));
        Assert.Equal(
            Condition.UploadNotFound,
            TestEngine.ConditionOf(await Engine.Get<CompleteUpload>().RunAsync(TestEngine.As("alice"), new UploadId(id), new UploadCompletion([]), Ct)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(-1)]
    public async Task Only_parts_that_there_are_are_signed(int number)
    {
        var begun = await BegunAsync(Bytes(3 * Part));

        Assert.Equal(
            Condition.UploadPartsInvalid,
            TestEngine.ConditionOf(await Engine.Get<SignParts>().RunAsync(TestEngine.As("alice"), begun.Upload!.Id, [1, number], Ct)));
    }
}
