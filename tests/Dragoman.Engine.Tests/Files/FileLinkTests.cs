using Dragoman.Engine.Files;
using Dragoman.Testing;

namespace Dragoman.Engine.Tests.Files;

public sealed class FileLinkTests : FileTest
{
    private static readonly Func<SignedLink, SignedLink>[] Forgeries =
    [
        l => l with { Link = l.Link with { App = new AppId(2) } },
        l => l with { Link = l.Link with { Id = new string('0', 32) } },
        l => l with { Link = l.Link with { Part = 2 } },
        l => l with { Link = l.Link with { ExpiresAt = l.Link.ExpiresAt + 1 } },
        l => l with { Link = l.Link with { Verb = LinkVerb.PostForm } },
        l => l with { Link = l.Link with { Verb = LinkVerb.Read } },
        l => l with { Signature = "" },
        l => l with { Signature = "AAAAAAAAAAAAAAAAAAAAAA" },
        l => l with { Signature = l.Signature[..^1] },
        l => l with { Signature = l.Signature + "A" },
        l => l with { Signature = "!!" + l.Signature[2..] },
    ];

    [Fact]
    public async Task A_link_is_good_for_exactly_what_was_signed()
    {
        var begun = await BegunAsync(Bytes(2 * Part));
        var link = begun.Parts[0].Address.Link;

        await Assert.AllAsync(
            Forgeries, async forge => Assert.Equal(Condition.LinkInvalid, TestEngine.ConditionOf(await SendAsync(forge(link), Bytes(Part)))));
        TestEngine.Value(await SendAsync(link, Bytes(Part)));
    }

    [Fact]
    public async Task A_link_for_a_part_reads_nothing()
    {
        var begun = await BegunAsync(Bytes(1));

        Assert.Equal(Condition.LinkInvalid, TestEngine.ConditionOf(await Engine.Get<OpenFile>().RunAsync(begun.Parts[0].Address.Link, Ct)));
    }

    [Fact]
    public async Task A_link_for_reading_takes_nothing()
    {
        await StoredAsync(Bytes(1));
        var resolved = TestEngine.Value(await Engine.Get<ResolveFile>().RunAsync(TestEngine.App, "alice/a.bin", Ct));

        Assert.Equal(Condition.LinkInvalid, TestEngine.ConditionOf(await SendAsync(resolved.Address.Link, Bytes(1))));
    }

    [Fact]
    public async Task A_part_link_ends_before_its_upload()
    {
        var begun = await BegunAsync(Bytes(1));

        Engine.Clock.Advance(Limits.PartLinkLife);

        Assert.Equal(Condition.LinkExpired, TestEngine.ConditionOf(await SendAsync(begun.Parts[0].Address.Link, Bytes(1))));
        var again = TestEngine.Value(await Engine.Get<SignParts>().RunAsync(TestEngine.As("alice"), begun.Upload!.Id, [1], Ct));
        TestEngine.Value(await SendAsync(again.Parts[0].Address.Link, Bytes(1)));
    }

    [Fact]
    public async Task A_read_link_ends_and_is_renewed()
    {
        await StoredAsync(Bytes(1));
        var resolve = Engine.Get<ResolveFile>();
        var resolved = TestEngine.Value(await resolve.RunAsync(TestEngine.App, "alice/a.bin", Ct));
        TestEngine.Value(await Engine.Get<OpenFile>().RunAsync(resolved.Address.Link, Ct));

        Engine.Clock.Advance(Limits.DownloadLinkLife);

        Assert.Equal(Condition.LinkExpired, TestEngine.ConditionOf(await Engine.Get<OpenFile>().RunAsync(resolved.Address.Link, Ct)));
        resolved = TestEngine.Value(await resolve.RunAsync(TestEngine.App, "alice/a.bin", Ct));
        TestEngine.Value(await Engine.Get<OpenFile>().RunAsync(resolved.Address.Link, Ct));
    }

    [Fact]
    public async Task A_link_survives_a_restart()
    {
        await StoredAsync(Bytes(1));
        var resolved = TestEngine.Value(await Engine.Get<ResolveFile>().RunAsync(TestEngine.App, "alice/a.bin", Ct));

        await RestartAsync();

        TestEngine.Value(await Engine.Get<OpenFile>().RunAsync(resolved.Address.Link, Ct));
    }

    [Fact]
    public async Task The_link_of_a_replaced_file_does_not_lead_to_the_new_one()
    {
        await StoredAsync(Bytes(1));
        var resolved = TestEngine.Value(await Engine.Get<ResolveFile>().RunAsync(TestEngine.App, "alice/a.bin", Ct));

        await StoredAsync(Bytes(2));

        Assert.Equal(Condition.FileNotFound, TestEngine.ConditionOf(await Engine.Get<OpenFile>().RunAsync(resolved.Address.Link, Ct)));
    }

    [Theory]
    [InlineData("alice/unknown")]
    [InlineData("")]
    [InlineData("/")]
    public async Task An_unknown_name_is_not_found(string name) =>
        Assert.Equal(Condition.FileNotFound, TestEngine.ConditionOf(await Engine.Get<ResolveFile>().RunAsync(TestEngine.App, name, Ct)));
}
