using Dragoman.Dialects.OpenIm;
using Dragoman.Dialects.OpenIm.Messages.Contents;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Google.Protobuf;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Contents;

/// <summary>What the JSON of section 9.4 means to whoever speaks another dialect.</summary>
public sealed class BodyReaderTests
{
    private readonly OpenImBodyReader _reader = new();

    [Fact]
    public void Words_are_text()
    {
        Assert.Equal(new Content.Text("hello"), Read(101, """{"content":"hello"}"""));
        Assert.Equal(new Content.Text("# hello") { IsMarkdown = true }, Read(118, """{"content":"# hello"}"""));
        Assert.Equal(new Content.Text("see http://a"), Read(117, """{"text":"see http://a","messageEntityList":[{"type":"url","offset":4,"length":8}]}"""));
    }

    [Fact]
    public void A_picture_has_its_original_and_its_thumbnail()
    {
        var image = Assert.IsType<Content.Image>(Read(102, """
            {"sourcePicture":{"uuid":"u","type":"image/gif","size":7,"width":30,"height":20,"url":"http://h:1/openim/object/alice/a%20b.gif"},
             "bigPicture":{},"snapshotPicture":{"url":"http://elsewhere/s.png","type":"png","size":3,"width":3,"height":2}}
            """));

        Assert.Equal(new ContentFile("http://h:1/openim/object/alice/a%20b.gif") { StoredName = "alice/a b.gif", Type = "image/gif", Size = 7 }, image.File);
        Assert.Equal((30, 20, true), (image.Width, image.Height, image.IsAnimated));
        Assert.Equal(new ContentFile("http://elsewhere/s.png") { Type = "png", Size = 3 }, image.Thumbnail);
    }

    [Fact]
    public void Sound_film_and_papers_are_files()
    {
        var voice = Assert.IsType<Content.Voice>(Read(103, """{"sourceUrl":"http://h/v.mp3","soundType":"mp3","dataSize":9,"duration":4}"""));
        Assert.Equal((4, "mp3", 9L), (voice.Seconds, voice.File.Type, voice.File.Size));

        var video = Assert.IsType<Content.Video>(Read(104, """
            {"videoUrl":"http://h/v.mp4","videoType":"mp4","videoSize":90,"duration":40,"snapshotUrl":"http://h/v.png","snapshotType":"png",
             "snapshotSize":5,"snapshotWidth":16,"snapshotHeight":9}
            """));
        Assert.Equal(("http://h/v.mp4", 40, "http://h/v.png", 16, 9), (video.File.Address, video.Seconds, video.Cover!.Address, video.CoverWidth, video.CoverHeight));

        var file = Assert.IsType<Content.Document>(Read(105, """{"sourceUrl":"http://h/r.pdf","fileName":"report.pdf","fileSize":12,"fileType":"application/pdf"}"""));
        Assert.Equal(("report.pdf", 12L), (file.File.FileName, file.File.Size));
    }

    [Fact]
    public void The_other_types_say_what_they_have()
    {
        Assert.Equal(new Content.Location(31.2, 121.5, "Bund", ""), Read(109, """{"description":"Bund","longitude":121.5,"latitude":31.2}"""));
        Assert.Equal(new Content.Face(3, "smile"), Read(115, """{"index":3,"data":"smile"}"""));
        Assert.Equal(new Content.Card("u1", "Li", "http://h/f.png"), Read(108, """{"userID":"u1","nickname":"Li","faceURL":"http://h/f.png","ex":""}"""));
        var custom = Assert.IsType<Content.Custom>(Read(110, """{"data":"{\"a\":1}","description":"order","extension":"x"}"""));
        Assert.Equal(("{\"a\":1}", "order", "x", ""), (custom.Data, custom.Description, custom.Extension, custom.Event));
        var typing = Assert.IsType<Content.Command>(Read(113, """{"msgTips":"yes"}"""));
        Assert.Equal(("typing", "yes"), (typing.Action, typing.Parameters[0].Value));
        var bundle = Assert.IsType<Content.Bundle>(Read(107, """{"title":"chat","abstractList":["a: 1","b: 2"],"multiMessage":[]}"""));
        Assert.Equal(["a: 1", "b: 2"], bundle.Summary);
    }

