using System.Text;
using Dragoman.Dialects.OpenIm;
using Dragoman.Engine;
using Xunit;

namespace Dragoman.Dialects.Conformance;

public sealed class ErrorCatalogTests
{
    /// <summary><c>docs/errors.md</c> is printed from the tables; to print it anew, run with UPDATE_DOCS=1.</summary>
    [Fact]
    public void The_printed_catalog_is_the_one_of_the_tables()
    {
        var path = Path.Combine(Root(), "docs", "errors.md");
        var catalog = Print();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") File.WriteAllText(path, catalog);

        Assert.Equal(catalog, File.ReadAllText(path));
    }

    private static string Print()
    {
        var page = new StringBuilder();
        page.Append("# Error codes\n\n");
        page.Append("Printed from the dialects' tables by `ErrorCatalogTests`. A condition is why the engine refused; a dialect answers it with its\n");
        page.Append("vendor's code. Some routes answer a condition with another code, as their vendor does: see the dialect's README.\n\n");
        page.Append("| Condition | OpenIM |\n| --- | --- |\n");
        foreach (var condition in Enum.GetValues<Condition>().Where(c => c != Condition.None))
        {
            var error = OpenImErrors.Table[condition];
            page.Append($"| `{condition}` | {error.Code} {error.Message}{(error.Detail is null ? "" : $": {error.Detail}")} |\n");
        }

        return page.ToString();
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Dragoman.slnx"))) directory = directory.Parent;
        return directory.FullName;
    }
}
