using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Contents;

/// <summary>
/// What a message means, for a dialect that did not write it. Made of the stored bytes when it is asked for, never stored: a dialect that
/// reads its own messages does not need it.
/// </summary>
public abstract record Content
{
    /// <summary>What the app attached for itself: a JSON object, or empty.</summary>
    public string Extras { get; init; } = "";

    /// <summary>Who was called by name; null when nobody was.</summary>
    public Mentions? Mentions { get; init; }

    public sealed record Text(string Words) : Content
    {
        /// <summary>The words are Markdown.</summary>
        public bool IsMarkdown { get; init; }
    }

    /// <summary>An answer to something that was said.</summary>
    /// <param name="Words">The answer.</param>
    /// <param name="Quoted">What it answers, as it was when it was quoted.</param>
    public sealed record Quote(string Words, string QuotedSender, Content Quoted) : Content;

    /// <param name="Width">Of the original, in pixels; 0 when it is not known.</param>
    /// <param name="Thumbnail">Null when there is none: the original is shown small.</param>
    public sealed record Image(ContentFile File, int Width, int Height, ContentFile? Thumbnail) : Content
    {
        public bool IsAnimated { get; init; }
    }

    public sealed record Voice(ContentFile File, int Seconds) : Content;

    /// <param name="Cover">A picture out of it; null when there is none.</param>
    public sealed record Video(ContentFile File, int Seconds, ContentFile? Cover, int CoverWidth, int CoverHeight) : Content;

    public sealed record Document(ContentFile File) : Content;

    /// <param name="Label">The address.</param>
    /// <param name="Building">The name of the place.</param>
    public sealed record Location(double Latitude, double Longitude, string Label, string Building) : Content;

    public sealed record Face(int Index, string Data) : Content;

    /// <summary>Somebody, recommended to somebody else.</summary>
    public sealed record Card(string User, string Name, string Avatar) : Content;

    /// <summary>What only apps understand.</summary>
    /// <param name="Event">Which of the app's own messages it is; empty when the dialect has no name for them.</param>
    /// <param name="Data">The app's text, often JSON.</param>
    /// <param name="Parameters">For dialects whose custom messages are a list of names and values.</param>
    public sealed record Custom(string Event, string Data, string Description, string Extension, IReadOnlyList<KeyValuePair<string, string>> Parameters)
        : Content;

    /// <summary>For the apps at both ends; nobody is shown it.</summary>
    public sealed record Command(string Action, IReadOnlyList<KeyValuePair<string, string>> Parameters) : Content;

    /// <summary>Messages that were forwarded as one.</summary>
    /// <param name="Summary">A few lines of them.</param>
    /// <param name="File">Where they are, for a dialect that keeps them in a file; null when they are not.</param>
    public sealed record Bundle(string Title, IReadOnlyList<string> Summary, ContentFile? File) : Content;

    /// <summary>What its own dialect does not interpret either, or what cannot be read.</summary>
    public sealed record Other : Content;
}

/// <summary>A file that a message names.</summary>
/// <param name="Address">As the sender gave it: everybody who is told of the message can read it there.</param>
public sealed record ContentFile(string Address)
{
    /// <summary>Its name in our own storage, when it is there, so that each dialect can give an address of its own; otherwise empty.</summary>
    public string StoredName { get; init; } = "";

    /// <summary>What the file is called by people.</summary>
    public string FileName { get; init; } = "";

    /// <summary>Its type, <c>image/png</c> or <c>png</c>, as the sender said it.</summary>
    public string Type { get; init; } = "";

    /// <summary>Bytes; 0 when it is not known.</summary>
    public long Size { get; init; }
}
