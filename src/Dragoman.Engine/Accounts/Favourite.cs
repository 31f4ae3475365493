namespace Dragoman.Engine.Accounts;

/// <summary>Something small that a user keeps on the server under a name of his own choosing.</summary>
/// <param name="Type">A kind that the app counts for itself.</param>
/// <param name="Id">Unique among the user's favourites of this type.</param>
/// <param name="CreatedAt">Unix milliseconds.</param>
public sealed record Favourite(UserId Owner, int Type, string Id, string Value, string Extra, long CreatedAt);
