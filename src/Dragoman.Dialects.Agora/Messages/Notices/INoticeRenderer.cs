using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>An entry as this dialect's clients see it.</summary>
/// <param name="Usual">What whoever is entitled to it is shown; null for nothing.</param>
/// <param name="Apart">Who is shown something else, or (null) nothing.</param>
internal readonly record struct Rendering(Meta? Usual, IReadOnlyDictionary<UserId, Meta?>? Apart = null)
{
    /// <summary>What those are shown besides who are shown what is usual.</summary>
    public IReadOnlyList<Meta> More { get; init; } = [];

    public Meta? For(UserId reader) => Apart is not null && Apart.TryGetValue(reader, out var own) ? own : Usual;
}

/// <summary>Shows one kind of notice as the vendor's event. Every class below this folder is found by itself.</summary>
internal interface INoticeRenderer
{
    Type Notice { get; }

    Rendering Render(AgoraApp app, Entry entry);
}

/// <inheritdoc cref="INoticeRenderer"/>
internal abstract class NoticeRenderer<TNotice> : INoticeRenderer
    where TNotice : Notice
{
    public Type Notice => typeof(TNotice);

    public Rendering Render(AgoraApp app, Entry entry) => Render(app, entry, (TNotice)entry.Notice!);

    protected abstract Rendering Render(AgoraApp app, Entry entry, TNotice notice);
}