    [Fact]
    public void A_quote_says_what_it_answers()
    {
        var quote = Assert.IsType<Content.Quote>(Read(114, """
            {"text":"yes","quoteMessage":{"sendID":"bob","contentType":101,"textElem":{"content":"shall we?"}}}
            """));

        Assert.Equal(("yes", "bob", new Content.Text("shall we?")), (quote.Words, quote.QuotedSender, quote.Quoted));
    }

    [Fact]
    public void A_quote_of_quotes_ends_somewhere()
    {
        var json = """{"text":"0"}""";
        for (var i = 1; i < 20; i++) json = $$$"""{"text":"{{{i}}}","quoteMessage":{"sendID":"bob","contentType":114,"quoteElem":{{{json}}}}}""";

        var depth = 0;
        for (var content = Read(114, json); content is Content.Quote quote; content = quote.Quoted) depth++;
        Assert.Equal(4, depth);
    }

    [Fact]
    public void Mentions_and_what_the_app_attached_come_with_it()
    {
        var text = Read(106, """{"text":"@all","atUserList":["bob","AtAllTag"]}""", data =>
        {
            data.Ex = """{"k":1}""";
            data.AtUserIDList.Add(["bob", "AtAllTag"]);
        });

        Assert.Equal("""{"k":1}""", text.Extras);
        Assert.Equal([new UserId("bob")], text.Mentions!.Users);
        Assert.True(text.Mentions.Everybody);
        Assert.Equal("", Read(101, """{"content":"x"}""", data => data.Ex = "no JSON").Extras);
        Assert.Equal("", Read(101, """{"content":"x"}""", data => data.Ex = """{"a":"\ud800"}""").Extras);
    }

    [Theory]
    [InlineData(101, "")]
    [InlineData(101, "[]")]
    [InlineData(101, "{\"content\":")]
    [InlineData(777, "{}")]
    public void What_makes_no_sense_is_something_else(int type, string json) => Assert.IsType<Content.Other>(Read(type, json));

    [Theory]
    [InlineData(101, """{"content":5}""")]
    [InlineData(101, """{"content":"\ud800"}""")]
    [InlineData(102, """{"sourcePicture":[]}""")]
    [InlineData(103, """{"duration":1e300,"sourceUrl":{}}""")]
    [InlineData(105, """{"sourceUrl":"http://h/openim/object/%00"}""")]
    [InlineData(106, """{"text":"a","quoteMessage":{"contentType":"x"}}""")]
    [InlineData(107, """{"abstractList":[1,null]}""")]
    [InlineData(107, """{"abstractList":["\ud800"]}""")]
    [InlineData(109, """{"latitude":"north"}""")]
    public void Wrong_members_are_none(int type, string json) => Assert.IsNotType<Content.Other>(Read(type, json));

    [Fact]
    public void A_body_that_is_no_message_is_something_else() =>
        Assert.IsType<Content.Other>(_reader.Read(EntryOf(new byte[] { 0xff, 0xff, 0xff })));

    private Content Read(int type, string json, Action<MsgData>? shape = null)
    {
        var data = new MsgData { ContentType = type, Content = ByteString.CopyFromUtf8(json) };
        shape?.Invoke(data);
        return _reader.Read(EntryOf(data.ToByteArray()));
    }

    private static Entry EntryOf(byte[] body) => new()
    {
        Conversation = ConversationKey.Direct(new(1), new("alice"), new("bob")),
        Sender = new("alice"),
        Origin = OpenImId.Dialect,
        Body = body,
    };
}
