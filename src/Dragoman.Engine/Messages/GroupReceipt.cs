namespace Dragoman.Engine.Messages;

/// <summary>A member of a group has read a message whose sender wanted to know.</summary>
/// <param name="At">Unix milliseconds.</param>
public sealed record GroupReceipt(UserId Reader, long At);
