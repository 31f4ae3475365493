using System.Text.Json;
using Dragoman.Engine.Words;
using Dragoman.Server.Configuration;
using Dragoman.Testing;
using Xunit;

namespace Dragoman.Dialects.Conformance.Server;

public sealed class WordSettingsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Words_are_read_from_files_in_the_data_directory()
    {
        File.WriteAllText(_directory.File("no.txt"), "\uFEFFforbidden\n\n  坏词  \n");
        File.WriteAllText(_directory.File("mask.txt"), "damn");

        var (filter, faults) = Read("""{"refuse":"no.txt","mask":"mask.txt","places":["messages","groups"]}""");

        Assert.Empty(faults);
        Assert.Equal(3, filter!.Count);
        Assert.Equal("坏词", filter.Screen("有坏词".ToCharArray(), out _));
        Assert.Null(filter.Screen("damn".ToCharArray(), out var isMasked));
        Assert.True(isMasked);
        Assert.True(filter.Watches(WordPlaces.Groups));
        Assert.False(filter.Watches(WordPlaces.Profiles));
    }

    [Fact]
    public void An_app_without_the_section_has_no_filter() => Assert.Null(WordSettings.Read(App("{}"), _directory.Path, new ConfigurationFaults()));

    [Theory]
    [InlineData("[]", "demo.settings.engine.words")]
    [InlineData("""{"refuse":5}""", "demo.settings.engine.words.refuse")]
    [InlineData("""{"refuse":"absent.txt"}""", "demo.settings.engine.words.refuse")]
    [InlineData("""{"mask":"latin1.txt"}""", "demo.settings.engine.words.mask")]
    [InlineData("""{"mask":"long.txt"}""", "demo.settings.engine.words.mask")]
    [InlineData("""{"places":"messages"}""", "demo.settings.engine.words.places")]
    [InlineData("""{"places":["nowhere"]}""", "demo.settings.engine.words.places")]
    [InlineData("""{"replace":"x"}""", "demo.settings.engine.words.replace")]
    public void Faults_are_reported_by_their_key(string words, string key)
    {
        File.WriteAllBytes(_directory.File("latin1.txt"), [0xe4, 0x0a]);
        File.WriteAllText(_directory.File("long.txt"), new string('x', WordMatcher.MaxWordLength) + "\n" + new string('x', WordMatcher.MaxWordLength + 1));

        var (filter, faults) = Read(words);

        Assert.Null(filter);
        Assert.Equal([key], faults);
    }

    [Fact]
    public void Unknown_settings_of_the_engine_are_faults()
    {
        var faults = new ConfigurationFaults();
        WordSettings.Read(App("""{"engine":{"world":{}}}"""), _directory.Path, faults);
        Assert.Equal(["demo.settings.engine.world"], faults.All.Select(f => f.Key));
    }

    private (WordFilter? Filter, string[] Faults) Read(string words)
    {
        var faults = new ConfigurationFaults();
        var filter = WordSettings.Read(App($$"""{"engine":{"words":{{words}} } }"""), _directory.Path, faults);
        return (filter, [.. faults.All.Select(f => f.Key)]);
    }

    private static AppDefinition App(string settings) =>
        new("demo", IsDefault: true, JsonDocument.Parse($$"""{"name":"demo","settings":{{settings}} }""").RootElement);
}
