using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.Conformance.OpenIm.Webhooks;
using Dragoman.Dialects.OpenIm;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Http;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm;

/// <summary>Prints which test speaks of which route, request, webhook and code; there is none without a test.</summary>
public sealed partial class CoverageTests(SharedServer server)
{
    private const string Page = "src/Dragoman.Dialects.OpenIm/COVERAGE.md";

    private static readonly TestSource[] Sources = [.. TestSource.ReadAll(Path.Combine(PrintedPage.Root, "tests", "Dragoman.Dialects.Conformance", "OpenIm"))];

    [Fact]
    public void The_printed_page_is_the_one_of_the_code_and_has_no_gap()
    {
        var gaps = new List<string>();
        var page = new StringBuilder("# What is covered, and which test shows it\n\nPrinted by `CoverageTests` from the routes, tables and tests themselves.\n");
        Section(page, gaps, "Routes", "route", Routes().Select(path => (path, TestsOfRoute(path))));
        Section(page, gaps, "Requests over the long connection", "request", RequestIds().Select(r => ($"{r.Id} {r.Name}", TestsWith(r.Id == Requests.PushMsg ? "PushAsync\\(" : $"Requests.{r.Name}\\b"))));
        Section(page, gaps, "Webhooks", "event", WebhookNames.Commands.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, TestsOfEvent(c.Key, c.Value))));
        Section(page, gaps, "Codes", "code", Codes().Select(code => (code.ToString(CultureInfo.InvariantCulture), MethodsWith(code))));

        Assert.True(gaps.Count == 0, $"no test speaks of {string.Join(", ", gaps)}");
        PrintedPage.Check(Page, page.ToString());
    }

    private IEnumerable<string> Routes() => server.Get<IEnumerable<OpenImEndpoint>>().Select(e => e.Path).Order(StringComparer.Ordinal);

    private static IEnumerable<(int Id, string Name)> RequestIds() => typeof(Requests)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => ((int)f.GetRawConstantValue()!, f.Name))
        .OrderBy(r => r.Item1);

    private static IEnumerable<int> Codes() => typeof(OpenImErrors)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => f.GetValue(null))
        .OfType<OpenImError>()
        .Select(e => e.Code)
        .Distinct()
        .Order();

    /// <summary>By its path; where none has it whole, by its last part: some tests have the beginning in one place.</summary>
    private static string[] TestsOfRoute(string path)
    {
        var whole = TestsWith($"\"{Regex.Escape(path)}[\"?]");
        return whole.Length > 0 ? whole : TestsWith($"\"/?{Regex.Escape(path[(path.LastIndexOf('/') + 1)..])}[\"?]");
    }

    /// <summary>By its command, its key, or its key without <c>before</c> and <c>after</c>: some tests are about both.</summary>
    private static string[] TestsOfEvent(string key, string command) =>
        TestsWith($"\"({key}|{command}|{(key.StartsWith("before", StringComparison.Ordinal) ? key["before".Length..] : key["after".Length..])})\"");

    private static string[] TestsWith(string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(10));
        return [.. Sources.Where(s => regex.IsMatch(s.Text)).Select(s => s.Name).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Test methods that get the code as an answer (notifications have the same numbers), those that are named after it first; a few tell enough.</summary>
    private static string[] MethodsWith(int code)
    {
        const int enough = 3;
        var regex = new Regex($@"Failed\({code}\b|ErrCode[^;\n]*\b{code}\b|\b{code}\b[^;\n]*ErrCode|(answers?|sends?)_{code}(?!\d)", RegexOptions.None, TimeSpan.FromSeconds(10));
        var methods = Sources.SelectMany(s => s.Methods.Where(m => regex.IsMatch(m.Text)).Select(m => (Named: m.Name.Contains($"{code}", StringComparison.Ordinal), Name: $"{s.Name}.{m.Name}")));
        return [.. methods.OrderByDescending(m => m.Named).ThenBy(m => m.Name, StringComparer.Ordinal).Take(enough).Select(m => m.Name)];
    }

    private static void Section(StringBuilder page, List<string> gaps, string title, string head, IEnumerable<(string Name, string[] Tests)> rows)
    {
        page.Append($"\n## {title}\n\n| {head} | tests |\n| --- | --- |\n");
        foreach (var (name, tests) in rows)
        {
            if (tests.Length == 0) gaps.Add(name);
            page.Append($"| `{name}` | {string.Join(", ", tests)} |\n");
        }
    }

    /// <summary>A test class as it is written.</summary>
    private sealed partial record TestSource(string Name, string Text, IReadOnlyList<(string Name, string Text)> Methods)
    {
        public static IEnumerable<TestSource> ReadAll(string directory) => Directory
            .EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Split(File.ReadAllText(file)));

        private static IEnumerable<TestSource> Split(string file)
        {
            var classes = ClassHead().Matches(file);
            for (var i = 0; i < classes.Count; i++)
            {
                var end = i + 1 < classes.Count ? classes[i + 1].Index : file.Length;
                var text = file[classes[i].Index..end];
                yield return new(classes[i].Groups["name"].Value, text, [.. Tests(text)]);
            }
        }

        /// <summary>From one attribute of a test to the next: its rows of data are part of it.</summary>
        private static IEnumerable<(string Name, string Text)> Tests(string text)
        {
            var heads = TestHead().Matches(text);
            for (var i = 0; i < heads.Count; i++)
            {
                var end = i + 1 < heads.Count ? heads[i + 1].Index : text.Length;
                var body = text[heads[i].Index..end];
                if (TestName().Match(body) is { Success: true } name) yield return (name.Groups["name"].Value, body);
            }
        }

        [GeneratedRegex(@"^public sealed (partial )?class (?<name>\w+Tests)\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
        private static partial Regex ClassHead();

        [GeneratedRegex(@"^    \[(Fact|Theory)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
        private static partial Regex TestHead();

        [GeneratedRegex(@"public (async )?(Task|void) (?<name>\w+)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
        private static partial Regex TestName();
    }
}
