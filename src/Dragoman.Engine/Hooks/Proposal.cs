namespace Dragoman.Engine.Hooks;

/// <summary>Something that is about to be done and that the app's own server may forbid or change beforehand.</summary>
/// <remarks>
/// Made by the operation before it takes any gate, asked about through <see cref="HookDesk.AskAsync"/>. What a hook may
/// change has a setter; the operation goes on with the values that it finds afterwards, and checks them like any others.
/// </remarks>
public abstract class Proposal(Caller caller)
{
    public Caller Caller { get; } = caller;
    public AppId App => Caller.App;
}
