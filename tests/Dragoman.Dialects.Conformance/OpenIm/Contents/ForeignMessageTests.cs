using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Messages.Contents;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Contents;

/// <summary>What another dialect wrote, as this one's clients see it (section 9.4).</summary>
public sealed class ForeignMessageTests
{
    private static readonly DialectId Elsewhere = new(200);

    [Fact]
    public void A_text_is_a_message_like_any_other()
    {
        var message = Render(new Content.Text("hello") { Extras = """{"a":1}""" });

        Assert.Equal((101, "alice", "bob", "", 1), (message.ContentType, message.SendID, message.RecvID, message.GroupID, message.SessionType));
        Assert.Equal((100, 2, 5L, 1_000L, """{"a":1}"""), (message.MsgFrom, message.Status, message.Seq, message.SendTime, message.Ex));
        Assert.Equal("""{"content":"hello"}""", message.Content.ToStringUtf8());
        Assert.Matches("^[0-9a-f]{32}$", message.ClientMsgID);
        Assert.Matches("^[0-9a-f]{32}$", message.ServerMsgID);
        Assert.Empty(message.Options);
    }

    [Fact]
    public void Who_was_called_by_name_is_called_here_too()
    {
        var message = Render(new Content.Text("@all") { Mentions = new([new("bob")], Everybody: true) });

        Assert.Equal(106, message.ContentType);
        Assert.Equal(["bob", "AtAllTag"], message.AtUserIDList);
        Assert.Equal("""{"text":"@all","atUserList":["bob","AtAllTag"]}""", message.Content.ToStringUtf8());
    }

    [Fact]
    public void Flags_are_options()
    {
        var message = Render(new Content.Text("x"), EntryFlags.NoUnread | EntryFlags.NoPush | EntryFlags.NoSenderCopy | EntryFlags.OnlineOnly);

        Assert.Equal(["history", "offlinePush", "persistent", "senderSync", "unreadCount"], message.Options.Keys.Order());
        Assert.All(message.Options.Values, Assert.False);
    }

    [Fact]
    public void Every_kind_is_read_again_as_what_it_was()
    {
        var file = new ContentFile("http://h/f") { Type = "image/png", Size = 5 };
        Content[] contents =
        [
            new Content.Text("hello"),
            new Content.Text("# hello") { IsMarkdown = true },
            new Content.Image(file, 3, 2, file with { Address = "http://h/s" }),
            new Content.Voice(file, 4),
            new Content.Video(file, 4, file with { Address = "http://h/c" }, 16, 9),
            new Content.Document(file with { FileName = "a.pdf" }),
            new Content.Location(31.2, 121.5, "Bund", ""),
            new Content.Face(3, "smile"),
            new Content.Card("u", "Li", "http://h/a"),
        ];
        foreach (var content in contents) Assert.Equal(content, new OpenImBodyReader().Read(EntryOf(Render(content))));
    }

    [Fact]
    public void What_only_apps_understand_arrives_whole()
    {
        var custom = Render(new Content.Custom("order", "", "", "", [new("id", "7"), new("sum", "\"5\"")]));
        var json = JsonNode.Parse(custom.Content.Span)!;
        Assert.Equal((110, "order"), (custom.ContentType, (string?)json["description"]));
        Assert.Equal("""{"id":"7","sum":"\"5\""}""", (string?)json["data"]);

        var command = Render(new Content.Command("wave", [new("k", "v")]));
        json = JsonNode.Parse(command.Content.Span)!;
        Assert.Equal((120, "wave", """{"k":"v"}"""), (command.ContentType, (string?)json["description"], (string?)json["data"]));
    }

    [Fact]
    public void What_has_no_form_here_is_said_in_words()
    {
        Assert.Equal("[chat record Trip]", TextOf(new Content.Bundle("Trip", ["a", "b"], File: null)));
        Assert.Equal("yes", TextOf(new Content.Quote("yes", "bob", new Content.Text("shall we?"))));
        Assert.Equal("[message]", TextOf(new Content.Other()));
        Assert.Equal("[消息]", TextOf(new Content.Other(), AppLanguage.Chinese));
        Assert.Equal("[message]", TextOf(new BodyReaders([]).Read(EntryOf(Elsewhere, []))));
    }

    [Theory]
    [InlineData(ContentKind.Text, 101)]
    [InlineData(ContentKind.Image, 102)]
    [InlineData(ContentKind.Voice, 103)]
    [InlineData(ContentKind.Video, 104)]
    [InlineData(ContentKind.File, 105)]
    [InlineData(ContentKind.Location, 109)]
    [InlineData(ContentKind.Custom, 110)]
    [InlineData(ContentKind.Face, 115)]
    [InlineData(ContentKind.Command, 120)]
    [InlineData(ContentKind.Bundle, 101)]
    public void The_type_can_be_said_without_looking_into_the_message(ContentKind kind, int type) => Assert.Equal(type, ContentTypes.OfKind(kind));

    private static string TextOf(Content content, AppLanguage language = AppLanguage.English) =>
        (string)JsonNode.Parse(Render(content, language: language).Content.Span)!["content"]!;

    private static MsgData Render(Content content, EntryFlags flags = EntryFlags.None, AppLanguage language = AppLanguage.English)
    {
        var texts = new ContentTexts();
        texts.Speak(new(1), language);
        var renderer = new MessageRenderer(catalog: null!, new BodyReaders([new FixedReader(content)]), new OpenImBodyWriter(texts));
        return renderer.Render(EntryOf(Elsewhere, [], flags), isHidden: false, isRead: false);
    }

    private static Entry EntryOf(MsgData message) => EntryOf(OpenImId.Dialect, Google.Protobuf.MessageExtensions.ToByteArray(message));

    private static Entry EntryOf(DialectId origin, byte[] body, EntryFlags flags = EntryFlags.None)
    {
        var entry = new Entry
        {
            Conversation = ConversationKey.Direct(new(1), new("alice"), new("bob")),
            Sender = new("alice"),
            Origin = origin,
            Body = body,
            Flags = flags,
        };
        entry.Place(sequence: 5, new MessageId(77), sentAt: 1_000);
        return entry;
    }

    private sealed class FixedReader(Content content) : IBodyReader
    {
        public DialectId Dialect => Elsewhere;

        public Content Read(Entry message) => content;
    }
}
