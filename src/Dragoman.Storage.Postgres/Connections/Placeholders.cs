using System.Globalization;
using System.Text;

namespace Dragoman.Storage.Postgres.Connections;

/// <summary>The shared SQL's <c>?</c> as PostgreSQL's <c>$1</c>, <c>$2</c> …; not inside quotes.</summary>
internal static class Placeholders
{
    public static string Number(string sql)
    {
        var numbered = new StringBuilder(sql.Length + 16);
        var count = 0;
        var quote = '\0';
        foreach (var c in sql)
        {
            if (c == '?' && quote == '\0')
            {
                numbered.Append(CultureInfo.InvariantCulture, $"${++count}");
                continue;
            }

            if (quote == '\0' && c is '\'' or '"') quote = c;
            else if (c == quote) quote = '\0';
            numbered.Append(c);
        }

        return numbered.ToString();
    }
}
