namespace Dragoman.Engine.Messages;

/// <summary>Which rules do not stop a message: what the app itself says passes some that people's words do not.</summary>
[Flags]
public enum SendRights
{
    None = 0,

    /// <summary>Blocks, and who has to be whose friend.</summary>
    SkipContacts = 1,

    /// <summary>Receivers who do not want messages.</summary>
    SkipReceiverSettings = 2,

    /// <summary>The sender need not be a member of the group.</summary>
    SkipMembership = 4,

    /// <summary>Mutes of the sender and of the group.</summary>
    SkipMutes = 8,

    /// <summary>The app's own server is not asked whether the message may be sent.</summary>
    SkipAsking = 16,

    /// <summary>A notification of the app: nothing stops it.</summary>
    All = SkipContacts | SkipReceiverSettings | SkipMembership | SkipMutes | SkipAsking,
}
