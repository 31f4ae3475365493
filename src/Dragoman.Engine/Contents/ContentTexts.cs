using System.Collections.Concurrent;

namespace Dragoman.Engine.Contents;

/// <summary>In which language an app's server speaks to people where no client can.</summary>
public enum AppLanguage
{
    English,
    Chinese,
}

/// <summary>Messages in words, for dialects that have nothing else for them, and for lists.</summary>
public sealed class ContentTexts
{
    private readonly ConcurrentDictionary<AppId, AppLanguage> _languages = new();

    /// <summary>To be called at the start; English is spoken otherwise.</summary>
    public void Speak(AppId app, AppLanguage language) => _languages[app] = language;

    /// <summary>Never empty.</summary>
    public string Of(AppId app, Content content) => Of(content, _languages.GetValueOrDefault(app) == AppLanguage.Chinese);

    private static string Of(Content content, bool isChinese) => content switch
    {
        Content.Text { Words.Length: > 0 } text => text.Words,
        Content.Quote { Words.Length: > 0 } quote => quote.Words,
        Content.Image => isChinese ? "[图片]" : "[image]",
        Content.Voice voice => $"[{(isChinese ? "语音" : "voice")} {voice.Seconds}″]",
        Content.Video => isChinese ? "[视频]" : "[video]",
        Content.Document file => With(isChinese ? "文件" : "file", file.File.FileName),
        Content.Location place => With(isChinese ? "位置" : "location", place.Building.Length > 0 ? place.Building : place.Label),
        Content.Face => isChinese ? "[表情]" : "[sticker]",
        Content.Card card => With(isChinese ? "名片" : "card", card.Name.Length > 0 ? card.Name : card.User),
        Content.Bundle bundle => isChinese ? With("聊天记录", bundle.Title) : With("chat record", bundle.Title),
        Content.Custom { Description.Length: > 0 } custom => custom.Description,
        Content.Custom => isChinese ? "[自定义消息]" : "[custom message]",
        _ => isChinese ? "[消息]" : "[message]",
    };

    private static string With(string what, string name) => name.Length > 0 ? $"[{what} {name}]" : $"[{what}]";
}
