using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>What clients are told of an edit.</summary>
internal static class EditJson
{
    public const string Key = "edit_msg";

    /// <summary>What the app itself does is done by nobody; clients show it as the vendor's administrator.</summary>
    private const string Administrator = "admin";

    /// <summary>Beside the message, as history has it.</summary>
    public static JsonObject Of(EditMark edit) => new()
    {
        ["count"] = edit.Version,
        ["operator"] = edit.By.Length > 0 ? edit.By : Administrator,
        ["edit_time"] = edit.At,
    };

    /// <summary>In answers and events, with whose message it is.</summary>
    public static JsonObject Of(Entry edited)
    {
        var shown = Of(edited.Edit!);
        shown["sender"] = edited.Sender.Value;
        shown["send_time"] = edited.SentAt;
        shown["chat_type"] = Jids.ConferenceOf(edited.Conversation) is null ? "chat:user" : "chat:group";
        return shown;
    }
}
