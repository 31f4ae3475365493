using Dragoman.Engine.Files;
using Dragoman.Testing;

namespace Dragoman.Engine.Tests.Files;

public sealed class UploadTests : FileTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(Part)]
    [InlineData(Part + 1)]
    [InlineData(3 * Part)]
    public async Task What_was_uploaded_is_read_back(int size)
    {
        var bytes = Bytes(size);

        var file = await StoredAsync(bytes);

        Assert.Equal(bytes, await ReadAsync(file));
        Assert.Equal(("alice/a.bin", "image/png", size), (file.Name, file.ContentType, file.Content.Size));
        Assert.Equal(file, await FindAsync("alice/a.bin"));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(Part - 5, 10)]
    [InlineData(Part, Part)]
    [InlineData((2 * Part) + 100, 1)]
    [InlineData(10, 3 * Part)]
    public async Task A_range_over_parts_is_read(int offset, int length)
    {
        var bytes = Bytes(4 * Part);
        var file = await StoredAsync(bytes);

        Assert.Equal(bytes.AsSpan(offset, length).ToArray(), await ReadAsync(file, offset, length));
    }

    [Fact]
    public async Task Parts_may_come_in_any_order_and_more_than_once()
    {
        var bytes = Bytes(3 * Part);
        var begun = await BegunAsync(bytes);
        var parts = bytes.Chunk(Part).ToArray();
        foreach (var number in new[] { 3, 1, 2, 1, 3 }) TestEngine.Value(await SendAsync(begun.Parts[number - 1].Address.Link, parts[number - 1]));

        Assert.Equal(bytes, await ReadAsync(TestEngine.Value(await CompleteAsync(begun, SumsOf(bytes)))));
    }

    [Fact]
    public async Task A_part_that_was_wrong_is_replaced_by_the_right_one()
    {
        var bytes = Bytes(2 * Part);
        var begun = await BegunAsync(bytes);
        await SendAsync(begun.Parts[0].Address.Link, Bytes(Part, seed: 2));
        await SendAllAsync(begun, bytes);
        await SendAsync(begun.Parts[1].Address.Link, Bytes(Part, seed: 3));

        Assert.Equal(bytes, await ReadAsync(TestEngine.Value(await CompleteAsync(begun, SumsOf(bytes)))));
    }

    [Fact]
    public async Task Completing_again_answers_the_same_content()
    {
        var bytes = Bytes(2 * Part);
        var begun = await BegunAsync(bytes);
        await SendAllAsync(begun, bytes);
        var first = TestEngine.Value(await CompleteAsync(begun, SumsOf(bytes)));

        var second = TestEngine.Value(await CompleteAsync(begun, SumsOf(bytes)));

        Assert.Equal((first.Name, first.Content), (second.Name, second.Content));
        Assert.Equal(bytes, await ReadAsync(second));
    }

    [Fact]
    public async Task Completing_after_a_restart_goes_on()
    {
        var bytes = Bytes(3 * Part);
        var begun = await BegunAsync(bytes);
        TestEngine.Value(await SendAsync(begun.Parts[0].Address.Link, bytes[..Part]));
        await RestartAsync();
        TestEngine.Value(await SendAsync(begun.Parts[1].Address.Link, bytes[Part..(2 * Part)]));
        TestEngine.Value(await SendAsync(begun.Parts[2].Address.Link, bytes[(2 * Part)..]));

        Assert.Equal(bytes, await ReadAsync(TestEngine.Value(await CompleteAsync(begun, SumsOf(bytes)))));
    }

    [Fact]
    public async Task The_same_bytes_are_stored_once_and_need_no_second_upload()
    {
        var bytes = Bytes(2 * Part);
        var first = await StoredAsync(bytes);

        var begun = await BegunAsync(bytes, "bob/b.bin", "bob");

        Assert.Null(begun.Upload);
        Assert.Equal((first.Content, "bob/b.bin", "bob"), (begun.Existing!.Content, begun.Existing.Name, begun.Existing.Owner.Value));
        Assert.Equal(begun.Existing, await FindAsync("bob/b.bin"));
    }

    [Fact]
    public async Task Bytes_of_another_app_do_not_count()
    {
        var bytes = Bytes(Part);
        await StoredAsync(bytes);

        var begun = await Engine.Get<BeginUpload>().RunAsync(new Caller(new AppId(2), new UserId("alice"), IsAdministrator: false), Draft(bytes), Ct);

        Assert.NotNull(TestEngine.Value(begun).Upload);
    }

    [Fact]
    public async Task Two_who_upload_the_same_bytes_share_what_was_first()
    {
        var bytes = Bytes(2 * Part);
        var (alice, bob) = (await BegunAsync(bytes), await BegunAsync(bytes, "bob/b.bin", "bob"));
        await SendAllAsync(alice, bytes);
        await SendAllAsync(bob, bytes);

        var first = TestEngine.Value(await CompleteAsync(alice, SumsOf(bytes)));
        var second = TestEngine.Value(await CompleteAsync(bob, SumsOf(bytes), "bob"));

        Assert.Equal(first.Content, second.Content);
        Assert.Equal(bytes, await ReadAsync(second));
    }

    [Fact]
    public async Task The_name_may_be_chosen_at_the_end_and_replaces_what_had_it()
    {
        var (old, fresh) = (Bytes(Part), Bytes(2 * Part, seed: 2));
        await StoredAsync(old, "alice/x");
        var begun = await BegunAsync(fresh);
        await SendAllAsync(begun, fresh);

        TestEngine.Value(await CompleteAsync(begun, SumsOf(fresh), name: "alice/x"));

        Assert.Equal(fresh, await ReadAsync((await FindAsync("alice/x"))!));
        Assert.Null(await FindAsync("alice/a.bin"));
    }

    [Fact]
    public async Task A_form_is_one_part_without_a_checksum()
    {
        var bytes = Bytes(2 * Part);
        var begun = TestEngine.Value(await BeginAsync(Draft(bytes) with { Checksum = FileChecksum.None, IsForm = true }));
        TestEngine.Value(await SendAsync(begun.Form, bytes));

        var file = TestEngine.Value(await CompleteAsync(begun, sums: null));

        Assert.Equal((bytes.Length, new FileChecksum(ChecksumKind.Md5, Md5(bytes))), ((int)file.Content.Size, file.Content.Checksum));
        Assert.Equal(file.Content, TestEngine.Value(await CompleteAsync(begun, sums: null)).Content);
    }

    [Fact]
    public async Task Further_parts_are_signed_on_request()
    {
        var bytes = Bytes(3 * Part);
        var begun = TestEngine.Value(await BeginAsync(Draft(bytes) with { SignedParts = 1 }));
        Assert.Equal([1], begun.Parts.Select(p => p.Number));

        var signed = TestEngine.Value(await Engine.Get<SignParts>().RunAsync(TestEngine.As("alice"), begun.Upload!.Id, [3, 2], Ct));

        Assert.Equal([3, 2], signed.Parts.Select(p => p.Number));
        TestEngine.Value(await SendAsync(signed.Parts[0].Address.Link, bytes[(2 * Part)..]));
    }
}
