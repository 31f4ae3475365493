using Xunit;

namespace Dragoman.Dialects.Conformance;

/// <summary>Pages of documentation that tests print from the code: to print them anew, run with UPDATE_DOCS=1.</summary>
internal static class PrintedPage
{
    public static string Root { get; } = FindRoot();

    public static void Check(string path, string expected)
    {
        path = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") File.WriteAllText(path, expected);

        Assert.Equal(expected, File.Exists(path) ? File.ReadAllText(path) : "");
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Dragoman.slnx"))) directory = directory.Parent;
        return directory.FullName;
    }
}
