using System.Text.Json;
using Dragoman.Engine.Contents;
using Dragoman.Server.Configuration;
using Xunit;

namespace Dragoman.Dialects.Conformance.Server;

public sealed class LanguageSettingsTests
{
    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"engine":{"language":"en"}}""", false)]
    [InlineData("""{"engine":{"language":"zh"}}""", true)]
    public void An_app_speaks_what_it_says(string settings, bool isChinese)
    {
        var faults = new ConfigurationFaults();
        Assert.Equal(isChinese ? AppLanguage.Chinese : AppLanguage.English, LanguageSettings.Read(App(settings), faults));
        Assert.Null(WordSettings.Read(App(settings), ".", faults)); // which reports what it does not know
        Assert.Empty(faults.All);
    }

    [Theory]
    [InlineData("\"fr\"")]
    [InlineData("5")]
    public void Another_language_is_a_fault(string language)
    {
        var faults = new ConfigurationFaults();
        LanguageSettings.Read(App($$$"""{"engine":{"language":{{{language}}}}}"""), faults);
        Assert.Equal(["demo.settings.engine.language"], faults.All.Select(f => f.Key));
    }

    private static AppDefinition App(string settings) =>
        AppsFile.Parse(JsonDocument.Parse($$$"""{"name":"demo","settings":{{{settings}}}}""").RootElement, "demo", new ConfigurationFaults())!;
}
