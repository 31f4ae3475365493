namespace Dragoman.Dialects.Agora.Http;

/// <summary>Whose token a route asks for.</summary>
internal enum Access
{
    /// <summary>Nobody's: the route looks itself at what there is.</summary>
    Anybody,

    /// <summary>The app's.</summary>
    App,

    /// <summary>The app's, or that of the user whom the path names in its place <c>u</c>.</summary>
    Owner,

    /// <summary>The app's or any user's.</summary>
    Users,
}

/// <summary>One route. The derived class is the file that carries the vendor's name for it.</summary>
/// <param name="methods">One or several, separated by commas.</param>
/// <param name="template">After the app's prefix, for instance <c>/users/{u}/status</c>.</param>
internal abstract class AgoraEndpoint(string methods, string template, Access access)
{
    private const int UsualRate = 100;

    public IReadOnlyList<string> Methods { get; } = methods.Split(',');
    public string Template { get; } = template;
    public Access Access { get; } = access;

    /// <summary>Bytes of a request body.</summary>
    public virtual int MaxBodyBytes => 1024 * 1024;

    /// <summary>Whether it reads the body itself: a file, not JSON.</summary>
    public virtual bool ReadsBody => false;

    /// <summary>Whether the body is a form, as browsers send them, instead of JSON.</summary>
    public virtual bool TakesForms => false;

    /// <summary>Whether the body is taken as it is.</summary>
    public virtual bool TakesBytes => false;

    /// <summary>Calls a second that the vendor allows.</summary>
    public virtual int CallsPerSecond => UsualRate;

    /// <summary>The same for an app that has chosen another figure for usual routes.</summary>
    public int RateOf(int calls) => calls == 0 ? 0 : Math.Max(1, (int)((long)CallsPerSecond * calls / UsualRate));

    public abstract ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct);
}
