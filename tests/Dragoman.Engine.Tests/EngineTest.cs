using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dragoman.Engine.Tests;

/// <summary>A test with an engine of its own; alice, bob and carol are registered.</summary>
public abstract class EngineTest : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();

    protected TestEngine Engine { get; private set; } = null!;

    /// <summary>
    /// The entries that were published. A caller has his answer before the others are told: what is committed after them is written after
    /// they were told, so that waiting for it waits for them.
    /// </summary>
    protected IReadOnlyList<Entry> Told
    {
        get
        {
            Engine.Get<LogWriter>().CommitAsync(new WriteUnit([])).GetAwaiter().GetResult();
            return Engine.Bus.Entries;
        }
    }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        await Engine.GivenUsersAsync("alice", "bob", "carol");
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the engine and starts it again on the same file.</summary>
    protected async Task RestartAsync()
    {
        await Engine.DisposeAsync();
        await StartAsync();
    }

    /// <summary>Changes the limits of the engine, after each start.</summary>
    protected virtual void Configure()
    {
    }

    /// <summary>Replaces parts of the engine before it starts.</summary>
    protected virtual void Customize(IServiceCollection services)
    {
    }

    private async Task StartAsync()
    {
        Engine = await TestEngine.StartAsync(_directory.File("engine.db"), Customize);
        Configure();
    }
}
