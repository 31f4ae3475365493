using System.Text;
using Dragoman.Dialects.Agora;
using Dragoman.Dialects.OpenIm;
using Dragoman.Engine;
using Xunit;

namespace Dragoman.Dialects.Conformance;

public sealed class ErrorCatalogTests
{
    [Fact]
    public void The_printed_catalog_is_the_one_of_the_tables() => PrintedPage.Check("docs/errors.md", Print());

    private static string Print()
    {
        var page = new StringBuilder();
        page.Append("# Error codes\n\n");
        page.Append("Printed from the dialects' tables by `ErrorCatalogTests`. A condition is why the engine refused; a dialect answers it with its\n");
        page.Append("vendor's code. Some routes answer a condition with another code, as their vendor does: see the dialect's README.\n\n");
        page.Append("| Condition | OpenIM | Agora Chat |\n| --- | --- | --- |\n");
        foreach (var condition in Enum.GetValues<Condition>().Where(c => c != Condition.None))
        {
            var error = OpenImErrors.Table[condition];
            page.Append($"| `{condition}` | {error.Code} {error.Message}{(error.Detail is null ? "" : $": {error.Detail}")} | {Of(AgoraErrors.Table[condition])} |\n");
        }

        return page.ToString();
    }

    private static string Of(AgoraError error) =>
        $"{error.Status} {error.Error}: {error.Description.Replace("|", "\\|", StringComparison.Ordinal)}{(error.ErrorCode is { } code ? $" ({code})" : "")}";
}
