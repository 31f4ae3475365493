using Dragoman.Engine.Files;
using Dragoman.Testing;

namespace Dragoman.Engine.Tests.Files;

public sealed class FilePresentationTests
{
    [Theory]
    [InlineData("image/png", "image/png", "inline")]
    [InlineData("IMAGE/JPEG", "image/jpeg", "inline")]
    [InlineData("video/mp4", "video/mp4", "inline")]
    [InlineData("text/plain; charset=utf-8", "text/plain; charset=utf-8", "inline")]
    [InlineData("text/html", "text/html", "attachment")]
    [InlineData("image/svg+xml", "image/svg+xml", "attachment")]
    [InlineData("application/pdf", "application/pdf", "attachment")]
    [InlineData("text/html; x=\"image/png\"", "text/html", "attachment")]
    [InlineData("", "application/octet-stream", "attachment")]
    [InlineData("nonsense", "application/octet-stream", "attachment")]
    [InlineData("a/b\r\nSet-Cookie: x", "application/octet-stream", "attachment")]
    [InlineData("图片/png", "application/octet-stream", "attachment")]
    public void A_type_is_kept_when_it_is_one_and_shown_inline_when_it_is_harmless(string declared, string type, string disposition)
    {
        var shown = FilePresentation.Of(File("alice/a", declared));

        Assert.Equal((type, disposition), (shown.ContentType, shown.Disposition.Split(';')[0]));
    }

    [Theory]
    [InlineData("alice/report.pdf", "report.pdf")]
    [InlineData("alice/deep/er/你好 \"x\".png", "%E4%BD%A0%E5%A5%BD%20%22x%22.png")]
    [InlineData("alice/a;b.png", "a%3Bb.png")]
    public void The_name_is_its_last_part_escaped(string name, string shown) =>
        Assert.EndsWith($"; filename*=UTF-8''{shown}", FilePresentation.Of(File(name, "image/png")).Disposition, StringComparison.Ordinal);

    private static StoredFile File(string name, string type) => new()
    {
        App = TestEngine.App,
        Id = new FileId("1"),
        Owner = new UserId("alice"),
        Name = name,
        Content = new FileContent("x", 1, FileChecksum.None),
        ContentType = type,
    };
}
