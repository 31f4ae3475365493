using System.Reflection;

namespace Dragoman.Engine.Tests;

public sealed class ArchitectureTests
{
    private static readonly string[] Vendors = ["tencent", "jmessage", "openim", "agora", "easemob", "wilddog"];

    [Fact]
    public void The_engine_knows_no_web_server_and_no_storage()
    {
        var references = typeof(Condition).Assembly.GetReferencedAssemblies().Select(a => a.Name!);

        Assert.DoesNotContain(references, name =>
            name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name.Contains("SQLite", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("Dragoman.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_engine_has_no_vendors_word()
    {
        var names = typeof(Condition).Assembly.GetTypes()
            .SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static).Select(m => m.Name).Append(t.FullName!));

        Assert.DoesNotContain(names, name => Array.Exists(Vendors, v => name.Contains(v, StringComparison.OrdinalIgnoreCase)));
    }
}
