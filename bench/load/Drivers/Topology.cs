namespace Dragoman.Load.Drivers;

/// <summary>Who talks to whom: equal conversations whose users are numbered one after the other; the first of each are its senders.</summary>
/// <param name="IsDirect">Between two users, instead of a group; with one member, users who only sit there.</param>
internal sealed record Topology(int Conversations, int Members, int Senders, bool IsDirect)
{
    internal int Users => Conversations * Members;

    internal int ConversationOf(int user) => user / Members;

    internal int FirstMemberOf(int user) => user - user % Members;

    internal bool IsSender(int user) => user % Members < Senders;
}
