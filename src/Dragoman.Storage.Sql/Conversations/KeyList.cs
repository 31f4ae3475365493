using Dragoman.Engine.Conversations;

namespace Dragoman.Storage.Sql.Conversations;

/// <summary>Conversations of one app in a statement: <c>v</c>, with their numbers, and <c>c</c>, their rows.</summary>
/// <remarks>CROSS JOIN tells SQLite where to begin: at the conversations that were named.</remarks>
internal static class KeyList
{
    /// <summary>To stand after FROM; v.column1 is a place in the list.</summary>
    public static string Source(int count) =>
        $"(VALUES {string.Join(", ", Enumerable.Range(0, SqlLists.Slots(count)).Select(place => $"({place}, ?, ?, ?)"))}) AS v CROSS JOIN conversations c";

    /// <summary>To stand in WHERE; its one parameter is the app.</summary>
    public const string IsNamed = "c.app = ? AND c.kind = v.column2 AND c.a = v.column3 AND c.b = v.column4";

    /// <summary>Binds the parameters of <see cref="Source"/>.</summary>
    public static SqlStatement BindKeys(this SqlStatement statement, IReadOnlyList<ConversationKey> keys)
    {
        for (var i = 0; i < SqlLists.Slots(keys.Count); i++)
        {
            // A statement for 256 serves 200, too; what fills it up names nobody's conversation.
            var key = i < keys.Count ? keys[i] : new ConversationKey(default, default, "", "");
            statement.Bind((int)key.Kind).Bind(key.A).Bind(key.B);
        }

        return statement;
    }
}
